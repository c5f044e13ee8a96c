"""What can have happened to a reservation. Storage format: names and fields are for ever.

An asker is a claim with its region, so that claims of other provinces can ask as well.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, TypeAlias

from subsidy.provinces import province

Upcaster: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]


def _at_home(*askers: str) -> Mapping[int, Upcaster]:
    """Before other provinces asked, every claim was one of home, and its asks had no numbers."""

    def told(shape: dict[str, Any]) -> dict[str, Any]:
        found = {name: {**shape[name], "home": province(shape[name]["region"]), "ask": 0} for name in askers}
        return {**shape, **found}

    return {1: told}


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
    kind: str
    worker: str
    about: str
    """The certificate; empty where another province asks."""
    occupation: str
    """As the claim's own fact names it."""
    day: date
    """Of its fact."""
    home: str
    """The province that owns the reservation."""
    ask: int
    """Counts from 1 how often the claim asks; 0 for those of before there were numbers."""

    @property
    def is_elsewhere(self) -> bool:
        """A claim of another province."""
        return province(self.region) != self.home


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationRequested:
    type: ClassVar[str] = "reservation-requested"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Mapping[int, Upcaster]] = _at_home("asker")
    what: What
    asker: Asker


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationGranted:
    """The holder may be subsidised, and nobody else, under any name of the occupation."""

    type: ClassVar[str] = "reservation-granted"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Mapping[int, Upcaster]] = _at_home("holder")
    what: What
    holder: Asker
    occupations: tuple[str, ...]
    """Every edition and code of the concept, as the crosswalk stood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationRecovered:
    """The log was restored and did not know that it had granted this: the holder said so."""

    type: ClassVar[str] = "reservation-recovered"
    what: What
    holder: Asker
    occupations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationRefused:
    """Another claim holds it. The asker stays in line."""

    type: ClassVar[str] = "reservation-refused"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Mapping[int, Upcaster]] = _at_home("asker")
    what: What
    asker: Asker
    holder_region: str
    holder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationContested:
    """An asker comes first by its fact: the holder yields, if nothing was decided for it yet."""

    type: ClassVar[str] = "reservation-contested"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Mapping[int, Upcaster]] = _at_home("holder", "asker")
    what: What
    holder: Asker
    asker: Asker


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationReleased:
    """Only the holder releases, or who was in line leaves it; `stays`: goes back into the line."""

    type: ClassVar[str] = "reservation-released"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Mapping[int, Upcaster]] = _at_home("asker")
    what: What
    asker: Asker
    stays: bool


ReservationEvent: TypeAlias = (
    ReservationRequested
    | ReservationGranted
    | ReservationRecovered
    | ReservationRefused
    | ReservationContested
    | ReservationReleased
)
