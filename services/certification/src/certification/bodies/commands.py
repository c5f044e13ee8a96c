"""What can be asked of an assessment body."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from eventcore import Acting

from certification.bodies.events import Member, ScopeLine


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterBody:
    body: str
    title: str
    region: str
    kind: str
    filing_code: str
    site: str
    appraisal_code: str | None
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeScope:
    lines: tuple[ScopeLine, ...]
    evidence: str
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterStaff:
    members: tuple[Member, ...]
    evidence: str
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMobileAssessment:
    region: str
    valid_from: date
    valid_to: date
    evidence: str
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendBody:
    reason: str
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeBody:
    by: Acting


BodyCommand: TypeAlias = RegisterBody | ChangeScope | RegisterStaff | FileMobileAssessment | SuspendBody | ResumeBody
