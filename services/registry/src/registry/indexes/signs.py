"""Signs that two workers may be one person. They are compared as keyed blind indexes, never read."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

NAME_AND_BIRTH: Final = "NAME_AND_BIRTH"
PHONE: Final = "PHONE"
FORMER_NUMBER: Final = "FORMER_NUMBER"

WEIGHTS: Final[Mapping[str, int]] = MappingProxyType({FORMER_NUMBER: 95, NAME_AND_BIRTH: 70, PHONE: 60})
"""Of 100 pairs with this sign alone, how many an office expects to be one person."""

_DOTS: Final = str.maketrans(dict.fromkeys("•・‧∙⋅.。●◦᛫⸱", "·"))
_COUNTRY: Final = ("+86", "0086")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """Keyed blind indexes of one survey, each one for every version of the key, newest first. Part of stored events."""

    name_and_birth: tuple[str, ...] = ()
    phone: tuple[str, ...] = ()
    """Empty where no phone was given."""
    name_and_phone: tuple[str, ...] = ()
    """A phone that a family shares says nothing by itself."""
    former_number: tuple[str, ...] = ()
    """Of the number that the worker had before, in the domain of the numbers themselves."""


NO_SIGNS: Final = Signs()


def plain_name(name: str) -> str:
    """A name as it is compared: no widths, spaces, cases or kinds of dots between the parts of minority names."""
    text = unicodedata.normalize("NFKC", name)
    return "".join(text.translate(_DOTS).split()).casefold()


def plain_phone(phone: str) -> str:
    """A phone as it is compared: digits, without the country's code."""
    text = "".join(unicodedata.normalize("NFKC", phone).split()).replace("-", "")
    for prefix in _COUNTRY:
        text = text.removeprefix(prefix)
    return text.removeprefix("+")


def score(signs: frozenset[str]) -> int:
    """0 to 100: the weights of the signs as if they were independent, so that a second sign never lowers it."""
    doubt = 1.0
    for sign in signs:
        doubt *= 1 - WEIGHTS[sign] / 100
    return round(100 * (1 - doubt))
