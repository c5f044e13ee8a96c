"""The lists that offices work with say what the events say. Plain Python: shares no code with the services."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from tests.chaos.subsidies.check_claims import claims_of
from tests.chaos.subsidies.evidence import Evidence

Lines = Iterator[str]
Rows = Mapping[str, tuple[Any, ...]]
_STATUS: Final = {
    f"payment-{kind}": kind.replace("-", "_")
    for kind in ("due", "withdrawn", "ordered", "left-out", "unknown", "executed", "failed")
}


def check(evidence: Evidence) -> Lines:
    views = evidence.subsidy.kept.views
    shown = {row["payment"]: (row["status"], row["amount"], row["returned"]) for row in views["payment_orders"]}
    yield from _compared("payment_orders", shown, orders(evidence))
    shown = {row["claim"]: (row["state"], row["amount"], list(row["missing"])) for row in views["claims"]}
    yield from _compared("claims", shown, claims(evidence))


def _compared(name: str, shown: Rows, right: Rows) -> Lines:
    wrong = [key for key in sorted(shown.keys() | right.keys()) if shown.get(key) != right.get(key)]
    if wrong:
        first = wrong[0]
        yield f"view {name}: {len(wrong)} rows differ, e.g. {first}: {shown.get(first)} instead of {right.get(first)}"


def orders(evidence: Evidence) -> Rows:
    """Status, amount, and what came back of each order."""
    found: dict[str, tuple[str, int, int]] = {}
    for event in evidence.subsidy.events:
        if event.type in _STATUS:
            payment = event.body["payment"]
            found[payment] = (_STATUS[event.type], event.body["amount"], found.get(payment, ("", 0, 0))[2])
        elif event.type == "payment-returned":
            status, amount, before = found[event.body["payment"]]
            returned = before + event.body["amount"]
            found[event.body["payment"]] = ("returned" if returned >= amount else status, amount, returned)
    return found


def claims(evidence: Evidence) -> Rows:
    """How each claim stands, what is owed, and what is missing."""
    return {
        id: (claim.decided.body["outcome"], claim.owed, [])
        if claim.decided
        else ("WAITING", 0, list(claim.last.body["missing"] if claim.last else []))
        for id, claim in claims_of(evidence).items()
    }
