"""How transfers end in the demonstration: every ending that the saga knows, planned before the first nomination."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lb.demo.assessments import Certified
from lb.demo.classes import LISTED

PEOPLE: Final = 60
EACH: Final = 6
"""Transfers of every ending but the good one."""


class Ending(StrEnum):
    """What becomes of a nomination."""

    EMPLOYED = "EMPLOYED"
    REJECTED = "REJECTED"
    TOO_LATE = "TOO_LATE"
    WITHDRAWN = "WITHDRAWN"
    EXPIRED = "EXPIRED"
    NOT_ARRIVED = "NOT_ARRIVED"
    RETURNED = "RETURNED"

    @property
    def state(self) -> str:
        """Where both sides stand in the end: whose acceptance crossed a withdrawal was withdrawn."""
        return "WITHDRAWN" if self is Ending.TOO_LATE else self.value


ARRIVED: Final = frozenset({Ending.EMPLOYED, Ending.RETURNED})
LEFT: Final = ARRIVED | {Ending.NOT_ARRIVED}
"""Endings of those who were on their way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A worker, and how the transfer will end."""

    certified: Certified
    ending: Ending

    @property
    def worker(self) -> str:
        return self.certified.trainee.worker


def planned(certified: Sequence[Certified]) -> list[Planned]:
    """Workers of all counties; so many of each ending, the rest find their job.

    The jobs began weeks ago, and the host knows certificates from the nomination on: nobody can have begun a listed
    occupation before it (R-PLC-16), so those who learned one come first, and their transfers end otherwise.
    """
    chosen = certified[:: max(1, len(certified) // PEOPLE)][:PEOPLE]
    chosen = sorted(chosen, key=lambda who: who.held.trade.programme not in LISTED)
    others = [ending for ending in Ending if ending is not Ending.EMPLOYED]
    each = min(EACH, len(chosen) // len(Ending))
    endings = others * each + [Ending.EMPLOYED] * (len(chosen) - len(others) * each)
    return [Planned(certified=who, ending=ending) for who, ending in zip(chosen, endings, strict=True)]
