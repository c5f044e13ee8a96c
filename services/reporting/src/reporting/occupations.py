"""Occupations as reports of a day count them: one concept, whatever the edition it is written in."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from contracts.errors import InvalidOccupation
from contracts.occupation import EDITIONS, OccupationKey, equivalents, occupations


@lru_cache(maxsize=256)
def led(day: date) -> Mapping[str, str]:
    """Every code that the crosswalk joins to a newer one by that day -> the newest."""
    known = (each.key for edition in EDITIONS for each in occupations(edition))
    newest = {key: equivalents(key, day)[-1] for key in known}
    return {str(key): str(new) for key, new in newest.items() if new != key}


def concept(text: str, day: date) -> str:
    """The code under which the report counts it; one that no edition in our tables has stands for itself."""
    try:
        return led(day).get(str(OccupationKey.parse(text)), text)
    except InvalidOccupation:
        return text
