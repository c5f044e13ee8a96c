"""What training says of a student of a technical school."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any, Final

from claim_facts import Life, said
from contracts.public_event import PublicEvent
from contracts.students import SchoolYearBegunV1, StudentLeftV1
from eventcore.ids import same_id
from published import Published

SCHOOL: Final = "12520000MA6DT1234P"


@dataclass(frozen=True, kw_only=True)
class Schooling:
    """Facts about one worker, in the order in which training says them."""

    life: Life
    _versions: Any = field(default_factory=lambda: count(1))

    def claim(self, kind: str, year: int = 2025) -> str:
        return same_id(kind, self.life.worker, f"{year}-{year + 1}")

    def begun(self, year: int = 2025, month: str = "2025-09", intake: str = "i-1", school: str = SCHOOL) -> Published:
        return self._say(SchoolYearBegunV1(**self._student(intake, school), school_year=year, month=month))

    def left(self, day: date, reason: str = "OWN_WISH", intake: str = "i-1") -> Published:
        return self._say(StudentLeftV1(**self._student(intake, SCHOOL), left_on=day, reason=reason))

    def _student(self, intake: str, school: str) -> dict[str, Any]:
        return {
            "worker": self.life.worker,
            "intake": intake,
            "school": school,
            "region": "520100",
            "occupation": self.life.occupation,
            "level": "3",
        }

    def _say(self, event: PublicEvent) -> Published:
        return said(event, f"student-{self.life.worker}", next(self._versions), 2)
