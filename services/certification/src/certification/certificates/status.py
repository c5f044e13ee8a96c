"""Whether a certificate holds on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """As of a day. A revoked certificate held on the days before it was revoked; who asks is told that it fell."""

    NOT_YET_ISSUED = "NOT_YET_ISSUED"
    HOLDS = "HOLDS"
    SUSPENDED = "SUSPENDED"
    EXPIRED = "EXPIRED"
    REVOKED = "REVOKED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """From this day on the certificate is suspended, holds again, or is revoked."""

    day: date
    status: Status
    reason: str | None = None


def status_on(day: date, issued_on: date, valid_until: date | None, marks: Sequence[Mark]) -> Status:
    """`marks` in the order in which they were made; their days never go back. A last mark of the day counts."""
    if day < issued_on:
        return Status.NOT_YET_ISSUED
    marked = next((each.status for each in reversed(marks) if each.day <= day), Status.HOLDS)
    if marked is Status.REVOKED:
        return marked
    if valid_until is not None and day > valid_until:
        return Status.EXPIRED
    return marked
