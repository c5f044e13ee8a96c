"""What can have happened to a handler. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentSigned:
    """The handler promises integrity, for a time (R-SUB-26, R-ADD-12)."""

    type: ClassVar[str] = "commitment-signed"
    handler: str
    signed_on: date
    valid_to: date
    """The first day without it."""
    document: str
    supervisor: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingAttended:
    """The handler was told what goes wrong, and what it costs (R-SUB-41)."""

    type: ClassVar[str] = "briefing-attended"
    handler: str
    attended_on: date
    document: str
    supervisor: str
    organisation: str


HandlerEvent: TypeAlias = CommitmentSigned | BriefingAttended
