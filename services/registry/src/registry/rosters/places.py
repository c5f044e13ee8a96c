"""Regions by code or name, of today or of once: 威宁县, 威宁彝族回族苗族自治县, 贵州省毕节市威宁县."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Final

from contracts import region
from contracts.errors import InvalidRegion
from contracts.region import Region

UNKNOWN: Final = "region_unknown"
ELSEWHERE: Final = "region_of_another_province"

_CODE: Final = re.compile(r"([1-9][0-9]{5})(?:[0-9]{3}|[0-9]{6})?(?:\.0)?")
"""Six digits, also at the head of a township's nine or a village's twelve."""
_PEOPLES: Final = (
    "蒙古族?|回族|藏族|维吾尔族?|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|黎族|傈僳族|佤族|畲族"
    "|高山族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族?|土族|达斡尔族?|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族?|阿昌族|普米族"
    "|塔吉克族?|怒族|乌孜别克族?|俄罗斯族|鄂温克族|德昂族|保安族|裕固族|京族|塔塔尔族|独龙族|鄂伦春族?|赫哲族|门巴族|珞巴族|基诺族|各族"
)
_AUTONOMOUS: Final = re.compile(rf"(.{{2,}}?)(?:{_PEOPLES})+自治([县州旗区])")
_TAIL: Final = re.compile(r"(.{2,}?)(?:特别行政区|自治区|地区|林区|特区|[省市盟州县区旗])")
_LONGEST: Final = 60


class Unplaced(Exception):
    """UNKNOWN or ELSEWHERE."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code: Final = code


@lru_cache(maxsize=8192)
def household(text: str, province: str, day: date, *, anywhere: bool = False) -> str:
    """The county of the province that was meant, or, `anywhere`, of another one, by its code on that day. Raises
    `Unplaced`."""
    found = _meant(text, day)
    meant = {code for code in found if code[:2] == province[:2]} or (found if anywhere else set())
    if found and not meant:
        raise Unplaced(ELSEWHERE)
    if len(meant) != 1 or not region.is_county_level(code := next(iter(meant)), day):
        raise Unplaced(UNKNOWN)
    return code


@lru_cache(maxsize=8192)
def workplace(text: str, province: str, day: date) -> str | None:
    """The region of any level in any province; where several have the name, the one of this province."""
    found = _meant(text, day)
    if len(found) > 1:
        found = {code for code in found if code[:2] == province[:2]}
    return found.pop() if len(found) == 1 else None


def _meant(text: str, day: date) -> set[str]:
    """Codes that are valid on that day."""
    if written := _CODE.fullmatch(text):
        return _by_code(written[1], day)
    meanings = _named(text)
    exactly = [each for each in meanings if text.endswith(each.name)]
    return _valid(exactly, day) or _valid(meanings, day) or _today(exactly, day) or _today(meanings, day)


def _by_code(code: str, day: date) -> set[str]:
    try:
        return {code} if region.exists(code, day) else {each.code for each in region.current(code, day)}
    except InvalidRegion:
        return set()


def _valid(meanings: Iterable[Region], day: date) -> set[str]:
    return {each.code for each in meanings if each.is_valid(day)}


def _today(meanings: Iterable[Region], day: date) -> set[str]:
    """What ended meanings became."""
    return {
        each.code
        for ended in meanings
        if ended.valid_to is not None and ended.valid_to <= day
        for each in region.current(ended.code, day, ended.valid_to - timedelta(days=1))
    }


@lru_cache(maxsize=8192)
def _named(text: str) -> tuple[Region, ...]:
    """All that the text may mean, in any year: a name, or the names of regions above it and then its own."""
    if len(text) > _LONGEST:
        return ()
    found = dict.fromkeys(_names().get(text, ()))
    for end in range(2, len(text) - 1):
        for above in _names().get(text[:end], ()):
            found |= dict.fromkeys(each for each in _named(text[end:]) if _lies_in(each, above))
    return tuple(found)


def _lies_in(each: Region, above: Region) -> bool:
    known = {"province": 2, "prefecture": 4, "county": 6}[above.level]
    return known < 6 and each.code != above.code and each.code[:known] == above.code[:known]


@cache
def _names() -> Mapping[str, tuple[Region, ...]]:
    found: dict[str, list[Region]] = {}
    for code in region.codes():
        for meaning in region.history(code):
            for name in set(_variants(meaning.name)):
                found.setdefault(name, []).append(meaning)
    return {name: tuple(meanings) for name, meanings in found.items()}


def _variants(name: str) -> Iterator[str]:
    yield name
    if own := _AUTONOMOUS.fullmatch(name):
        yield from (own[1], own[1] + own[2], f"{own[1]}自治{own[2]}")
    elif short := _TAIL.fullmatch(name):
        yield short[1]
