"""What can have happened to a disclosure. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalDataDisclosed:
    type: ClassVar[str] = "personal-data-disclosed"
    worker: str
    survey: str
    """Key of the survey whose personal fields are read."""
    purpose: str
    reader: str
    organisation: str
    in_full: tuple[str, ...]
    masked: tuple[str, ...]


DisclosureEvent: TypeAlias = PersonalDataDisclosed
