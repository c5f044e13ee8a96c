"""What can have happened to an item of the list of risks. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRaised:
    type: ClassVar[str] = "risk-raised"
    risk: str
    """Key of this stream."""
    region: str
    kind: str
    """Code of `risk-kinds`."""
    about: str
    """A claim, a payment batch, a handler, or the number of a document."""
    raised_on: date
    due_on: date
    by: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskWorkedOff:
    type: ClassVar[str] = "risk-worked-off"
    risk: str
    document: str
    worked_off_on: date
    by: str
    organisation: str


RiskEvent: TypeAlias = RiskRaised | RiskWorkedOff
