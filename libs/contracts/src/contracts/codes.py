"""Code lists: small tables of codes with names in both languages, validity and source, served as of a date."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from contracts.errors import InvalidCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    code: str
    zh: str
    en: str
    source: str
    """Requirement ids or standard that the code stands for."""
    valid_from: date | None = None
    """None: as long as records go back."""
    valid_to: date | None = None
    """The first day on which it is no longer used; None: it is used."""
    successors: tuple[str, ...] = ()
    """What the code became; the first is the one that reports map it to."""

    def is_valid(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeList:
    name: str
    """As in `/v1/codes/<name>`."""
    zh: str
    en: str
    codes: tuple[Code, ...]
    _by_code: Mapping[str, Code] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", {each.code: each for each in self.codes})

    def as_of(self, on: date) -> tuple[Code, ...]:
        return tuple(each for each in self.codes if each.is_valid(on))

    def find(self, code: str) -> Code:
        """Raises `InvalidCode` for a code that never was in the list."""
        found = self._by_code.get(code)
        if found is None:
            raise InvalidCode("code_unknown")
        return found

    def on(self, code: str, day: date) -> Code:
        """Raises `InvalidCode` where the code is unknown or not valid on that day."""
        found = self.find(code)
        if not found.is_valid(day):
            raise InvalidCode("code_not_valid_then")
        return found

    def current(self, code: str, on: date) -> Code:
        """What reports of that day count the code as: itself, or along its first successors to the one then valid."""
        found = self.find(code)
        while not found.is_valid(on) and found.successors:
            found = self.find(found.successors[0])
        return found

    def known(self, code: str) -> str:
        """The code itself, for use as a validator. Raises `InvalidCode`."""
        return self.find(code).code

    def json_schema(self) -> dict[str, object]:
        return {"type": "string", "enum": [each.code for each in self.codes], "description": f"{self.en}; {self.zh}"}
