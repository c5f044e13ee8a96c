"""What can be asked of a survey. Codes and the number are well-formed when they come here; whether they fit the day,
the province and each other is the decider's to say."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NotRequired, TypeAlias, TypedDict

from contracts.memberships import Membership

from registry.indexes.signs import Signs


@dataclass(frozen=True, slots=True, kw_only=True)
class Unemployed:
    """R-REG-32. Empty wishes are an answer: there are none."""

    wishes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Employed:
    """R-REG-33, R-REG-27."""

    form: str
    region: str
    employer: str | None = field(repr=False)
    contact: str = field(repr=False)
    wishes: tuple[str, ...] = ()


class Told(TypedDict):
    """What a survey found, as `RecordSurvey` takes it, whatever channel it came by."""

    household_region: str
    groups: tuple[Membership, ...]
    surveyed_on: date
    channel: str
    surveyor_kind: NotRequired[str | None]
    capture_method: str
    employment: Employed | Unemployed
    corrects: NotRequired[str | None]
    name: str
    number: str
    phone: str | None
    former_number: NotRequired[str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSurvey:
    survey: str
    """The key of this survey, new."""
    surveyor: str
    organisation: str
    household_region: str
    groups: tuple[Membership, ...]
    surveyed_on: date
    channel: str
    surveyor_kind: str | None = None
    """What the surveyor is to the office; None: it was not said."""
    capture_method: str
    employment: Employed | Unemployed
    corrects: str | None = None
    name: str = field(repr=False)
    number: str = field(repr=False)
    """Resident ID number, checked and normalised."""
    phone: str | None = field(repr=False, default=None)
    former_number: str | None = field(repr=False, default=None)
    """What the worker's number was before it was corrected or lengthened: 15 digits or 18 characters."""
    number_index: str
    """By the newest key of the index that this process has."""
    number_indexes: tuple[str, ...] = ()
    """By every key of the index that this process has; none: there is one."""
    signs: Signs
    """By what else the person may be recognised; every channel gives them."""
    new_worker: str
    """The id that the worker gets if nobody holds the number yet."""
    today: date
    """Legal day in Asia/Shanghai."""
    province: str
    """Whose registry this is, six digits."""
    made_up_people: bool
    """Whether numbers that can be nobody's are taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveSurvey:
    reviewer: str
    organisation: str
    at: datetime
    guest: str | None = None
    """The worker, where it is a guest: this province must be responsible for them still."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectSurvey:
    reviewer: str
    organisation: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvalidateSurvey:
    official: str
    organisation: str
    reason: str


SurveyCommand: TypeAlias = RecordSurvey | ApproveSurvey | RejectSurvey | InvalidateSurvey
