"""What became known of a worker's certificates. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateNoted:
    type: ClassVar[str] = "certificate-noted"
    worker: str
    """Key of this stream."""
    certificate: str
    occupation: str
    level: str
    holds_from: date
    """The day of issue; of what another province told, the day on which it did."""
    valid_until: date | None
    """The last day; None: no end is known."""
    told_by: str
    """The province that nominated the worker with it; empty: certification of this province issued it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateMarked:
    """From that day on it does not hold, or holds again."""

    type: ClassVar[str] = "certificate-marked"
    worker: str
    certificate: str
    holds: bool
    marked_on: date


QualificationEvent: TypeAlias = CertificateNoted | CertificateMarked
