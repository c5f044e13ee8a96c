"""What can be asked of a household. Codes are well-formed when they come here."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from registry.households.events import MemberFound


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterHousehold:
    household: str
    region: str
    evidence: str
    official: str
    organisation: str
    province: str
    """Whose registry this is, six digits."""
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveHousehold:
    region: str
    moved_on: date
    evidence: str
    official: str
    organisation: str
    province: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMember:
    """A worker, or somebody of an age group."""

    worker: str | None
    relation: str
    age_group: str | None
    joined_on: date
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveMember:
    member: int
    left_on: date
    reason: str
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveDeceased:
    """The worker has died. `official` is who recorded it."""

    worker: str
    died_on: date
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameHead:
    member: int
    relation_of_before: str | None
    """What who was head is to the new one; None where there was none."""
    named_on: date
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyHousehold:
    surveyed_on: date
    surveyor: str
    organisation: str
    members: tuple[MemberFound, ...]
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SetStatus:
    status: str
    valid_from: date
    valid_to: date | None
    evidence: str
    official: str
    organisation: str
    today: date


HouseholdCommand: TypeAlias = (
    RegisterHousehold
    | MoveHousehold
    | AddMember
    | RemoveMember
    | RemoveDeceased
    | NameHead
    | SurveyHousehold
    | SetStatus
)
