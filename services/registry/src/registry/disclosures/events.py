"""What can have happened to a disclosure. Storage format: names and fields are for ever."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TypeAlias

Upcaster: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]


def _of_one_survey(shape: dict[str, Any]) -> dict[str, Any]:
    """Only reviewers could read, and one survey at a time."""
    rest = {name: value for name, value in shape.items() if name != "survey"}
    return {**rest, "surveys": [shape["survey"]], "office": "reviewer", "request": None}


def _without_accounts(shape: dict[str, Any]) -> dict[str, Any]:
    """There were only surveys to read, and nothing beside the purpose to say what for."""
    return {**shape, "accounts": [], "reference": None}


def _without_record(shape: dict[str, Any]) -> dict[str, Any]:
    """What another province had sent was read by nobody."""
    return {**shape, "record": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalDataDisclosed:
    """The receipt that a reading leaves with who owns the data."""

    type: ClassVar[str] = "personal-data-disclosed"
    schema_version: ClassVar[int] = 4
    upcasters: ClassVar[Mapping[int, Upcaster]] = {1: _of_one_survey, 2: _without_accounts, 3: _without_record}
    worker: str
    surveys: tuple[str, ...]
    """Keys of the surveys whose personal fields are read."""
    purpose: str
    reader: str
    organisation: str
    office: str
    in_full: tuple[str, ...]
    masked: tuple[str, ...]
    request: str | None
    """Key of the local-worker request that it answers."""
    accounts: tuple[int, ...] = ()
    """Which of the worker's bank accounts are read, by the versions of their events."""
    reference: str | None = None
    """What it was needed for, by the reader's own id: a payment file, a verification."""
    record: str | None = None
    """The transfer, or the grant, by which the record came that is read."""


DisclosureEvent: TypeAlias = PersonalDataDisclosed
