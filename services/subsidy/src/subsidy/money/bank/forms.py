"""The two formats, by the ending of a file's name."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from subsidy.money.bank import columns, members
from subsidy.money.bank.records import Detail, Document, Unreadable

_ID: Final = re.compile("[A-Z0-9_-]{0,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    suffix: str
    write: Callable[[str, str, date, tuple[Detail, ...]], bytes]
    """File's id, id of the answered file, day, details."""
    read: Callable[[str, bytes], Document]


FORMS: Final = {
    ".txt": Form(suffix=columns.SUFFIX, write=columns.write, read=columns.read),
    ".json": Form(suffix=members.SUFFIX, write=members.write, read=members.read),
}


def read(name: str, data: bytes) -> Document:
    """The file of this name. Unreadable, also where it says of itself that it is another."""
    file, dot, ending = name.rpartition(".")
    found = FORMS[dot + ending].read(file, data)
    if found.header.file != file or not _ID.fullmatch(found.header.answers):
        raise Unreadable("undecodable")
    return found
