"""Our books beside the bank's list and the files as they lie: the same orders, to the fen, and 0 fen unexplained. Plain
Python: shares no code with the services or the bank."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from tests.chaos.subsidies.check_payments import executed
from tests.chaos.subsidies.evidence import Evidence

Lines = Iterator[str]
_OURS: Final = ("PAY", "ASK")
_AT_REST: Final = {"to-bank/taken", "from-bank/taken", "from-bank/quarantine"}


def check(evidence: Evidence) -> Lines:
    yield from _executed(evidence)
    yield from _files(evidence)
    yield from _ledger(evidence)
    yield from _reconciled(evidence)


def _executed(evidence: Evidence) -> Lines:
    ours = executed(evidence.subsidy.events)
    banks = {each.payment: each for each in evidence.bank}
    if len(banks) != len(evidence.bank):
        yield f"the bank executed {len(evidence.bank) - len(banks)} orders twice"
    yield from (f"{payment}: the bank paid it, and we do not know" for payment in sorted(banks.keys() - ours.keys()))
    yield from (f"{payment}: we say it is paid, the bank does not" for payment in sorted(ours.keys() - banks.keys()))
    for payment in ours.keys() & banks.keys():
        said = (ours[payment].body["amount"], ours[payment].body["reference"])
        if said != (banks[payment].amount, banks[payment].reference):
            yield f"{payment}: we say {said}, the bank {banks[payment]}"
    back = {event.body["payment"] for event in evidence.subsidy.of("payment-returned") if event.body["file"]}
    if back != {payment for payment, each in banks.items() if each.came_back}:
        yield f"{len(back)} orders came back by our books, and other ones by the bank's"


def _files(evidence: Evidence) -> Lines:
    """Each is whole where it can be seen, none waits, and no order is in two payment files."""
    sent = {event.body["file"]: event.body for event in evidence.subsidy.of("bank-file-sent")}
    lie = {each.id: each for each in evidence.files if each.id[:3] in _OURS}
    yield from (f"{file} was sent and does not lie anywhere" for file in sorted(sent.keys() - lie.keys()))
    yield from (f"{file} lies there and was never sent" for file in sorted(lie.keys() - sent.keys()))
    yield from (f"{each.place}/{each.name} waits" for each in evidence.files if each.place not in _AT_REST)
    paid: dict[str, list[str]] = defaultdict(list)
    for file, each in lie.items():
        orders = each.orders
        trailer = each.lines[-1] if each.lines else b""
        if trailer[:1] != b"T" or (int(trailer[1:9]), int(trailer[9:27])) != (len(orders), sum(orders.values())):
            yield f"{file} is not whole"
        if file in sent and orders != {order["payment"]: order["amount"] for order in sent[file]["orders"]}:
            yield f"{file} says something else than what was recorded of it"
        if file.startswith("PAY"):
            for payment in orders:
                paid[payment].append(file)
    yield from (f"{payment} is in {files}" for payment, files in paid.items() if len(files) > 1)


def _ledger(evidence: Evidence) -> Lines:
    """Each command sums to zero, and each stage is what the events say."""
    events = {event.id: event for event in evidence.subsidy.events}
    commands: Counter[str] = Counter()
    stages: Counter[tuple[str, str]] = Counter()
    for posting in evidence.subsidy.postings:
        fund, stage = posting.account.split("/")[:2]
        commands[events[posting.event].meta["command"]] += posting.amount
        stages[fund, stage] += posting.amount
    yield from (f"{command} leaves {left} fen in the ledger" for command, left in commands.items() if left)
    right = _stages(evidence)
    for account in sorted(stages.keys() | right.keys()):
        if stages[account] != right[account]:
            yield f"{'/'.join(account)} has {stages[account]} fen, the events say {right[account]}"


def _stages(evidence: Evidence) -> Mapping[tuple[str, str], int]:
    """What every stage holds at rest: nothing is payable or in transit any more."""
    found: Counter[tuple[str, str]] = Counter()
    owed_back: dict[str, tuple[str, int]] = {}
    for event in evidence.subsidy.events:
        body = event.body
        fund = body.get("fund", "")
        match event.type:
            case "fund-allocated":
                found[fund, "TREASURY"] -= body["amount"]
                found[fund, "BUDGET"] += body["amount"]
            case "claim-decided" | "claim-adjusted":
                changed = body["amount"] if event.type == "claim-decided" else body["difference"]
                found[fund, "BUDGET"] -= changed
                found[fund, "COMMITTED"] += changed
            case "payment-executed":
                found[fund, "COMMITTED"] -= body["amount"]
                found[fund, "PAID"] += body["amount"]
            case "payment-returned":
                found[fund, "COMMITTED"] += body["amount"]
                found[fund, "RETURNED"] -= body["amount"]
            case "payment-recovery-changed":
                owed_back[body["claim"]] = fund, body["outstanding"]
            case _:
                pass
    for fund, outstanding in owed_back.values():
        found[fund, "COMMITTED"] += outstanding
        found[fund, "OWED_BACK"] -= outstanding
    return found


def _reconciled(evidence: Evidence) -> Lines:
    found = evidence.reconciled
    if not found:
        yield "nothing was reconciled"
        return
    yield from (f"unexplained: {each}" for each in found["findings"])
    if found["awaited"]:
        yield f"{found['awaited']} movements are in no statement"
    paid = sum(each.amount for each in evidence.bank)
    stated = sum(each["paid"] for each in found["funds"])
    if paid != stated:
        yield f"the bank paid {paid} fen, and its statements say {stated}"
    frozen = evidence.subsidy.of("fund-frozen")
    yield from (f"{event.body['fund']} was frozen: {event.body['items']}" for event in frozen)
