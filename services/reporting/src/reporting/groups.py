"""Groups as reports of a day count them: what is on record under other names leads to those of that day."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from contracts.groups import GROUPS, names_on


@lru_cache(maxsize=256)
def led(day: date) -> Mapping[str, str]:
    """Every code that ever was -> the one that a report of that day counts it as: itself, or what it became first, or
    what it came from."""
    return {code.code: _led(code.code, day) for code in GROUPS.codes}


def shown(code: str, day: date) -> tuple[str, ...]:
    """The groups of a report of that day that are what `code` calls, in the words of then or of now. Raises
    `InvalidCode`."""
    return tuple(sorted(names_on(code, day))) or (code,)


def _led(code: str, day: date) -> str:
    current = GROUPS.current(code, day)
    return current.code if current.is_valid(day) else shown(code, day)[0]
