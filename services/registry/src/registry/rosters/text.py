"""Text as clerks type and paste it, brought into one form."""

import re
import unicodedata
from typing import Final

_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0]"
)
_CONTROL: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_APOSTROPHES: Final = "'\u2018\u2019\u02bc`\u00b4\uff07"
_WIDE: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_DASHES: Final = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63"), "-")
_NARROW: Final[dict[int, int | str]] = {**_WIDE, **_DASHES}
_QUOTES: Final = str.maketrans("", "", "\"'\u201c\u201d\u2018\u2019\u300c\u300d")
_DOTS: Final = re.compile("[ ]*[\u00b7\u2022\u2027\u2219\u22c5\u30fb\ufe52\uff0e\uff61\uff65.\u3002]+[ ]*")
_BESIDE_IDEOGRAPH: Final = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
_LATIN: Final = re.compile("[A-Za-z]")
_WIDE_LETTERS: Final = {code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_IN_NAMES: Final = frozenset("\u00b7\u0f0b.-' \u3007")
_LONGER: Final = 16
"""Than anything that says so."""
_BLANK: Final = frozenset(("-", "--", "---", "/", "\\", "无", "空", "暂无", "N/A", "n/a", "NULL", "null", "None"))
_SAYS: Final = re.compile("[0-9A-MO-Za-mo-z]|(?![无空暂])[\u4e00-\u9fff]")
"""Nothing that says so begins with it, in whatever form: most cells need no closer look."""


def has_control(text: str) -> bool:
    """Characters that no clerk types: controls other than tabs and line ends, reordering marks, half surrogates."""
    return not text.isprintable() and _CONTROL.search(text) is not None


def tidy(text: str) -> str:
    """One line in normal form C: no invisible characters, single spaces, no apostrophe that a spreadsheet was told
    "this is text" by."""
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return " ".join(text.split()).lstrip(_APOSTROPHES).strip() if text else text


def narrow(text: str) -> str:
    """Tidy text with plain digits, letters, punctuation and hyphens; empty where it only says that nothing is known."""
    if not (text.isascii() and text.isalnum()):
        text = tidy(text)
    if not text.isascii():
        text = text.translate(_NARROW).strip(_APOSTROPHES + " ")
    return "" if text in _BLANK else text


def compact(text: str) -> str:
    """Narrow text without any space."""
    text = narrow(text)
    return text if text.isalnum() else text.replace(" ", "").strip(_APOSTROPHES)


def is_blank(text: str) -> bool:
    """Whether a cell says nothing, or only that nothing is known."""
    if not text or _SAYS.match(text):
        return not text
    return (len(text) < _LONGER or text.isspace()) and not narrow(text)


def key(text: str) -> str:
    """By what words are compared: compact, without quotation marks, in lower case."""
    return compact(text).translate(_QUOTES).casefold()


def line(text: str) -> str:
    """Tidy text; empty where it only says that nothing is known."""
    text = tidy(text)
    return "" if is_blank(text) else text


def person_name(text: str) -> str:
    """A name with one kind of dot and spaces only between Latin words."""
    text = line(text).translate(_WIDE_LETTERS)
    if text.isalpha():
        return text
    if not _LATIN.search(text):
        text = _DOTS.sub("\u00b7", text).strip("\u00b7")
    return _BESIDE_IDEOGRAPH.sub("", text)


def is_person_name(text: str) -> bool:
    """Letters of any script, also of planes that are younger than the tables of the language, private ones, dots."""
    return text.isalpha() or (any(map(_is_letter, text)) and all(map(_may_be_in_name, text)))


def _is_letter(character: str) -> bool:
    return (
        character.isalpha() or 0x20000 <= ord(character) <= 0x3FFFF or character == "\u3007" or _is_private(character)
    )


def _may_be_in_name(character: str) -> bool:
    return _is_letter(character) or character in _IN_NAMES or unicodedata.category(character).startswith("M")


def _is_private(character: str) -> bool:
    """Where rare characters lived before Unicode had them."""
    return unicodedata.category(character) == "Co"
