"""The last look at JSON before it leaves: nothing goes out that a strict reader or a database would refuse."""

import json
import re
from collections.abc import Iterator
from typing import ClassVar, Final, NoReturn

_SUSPICIOUS: Final = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])|NaN|Infinity|\x00")
_SURROGATE_OR_NUL: Final = re.compile("[\ud800-\udfff\0]")


class UnsafeData(ValueError):
    """Data that must not get out: not UTF-8, a lone surrogate, NUL, NaN or infinity, no JSON object."""

    code: ClassVar[str] = "event_data_unsafe"


def check_json(data: bytes) -> None:
    """Raises `UnsafeData`. Looks closely only where the bytes give reason to."""
    try:
        data.decode()
    except UnicodeDecodeError:
        raise UnsafeData("not UTF-8") from None
    if not data.startswith(b"{"):
        raise UnsafeData("not a JSON object")
    if _SUSPICIOUS.search(data):
        _check_closely(data)


def _check_closely(data: bytes) -> None:
    try:
        value: object = json.loads(data, parse_constant=_no_constant)
    except UnsafeData:
        raise
    except (ValueError, RecursionError):
        raise UnsafeData("not JSON") from None
    if any(_SURROGATE_OR_NUL.search(text) for text in _texts(value)):
        raise UnsafeData("lone surrogate or NUL")


def _no_constant(name: str) -> NoReturn:
    raise UnsafeData(name)


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for name, each in value.items():
                yield name
                yield from _texts(each)
        case list():
            for each in value:
                yield from _texts(each)
