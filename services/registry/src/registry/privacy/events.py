"""What can have happened to the use of a worker's data. Storage format: names and fields are for ever."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, TypeAlias

from registry.indexes.signs import Signs

Upcaster: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]


def _without_signs(shape: dict[str, Any]) -> dict[str, Any]:
    return {**shape, "signs": []}


@dataclass(frozen=True, slots=True, kw_only=True)
class UseRestricted:
    """The data are kept, and nothing else is done with them. `until`: the first day without the restriction."""

    type: ClassVar[str] = "use-restricted"
    worker: str
    ground: str
    until: date | None
    linked: tuple[str, ...]
    """Workers that were found to be this one: it holds for them too."""
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UseRestrictionEnded:
    type: ClassVar[str] = "use-restriction-ended"
    worker: str
    linked: tuple[str, ...]
    """Workers that were found to be this one: it holds for them too."""
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalDataErased:
    """The person's key is destroyed, for ever. What others said of this worker id still counts."""

    type: ClassVar[str] = "personal-data-erased"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Mapping[int, Upcaster]] = {1: _without_signs}
    worker: str
    ground: str
    numbers: tuple[str, ...]
    """Blind indexes that the worker held, freed by this."""
    linked: tuple[str, ...]
    """Workers that were found to be this one: it holds for them too."""
    signs: tuple[str, ...]
    """`<kind>:<blind index>` of what all of them were compared by, which is forgotten."""
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveySigns:
    """The signs of a survey, under the new key."""

    survey: str
    household_region: str
    """Of the survey: where candidates are listed."""
    signs: Signs


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberReindexed:
    """A number of this worker is found under another version of the index key."""

    type: ClassVar[str] = "number-reindexed"
    worker: str
    owner: str
    """The worker of the surveys that hold the number: another one where that was found to be this person."""
    old: str
    new: str
    surveys: tuple[SurveySigns, ...]


PrivacyEvent: TypeAlias = UseRestricted | UseRestrictionEnded | PersonalDataErased | NumberReindexed
