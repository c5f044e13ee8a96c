"""What has to follow where an earlier fact falls: exactly the dependent claims are decided again."""

import asyncio
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from lb.demo.assessments import Certified
from lb.demo.classes import Held
from lb.demo.subsidies import Subsidies

SECONDS: Final = 60.0
OF_CERTIFICATE: Final = ("TRAINING", "ASSESSMENT")
"""Claims that rest on a certificate that holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Claims that were decided again, and what should have been and was not."""

    adjusted: Sequence[Mapping[str, Any]]
    differences: Sequence[str]
    shown: Mapping[str, Any]
    """One of them, explained."""


async def corrected(subsidies: Subsidies, fallen: Sequence[Certified], held: Held) -> Correction:
    """Waits until all that rests on the fallen certificates is refused, and the attendance is counted anew."""
    until = time.monotonic() + SECONDS
    while True:
        claims = [each async for each in subsidies.claims()]
        wrong = list(_wrong(claims, fallen, held))
        if not wrong or time.monotonic() > until:
            break
        await asyncio.sleep(0.2)
    adjusted = [each for each in claims if each["adjusted"]]
    shown = await subsidies.explained(adjusted[0]["claim"]) if adjusted else {}
    return Correction(adjusted=adjusted, differences=wrong, shown=shown)


def _wrong(claims: Iterable[Mapping[str, Any]], fallen: Sequence[Certified], held: Held) -> Iterator[str]:
    """A line for each claim that should stand otherwise, or was touched without a cause."""
    revoked = {each.certificate for each in fallen}
    for each in claims:
        rests = each["kind"] in OF_CERTIFICATE and each["about"] in revoked
        counted = each["worker"] == held.first_absence and each["about"] == held.training_class
        if rests and each["state"] != "REFUSED":
            yield f"claim {each['claim']} rests on a revoked certificate and is {each['state']}"
        if counted and each["kind"] == "LIVING" and each["state"] == "APPROVED" and not each["adjusted"]:
            yield f"claim {each['claim']} does not count the attendance that turned up"
        if each["adjusted"] and not rests and not counted:
            yield f"claim {each['claim']} was decided again without a cause"
