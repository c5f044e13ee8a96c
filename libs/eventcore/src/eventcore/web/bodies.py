"""Request bodies: a guard that looks at the JSON itself, and a strict base for the models."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import msgspec
from annotated_types import GroupedMetadata
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from eventcore.web.problems import Problem

MAX_BYTES: Final = 1 << 20
MAX_DEPTH: Final = 32
MAX_KEYS: Final = 1_000
MAX_ITEMS: Final = 10_000
_JSON: Final = re.compile(rb"application/json(; ?charset=\"?utf-8\"?)?", re.IGNORECASE)
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
_UNPRINTABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


class Body(BaseModel):
    """Base of every request body: nothing unknown, nothing converted, nothing infinite, nothing changed later."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False, hide_input_in_errors=True)


def example(*shown: dict[str, JsonValue]) -> ConfigDict:
    """What the documents show of a body: `model_config = example({…})`. Whoever inherits from it gives its own."""
    return ConfigDict(json_schema_extra={"examples": [*shown]})


def _clean(text: str) -> str:
    if _UNPRINTABLE.search(text):
        raise ValueError("control characters")
    return unicodedata.normalize("NFC", text)


@dataclass(frozen=True, slots=True)
class Text(GroupedMetadata):
    """A line of text of bounded length, trimmed and in normal form C: `name: Annotated[str, Text(40)]`."""

    most: int
    least: int = 1

    def __iter__(self) -> Iterator[object]:
        yield StringConstraints(strip_whitespace=True, min_length=self.least, max_length=self.most)
        yield AfterValidator(_clean)
        yield Field(json_schema_extra={"pattern": r"^[^\u0000-\u001f\u007f-\u009f]*$"})


def media_type(headers: list[tuple[bytes, bytes]]) -> None:
    """Problem where the body is not said to be plain JSON in UTF-8."""
    kinds = [value.strip() for name, value in headers if name == b"content-type"]
    packed = any(name == b"content-encoding" and value.lower() != b"identity" for name, value in headers)
    if packed or len(kinds) != 1 or not _JSON.fullmatch(kinds[0]):
        raise Problem("content_type_unsupported")


def guarded(body: bytes) -> object:
    """The body parsed, or a Problem: what a model cannot see any more is refused here."""
    try:
        value = _decode(body.decode("utf-8"))
    except RecursionError:
        raise Problem("body_too_deep") from None
    except ValueError:  # of the JSON, of its UTF-8, or of an integer with thousands of digits
        raise Problem("body_malformed") from None
    opened = body.count(b"{") + body.count(b"[")
    if opened > MAX_DEPTH or body.count(b",") >= MAX_KEYS or b"\\u" in body:
        _measure(value)
    return value


def canonical(value: object) -> bytes:
    """The same bytes for the same JSON value, whatever its spacing and order of keys."""
    try:
        return msgspec.json.encode(value, order="sorted")
    except OverflowError:
        raise Problem("body_number_too_large") from None


def _measure(value: object) -> None:
    waiting: list[tuple[int, object]] = [(1, value)]
    while waiting:
        depth, part = waiting.pop()
        match part:
            case str() if _UNSTORABLE.search(part):
                raise Problem("body_text_invalid")
            case dict() | list() if depth > MAX_DEPTH:
                raise Problem("body_too_deep")
            case dict() | list() if len(part) > (MAX_KEYS if isinstance(part, dict) else MAX_ITEMS):
                raise Problem("body_too_wide")
            case dict():
                waiting.extend((depth + 1, inner) for pair in part.items() for inner in pair)
            case list():
                waiting.extend((depth + 1, inner) for inner in part)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Problem("body_duplicate_key")
    return found


_decode: Final = json.JSONDecoder(object_pairs_hook=_object, parse_constant=int).decode
"""NaN and Infinity are not JSON, and `int` takes no such words: ValueError."""
