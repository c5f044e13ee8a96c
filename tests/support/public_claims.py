"""Public events of a claim and what is paid for it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from contracts.subsidy import (
    ClaimAdjustedV1,
    ClaimDecidedV1,
    ClaimOpenedV1,
    Payee,
    PaymentExecutedV1,
    PaymentFailedV1,
    PaymentOrderedV1,
    PaymentReturnedV1,
)
from public_lives import SCHOOL, Streams
from published import Published


@dataclass(kw_only=True)
class Claim(Streams):
    """A claim of a worker and what is paid for it."""

    key: str
    worker: str = "w1"
    kind: str = "TRAINING_SUBSIDY"
    region: str = "520526"
    fund: str = "EMPLOYMENT"
    payee: Payee = field(default_factory=lambda: Payee(kind="ORGANISATION", id=SCHOOL))

    @property
    def stream(self) -> str:
        return f"claim-{self.key}"

    def _of(self) -> dict[str, Any]:
        return {"claim": self.key, "kind": self.kind, "worker": self.worker, "region": self.region}

    def _decision(self, amount: int, day: date) -> dict[str, Any]:
        return {
            **self._of(),
            "outcome": "APPROVED" if amount else "REFUSED",
            "reasons": ("RULE",),
            "pack": "demo-520000@1",
            "fund": self.fund,
            "payee": self.payee,
            "amount": amount,
            "decided_on": day,
        }

    def opened(self, day: date) -> Published:
        event = ClaimOpenedV1(**self._of(), because=f"certificate-{self.worker}-c1/1", opened_on=day)
        return self.say(event, self.stream, day)

    def decided(self, amount: int, day: date) -> Published:
        return self.say(ClaimDecidedV1(**self._decision(amount, day)), self.stream, day)

    def adjusted(self, what: Published, amount: int, difference: int, day: date) -> Published:
        event = ClaimAdjustedV1(
            **self._decision(amount, day),
            corrects=f"{what.stream}/{what.version}",
            cause=f"certificate-{self.worker}-c1/2",
            difference=difference,
        )
        return self.say(event, self.stream, day)

    def _payment(self, amount: int, n: int) -> dict[str, Any]:
        return {
            "payment": f"{self.key}-p{n}",
            "claim": self.key,
            "kind": self.kind,
            "region": self.region,
            "fund": self.fund,
            "payee": self.payee,
            "amount": amount,
        }

    def ordered(self, amount: int, day: date, n: int = 1) -> Published:
        event = PaymentOrderedV1(**self._payment(amount, n), batch="batch-1", ordered_on=day)
        return self.say(event, f"payment-{self.key}", day)

    def executed(self, amount: int, day: date, n: int = 1) -> Published:
        event = PaymentExecutedV1(**self._payment(amount, n), executed_on=day)
        return self.say(event, f"payment-{self.key}", day)

    def not_executed(self, amount: int, day: date, n: int = 1) -> Published:
        event = PaymentFailedV1(**self._payment(amount, n), reason="ACCOUNT_CLOSED", failed_on=day)
        return self.say(event, f"payment-{self.key}", day)

    def returned(self, amount: int, day: date, n: int = 1) -> Published:
        event = PaymentReturnedV1(**self._payment(amount, n), reason="OWED_BACK", returned_on=day)
        return self.say(event, f"payment-{self.key}", day)
