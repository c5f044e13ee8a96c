"""What can have happened to an employer. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A criterion that was found to be met, and by what document. Part of stored events."""

    criterion: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerRegistered:
    type: ClassVar[str] = "employer-registered"
    employer: str
    """Unified social credit code, key of this stream."""
    title: str
    region: str
    registered_on: date
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseSelected:
    type: ClassVar[str] = "employment-base-selected"
    employer: str
    region: str
    application: str
    """Number of the employer's own application: nobody is made a base."""
    criteria: tuple[Criterion, ...]
    """Each of `employment-base-criteria` once."""
    selected_on: date
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseRevoked:
    type: ClassVar[str] = "employment-base-revoked"
    employer: str
    ground: str
    evidence: str
    revoked_on: date
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleAwarded:
    type: ClassVar[str] = "employer-title-awarded"
    employer: str
    title: str
    evidence: str
    awarded_on: date
    official: str
    organisation: str


EmployerEvent: TypeAlias = EmployerRegistered | BaseSelected | BaseRevoked | TitleAwarded
