"""What can have been noted of a worker at technical schools. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from subsidy.claims.dossier.parts import Concern, Said


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolYearNoted:
    """The student was seen at school in this school year."""

    type: ClassVar[str] = "school-year-noted"
    worker: str
    school_year: int
    """The calendar year in which it began."""
    month: str
    """Of the first look, `2026-09`."""
    intake: str
    school: str
    region: str
    occupation: str
    level: str
    said: Said
    concerns: tuple[Concern, ...]

    @property
    def begins_on(self) -> date:
        """The day by whose rules the year is decided (illustrative)."""
        return date(self.school_year, 9, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolLeftNoted:
    """The student left the school without graduating."""

    type: ClassVar[str] = "school-left-noted"
    worker: str
    intake: str
    left_on: date
    reason: str
    said: Said
    concerns: tuple[Concern, ...]
