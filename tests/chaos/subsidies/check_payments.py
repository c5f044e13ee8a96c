"""Nobody is paid twice, nobody is left out: the payments of each claim, event by event; what is owed is paid, or failed
with a reason, or is owed back. Plain Python: shares no code with the services."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.chaos.evidence import Event
from tests.chaos.subsidies.check_claims import claims_of
from tests.chaos.subsidies.evidence import Evidence

Lines = Iterator[str]


@dataclass(slots=True)
class Account:
    """What a claim's payments come to."""

    owed: int = 0
    paid: int = 0
    owed_back: int = 0
    open: str = ""
    at_the_bank: bool = False
    halted: str = ""
    """Why the last order did not reach the payee."""
    amounts: dict[str, int] = field(default_factory=dict)
    executed: set[str] = field(default_factory=set)
    sent_back: Counter[str] = field(default_factory=Counter)
    """By order: what the bank sent back. The payee may have paid it back too, and is owed it again then."""


def check(evidence: Evidence) -> Lines:
    streams: dict[str, list[Event]] = defaultdict(list)
    for event in evidence.subsidy.events:
        if event.stream_id.startswith("payment-") and not event.stream_id.startswith("payment-batch-"):
            streams[event.body["claim"]].append(event)
    accounts: dict[str, Account] = {}
    for claim, events in streams.items():
        accounts[claim] = Account()
        for event in events:
            yield from (f"{event.id} {event.type}: {line}" for line in _step(accounts[claim], event))
    yield from _settled(evidence, accounts)


def _step(account: Account, event: Event) -> Lines:
    body, kind = event.body, event.type.removeprefix("payment-")
    if kind in ("ordered", "unknown", "failed", "left-out", "withdrawn") and body["payment"] != account.open:
        yield f"{body['payment']} is not the open order"
    match kind:
        case "owed-changed":
            account.owed = body["owed"]
        case "due":
            yield from _due(account, body["payment"], body["amount"])
        case "withdrawn":
            if account.at_the_bank:
                yield "it is at the bank"
            account.open = ""
        case "recovery-changed":
            account.owed_back = body["outstanding"]
        case "renewed":
            account.halted = ""
        case _:
            yield from _at_the_bank(account, kind, body)


def _due(account: Account, payment: str, amount: int) -> Lines:
    if account.open or payment in account.amounts:
        yield f"a second order beside {account.open or payment}"
    if amount != account.owed - account.paid:
        yield f"{amount} fen are ordered, {account.owed - account.paid} are not paid yet"
    account.open, account.amounts[payment] = payment, amount


def _at_the_bank(account: Account, kind: str, body: Mapping[str, Any]) -> Lines:
    payment, amount = body["payment"], body["amount"]
    match kind:
        case "ordered":
            if account.at_the_bank:
                yield "it is at the bank already"
            account.at_the_bank = True
        case "executed":
            if payment in account.executed or payment != account.open or not account.at_the_bank:
                yield f"{payment} was not at the bank, or was paid before"
            account.executed.add(payment)
            account.paid += amount
            account.open, account.at_the_bank = "", False
        case "failed" | "left-out":
            account.open, account.at_the_bank, account.halted = "", False, body["reason"]
        case "returned":
            account.paid -= amount
            account.halted = body["reason"] if body["file"] else account.halted
            account.sent_back[payment] += amount if body["file"] else 0
            if account.sent_back[payment] > account.amounts[payment]:
                yield f"the bank sent back {account.sent_back[payment]} of {account.amounts[payment]} fen"
        case _:
            pass


def _settled(evidence: Evidence, accounts: Mapping[str, Account]) -> Lines:
    """At rest."""
    for id, claim in claims_of(evidence).items():
        account = accounts.get(id, Account())
        if account.owed != claim.owed:
            yield f"claim {id}: {claim.owed} fen were decided, its payments know of {account.owed}"
    for id, account in accounts.items():
        if account.at_the_bank:
            yield f"claim {id}: nobody knows what became of {account.open}"
        if account.paid < account.owed and not account.halted:
            yield f"claim {id}: {account.owed - account.paid} fen are owed, and nobody pays them"
        if account.owed_back != max(account.paid - account.owed, 0):
            yield f"claim {id}: {account.paid} of {account.owed} fen are paid, {account.owed_back} are owed back"


def executed(events: Sequence[Event]) -> Mapping[str, Event]:
    """By order."""
    return {event.body["payment"]: event for event in events if event.type == "payment-executed"}
