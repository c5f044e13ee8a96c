"""What can be asked of an employer."""

from dataclasses import dataclass
from typing import TypeAlias

from eventcore import Acting

from placement.offers.employers.events import Criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEmployer:
    employer: str
    title: str
    region: str
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectBase:
    application: str
    criteria: tuple[Criterion, ...]
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeBase:
    ground: str
    evidence: str
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardTitle:
    title: str
    evidence: str
    by: Acting


EmployerCommand: TypeAlias = RegisterEmployer | SelectBase | RevokeBase | AwardTitle
