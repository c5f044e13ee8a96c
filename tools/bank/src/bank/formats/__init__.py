"""The two formats of the agreement; the ending of a file's name says which."""

from typing import Final, Protocol, cast

from bank.formats import json, txt
from bank.model import Document


class Format(Protocol):
    """How a document becomes bytes and is read back; `load` raises Refused."""

    def dump(self, document: Document) -> bytes: ...
    def load(self, file: str, data: bytes) -> Document: ...


FORMATS: Final[dict[str, Format]] = {"txt": cast(Format, txt), "json": cast(Format, json)}
