"""No payment without its unbroken chain: fact, claim, decision, order, batch, approval over the same lines by somebody
else, release by the fund, file, answer. Plain Python: shares no code with the services."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tests.chaos.evidence import Event
from tests.chaos.subsidies.evidence import Evidence

Lines = Iterator[str]
_BATCH: Final = "payment-batch-"


@dataclass(frozen=True, slots=True)
class Chain:
    """What leads to a payment, by what it is found by."""

    by_id: Mapping[str, Event]
    facts: frozenset[str]
    """Ids in the inbox, and of own events."""
    ordered: Mapping[str, Event]
    due: Mapping[str, Event]
    batches: Mapping[str, Sequence[Event]]
    funded: Mapping[str, Event]
    """By file."""
    sent: Mapping[str, Event]
    taken: frozenset[str]
    returned: Mapping[str, int]
    """By claim."""


def check(evidence: Evidence) -> Lines:
    subsidy = evidence.subsidy
    batches: dict[str, list[Event]] = defaultdict(list)
    for event in subsidy.events:
        if event.type.startswith(_BATCH):
            batches[event.body["batch"]].append(event)
    returned: Counter[str] = Counter()
    for event in subsidy.of("payment-returned"):
        returned[event.body["claim"]] += event.body["amount"]
    chain = Chain(
        by_id={event.id: event for event in subsidy.events},
        facts=frozenset({*subsidy.received, *(event.id for event in subsidy.events)}),
        ordered={event.body["payment"]: event for event in subsidy.of("payment-ordered")},
        due={event.body["payment"]: event for event in subsidy.of("payment-due")},
        batches=batches,
        funded={event.body["file"]: event for event in subsidy.of("fund-batch-funded")},
        sent={event.body["file"]: event for event in subsidy.of("bank-file-sent")},
        returned=returned,
        taken=frozenset(event.body["file"] for event in subsidy.of("bank-file-taken")),
    )
    for event in subsidy.of("payment-executed"):
        yield from (f"{event.body['payment']}: {line}" for line in _links(chain, event.body))


def _links(chain: Chain, executed: Mapping[str, Any]) -> Lines:
    payment = executed["payment"]
    due, ordered = chain.due.get(payment), chain.ordered.get(payment)
    if due is None or ordered is None:
        yield "it was never ordered"
        return
    decision = chain.by_id.get(due.body["decision"])
    if decision is None or not _leads_to(decision, executed, chain.returned[executed["claim"]]):
        yield "no decision leads to it"
    else:
        inputs = decision.body["explanation"]["inputs"]
        unknown = [each["fact"] for each in inputs if each["fact"] and each["fact"] not in chain.facts]
        if unknown or not inputs:
            yield f"the decision rests on {unknown or 'nothing'}"
    yield from _released(chain, ordered.body, due.body)
    sent = chain.sent.get(ordered.body["file"])
    if sent is None or executed["amount"] not in [o["amount"] for o in sent.body["orders"] if o["payment"] == payment]:
        yield f"{ordered.body['file']} does not hold it"
    if executed["return_file"] not in chain.taken:
        yield f"{executed['return_file']} was not taken"


def _leads_to(decision: Event, executed: Mapping[str, Any], returned: int) -> bool:
    """What came back twice, from the payee and from the bank, is owed without an approval."""
    approved = decision.body.get("outcome") == "APPROVED"
    owed_again = decision.type == "claim-adjusted" and executed["amount"] <= returned
    return decision.body["claim"] == executed["claim"] and (approved or owed_again)


def _released(chain: Chain, ordered: Mapping[str, Any], due: Mapping[str, Any]) -> Lines:
    """The batch, as it was when the fund released it."""
    funded = chain.funded.get(ordered["file"])
    if funded is None or funded.body["batch"] != ordered["batch"]:
        yield "no fund released its batch"
        return
    lines: dict[str, Mapping[str, Any]] = {}
    proposer, fund, approved = "", "", None
    for event in chain.batches[ordered["batch"]]:
        match event.type.removeprefix(_BATCH):
            case "proposed":
                lines = {line["payment"]: line for line in event.body["lines"]}
                proposer, fund = event.body["official"], event.body["fund"]
            case "lines-removed":
                lines = {payment: line for payment, line in lines.items() if payment not in event.body["payments"]}
                approved = None
            case "approved":
                approved = event.body
            case "approval-voided" | "cancelled":
                approved = None
            case _:
                pass
    right = hash_of(fund, lines.values())
    if approved is None or not approved["hash"] == right == funded.body["hash"]:
        yield "what was approved is not what was released"
        return
    line = lines.get(due["payment"])
    if line is None or line["amount"] != due["amount"]:
        yield "its batch does not hold it"
    handlers = {handler for each in lines.values() for handler in each["handlers"]}
    if approved["official"] in {proposer, *handlers}:
        yield f"{approved['official']} had a hand in it before the release"


def hash_of(fund: str, lines: Any) -> str:
    """SHA-256 over the fund and who is paid how much for which claim."""
    parts = ((x["payment"], x["claim"], str(x["amount"]), x["payee"]["kind"], x["payee"]["id"]) for x in lines)
    rows = sorted(map("|".join, parts))
    return hashlib.sha256("\n".join((fund, *rows)).encode()).hexdigest()
