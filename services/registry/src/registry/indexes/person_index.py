"""The blind indexes of a person: HMAC-SHA256 with a domain of its own for each, under the key of the numbers' index.

Every index comes once for each version of the key that is there, newest first: while a new version is brought in, what
was stored under the old one is still found.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from contracts.resident_id import ResidentId, lengthened

from registry.indexes.signs import Signs, plain_name, plain_phone
from registry.vault.number_index import NumberIndex, keyed_by_all

_NAME_AND_BIRTH: Final = b"name-and-birth"
_PHONE: Final = b"phone"
_NAME_AND_PHONE: Final = b"name-and-phone"
_OLD: Final = 15


@dataclass(frozen=True, slots=True)
class PersonIndex:
    """The versions of the key, oldest first; None where one was taken away."""

    versions: Sequence[bytes | None] = field(repr=False)

    def number(self, number: str) -> tuple[str, ...]:
        """Of a number with 18 characters, or of an old one with 15 digits, which stands for exactly one of 18."""
        return NumberIndex(self.versions).all_of(lengthened(number) if len(number) == _OLD else number)

    def name_and_birth(self, name: str, birth_date: date) -> tuple[str, ...]:
        return self._of(_NAME_AND_BIRTH, plain_name(name), birth_date.isoformat())

    def phone(self, phone: str) -> tuple[str, ...]:
        return self._of(_PHONE, plain_phone(phone))

    def signs(self, *, name: str, number: str, phone: str | None, former_number: str | None) -> Signs:
        """What a survey is compared by; `number` is checked and normalised."""
        called, reached = plain_name(name), plain_phone(phone) if phone else ""
        return Signs(
            name_and_birth=self._of(_NAME_AND_BIRTH, called, ResidentId(number).birth_date.isoformat()),
            phone=self._of(_PHONE, reached) if phone else (),
            name_and_phone=self._of(_NAME_AND_PHONE, called, reached) if phone else (),
            former_number=self.number(former_number) if former_number else (),
        )

    def _of(self, domain: bytes, *parts: str) -> tuple[str, ...]:
        return keyed_by_all(self.versions, b"\0".join([domain, *map(str.encode, parts)]))
