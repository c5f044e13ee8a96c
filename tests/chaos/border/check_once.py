"""One payment each: what the banks of both provinces executed, worker by worker, beside what the provinces say of the
claims. Plain Python: shares no code with the services or the bank."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tests.chaos.subsidies.evidence import Execution, Service

Lines = Iterator[str]
_PAID: Final = "APPROVED"
_ALREADY: Final = "ALREADY_SUBSIDISED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One province: its log, its claims as it shows them, and its bank's own list."""

    subsidy: Service
    claims: Sequence[Mapping[str, Any]]
    bank: Sequence[Execution]

    def paid(self) -> Mapping[str, list[str]]:
        """Worker -> orders that the bank executed and that did not come back."""
        workers = {event.body["claim"]: event.body["worker"] for event in self.subsidy.of("claim-opened")}
        claims = {event.body["payment"]: event.body["claim"] for event in self.subsidy.of("payment-due")}
        found: dict[str, list[str]] = defaultdict(list)
        for each in self.bank:
            if not each.came_back:
                found[workers.get(claims.get(each.payment, ""), "nobody we know")].append(each.payment)
        return found

    def reasons(self, claim: str) -> Sequence[str]:
        """Why it is not paid: of the newest decision, or what it waits for."""
        decided = [event for event in self.subsidy.of("claim-decided", "claim-adjusted")
                   if event.body["claim"] == claim]  # fmt: skip
        return decided[-1].body["explanation"]["reasons"] if decided else ()


def check(sides: Mapping[str, Side], workers: Sequence[str]) -> Lines:
    """`sides` by region."""
    paid: dict[str, list[str]] = defaultdict(list)
    for region, side in sides.items():
        for worker, orders in side.paid().items():
            paid[worker] += [f"{region} {order}" for order in orders]
    yield from (f"{worker} is paid {len(found)} times: {found}" for worker, found in paid.items() if len(found) > 1)
    yield from (f"{worker} is not paid at all" for worker in workers if not paid[worker])
    yield from (f"{worker} has money and never claimed" for worker in paid.keys() - {*workers} if paid[worker])
    for region, side in sides.items():
        yield from (f"{region}: {line}" for line in _claims(side, workers))


def _claims(side: Side, workers: Sequence[str]) -> Lines:
    """Each worker has one; it is paid, or says why it is not."""
    counted = Counter(each["worker"] for each in side.claims)
    yield from (f"{worker} has {counted[worker]} claims" for worker in workers if counted[worker] != 1)
    paid = side.paid()
    for each in side.claims:
        if each["state"] == _PAID:
            if not paid.get(each["worker"]):
                yield f"claim {each['claim']} is approved, and the bank paid nothing"
        elif paid.get(each["worker"]):
            yield f"claim {each['claim']} is {each['state']}, and the bank paid it"
        elif each["state"] == "REFUSED" and _ALREADY not in side.reasons(each["claim"]):
            yield f"claim {each['claim']} is refused because of {side.reasons(each['claim'])}"
        elif each["state"] not in ("REFUSED", "WAITING") or (each["state"] == "WAITING" and not each["missing"]):
            yield f"claim {each['claim']} is {each['state']}, and nobody says why"
