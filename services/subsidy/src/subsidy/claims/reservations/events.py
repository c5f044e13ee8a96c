"""What can have happened to a reservation. Storage format: names and fields are for ever.

An asker is a claim with its region, so that claims of other provinces can ask as well.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias

from subsidy.claims.dossier.events import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class What:
    """What is reserved, but for the name of the occupation. Part of stored events."""

    pool: str
    person: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """A claim that needs the reservation. Part of stored events."""

    region: str
    claim: str
    kind: Kind
    worker: str
    about: str
    occupation: str
    """As the claim's own fact names it."""
    day: date
    """Of its fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationRequested:
    type: ClassVar[str] = "reservation-requested"
    what: What
    asker: Asker


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationGranted:
    """The holder may be subsidised, and nobody else, under any name of the occupation."""

    type: ClassVar[str] = "reservation-granted"
    what: What
    holder: Asker
    occupations: tuple[str, ...]
    """Every edition and code of the concept, as the crosswalk stood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationRefused:
    """Another claim holds it. The asker stays in line."""

    type: ClassVar[str] = "reservation-refused"
    what: What
    asker: Asker
    holder_region: str
    holder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationContested:
    """An asker comes first by its fact: the holder yields, if nothing was decided for it yet."""

    type: ClassVar[str] = "reservation-contested"
    what: What
    holder: Asker
    asker: Asker


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationReleased:
    """Only the holder releases, or who was in line leaves it; `stays`: goes back into the line."""

    type: ClassVar[str] = "reservation-released"
    what: What
    asker: Asker
    stays: bool


ReservationEvent: TypeAlias = (
    ReservationRequested | ReservationGranted | ReservationRefused | ReservationContested | ReservationReleased
)
