"""One instance of an event class with every field."""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints


def sample(kind: Any, words: Mapping[str, str], word: str = "") -> Any:
    """Texts are the fields' names, or a word that fits by the field's name."""
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return kind(**{each.name: sample(hints[each.name], words, each.name) for each in fields(kind)})
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return sample(inner[0], words, word)
    if origin is Literal:
        return inner[0]
    if origin is tuple:
        return (sample(inner[0], words, word),)
    return {
        str: words.get(word, word.replace("_", "-")),
        int: 2,
        bool: True,
        date: date(2026, 7, 1),
        datetime: datetime(2026, 7, 1, 2, tzinfo=UTC),
    }[kind]
