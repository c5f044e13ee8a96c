"""What can have happened to a shelf. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias

from subsidy.claims.dossier.parts import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """A claim whose day has no rules yet. Part of stored events."""

    claim: str
    kind: Kind
    worker: str
    region: str
    fact_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimShelved:
    type: ClassVar[str] = "claim-shelved"
    claim: Shelved


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsTakenDown:
    """There are rules for the days of these claims now."""

    type: ClassVar[str] = "claims-taken-down"
    claims: tuple[Shelved, ...]
    cause: str
    """Id of the pack's event."""


ShelfEvent: TypeAlias = ClaimShelved | ClaimsTakenDown
