"""What can have happened to the use of a worker's data. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias

from registry.duplicates.signs import Signs


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
    worker: str
    ground: str
    numbers: tuple[str, ...]
    """Blind indexes that the worker held, freed by this."""
    linked: tuple[str, ...]
    """Workers that were found to be this one: it holds for them too."""
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
