"""What a dossier has of other provinces: where a guest is at home, and which claims elsewhere ask for what is given
once. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from subsidy.claims.dossier.parts import Concern, Said


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeNoted:
    """The worker is a guest: another province is home, and decides what is given once nationwide."""

    type: ClassVar[str] = "home-noted"
    worker: str
    home: str
    """Code of the province."""
    said: Said
    concerns: tuple[Concern, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A claim of another province that asks. Part of stored events."""

    home: str
    region: str
    """County of the claim."""
    claim: str
    ask: int
    """Counts from 1 how often it asks."""
    kind: str
    pool: str
    occupation: str
    level: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPlaced:
    """It stands in line under the person that the worker is."""

    type: ClassVar[str] = "request-placed"
    worker: str
    person: str
    request: Request
    because: str
    """Public id of the fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestTakenBack:
    """It stands there no more: its province said so, or the worker turned out to be another person."""

    type: ClassVar[str] = "request-taken-back"
    worker: str
    person: str
    request: Request
    because: str
