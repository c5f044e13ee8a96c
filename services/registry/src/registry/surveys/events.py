"""What can have happened to a survey.

These classes are the storage format: names and fields are for ever. A changed field is a new schema version with an
upcaster; a changed meaning is a new event. What follows the first event says by itself which facts it confirms or
takes back, so that whoever counts needs no second event.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, TypeAlias

from contracts.memberships import Membership
from eventcore import Personal, Subject

from registry.indexes.signs import NO_SIGNS, Signs

Upcaster: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]


def _without_signs(shape: dict[str, Any]) -> dict[str, Any]:
    return {**shape, "signs": {}, "former_number": None}


def _without_generation(shape: dict[str, Any]) -> dict[str, Any]:
    return {**shape, "surveyor_kind": None, "new_generation": None}


def _of_own_province(shape: dict[str, Any]) -> dict[str, Any]:
    return {**shape, "guest_in": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyRecorded:
    type: ClassVar[str] = "survey-recorded"
    schema_version: ClassVar[int] = 4
    upcasters: ClassVar[Mapping[int, Upcaster]] = {1: _without_signs, 2: _without_generation, 3: _of_own_province}
    survey: str
    """Key of this stream."""
    worker: Subject[str]
    surveyor: str
    """Answers for these data for ever (R-REG-37, R-REG-38)."""
    organisation: str
    household_region: str
    guest_in: str | None = None
    """Of a guest, whose household is in another province: the county of the work, whose offices survey and review."""
    groups: tuple[Membership, ...]
    surveyed_on: date
    channel: str
    surveyor_kind: str | None = None
    """What the surveyor is to the office (R-REG-36, R-REG-40)."""
    capture_method: str
    employment_status: str
    employment_form: str | None
    work_region: str | None
    wishes: tuple[str, ...]
    corrects: str | None
    """The invalidated survey that this one was made for, by its key (R-REG-39)."""
    number_index: str
    """Keyed blind index of the normalised number, so that it can be found without being read."""
    signs: Signs = NO_SIGNS
    """By what else the person may be recognised under another number; none in what was stored before there were any."""
    new_generation: bool | None = None
    """Whether the worker was born from 1980 on: the one thing of an age that a policy asks for (R-REG-22), so that
    nobody has to open a number for it. None where it was not told yet."""
    name: Personal[str] = field(repr=False)
    number: Personal[str] = field(repr=False)
    phone: Personal[str | None] = field(repr=False)
    employer: Personal[str | None] = field(repr=False)
    """Sealed too: a sole proprietor's firm often bears a person's name."""
    contact: Personal[str | None] = field(repr=False)
    former_number: Personal[str | None] = field(repr=False, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyApproved:
    type: ClassVar[str] = "survey-approved"
    worker: str
    reviewer: str
    organisation: str
    household_region: str
    groups: tuple[Membership, ...]
    surveyed_on: date
    approved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyRejected:
    type: ClassVar[str] = "survey-rejected"
    worker: str
    reviewer: str
    organisation: str
    household_region: str
    groups: tuple[Membership, ...]
    surveyed_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FallenApproval:
    """The approval that falls with its survey: the event's id, and when it had happened."""

    event: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyInvalidated:
    type: ClassVar[str] = "survey-invalidated"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Mapping[int, Upcaster]] = {1: _of_own_province}
    worker: str
    official: str
    organisation: str
    household_region: str
    guest_in: str | None = None
    groups: tuple[Membership, ...]
    surveyed_on: date
    reason: str
    corrects: str
    """Id of the SurveyRecorded that was wrong."""
    approval: FallenApproval | None


SurveyEvent: TypeAlias = SurveyRecorded | SurveyApproved | SurveyRejected | SurveyInvalidated
