"""Made-up people: real ages, and resident-ID numbers with an address code that was never given out (county part 99)."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from stdnum.cn import ric

COUNTIES: Final = ("520526", "520502", "520524", "522301", "520181", "520281", "520602", "522601")
"""Real counties of Guizhou: the household region is real, the number is not."""
GROUPS: Final = ("MONITORED", "POVERTY_LIFTED", "RURAL_TRANSFERRED")
WISHES: Final = ("JOB", "VOCATIONAL_TRAINING")

BIRTHDAYS: Final = 14_000

_SURNAMES: Final = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾田董潘袁蔡蒋余杜叶程魏苏吕"
_GIVEN: Final = "秀英桂兰玉梅建国志强小军丽华春燕永福开云朝阳光明文斌慧敏海燕德贵世平明珠启航晓东金凤立新国庆安宁清泉"
_MINORITY: Final = ("阿卜力孜·买买提", "罗布次仁·扎西", "阿依古丽·吐尔逊", "乌仁其木格·巴图")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who does not exist."""

    name: str
    number: str
    phone: str
    county: str
    groups: tuple[str, ...]
    employed: bool
    surveyed_on: date

    def survey(self) -> dict[str, Any]:
        """The body of POST /v1/surveys."""
        return {
            "name": self.name,
            "number": self.number,
            "phone": self.phone,
            "household_region": self.county,
            "groups": [{"group": group, "valid_from": "2022-01-01"} for group in self.groups],
            "surveyed_on": self.surveyed_on.isoformat(),
            "channel": "TOWNSHIP_GOVERNMENT",
            "capture_method": "FIELD_SURVEY",
            "employment": self._employment(),
        }

    def _employment(self) -> dict[str, Any]:
        if not self.employed:
            return {"status": "UNEMPLOYED", "wishes": list(WISHES)}
        return {
            "status": "EMPLOYED",
            "form": "ENTERPRISE",
            "region": "440112",
            "employer": "广州示范电子有限公司",
            "contact": self.phone,
        }


def people(count: int, seed: int, *, today: date, counties: tuple[str, ...] = COUNTIES) -> Iterator[Person]:
    """So many people, all different; the same for the same seed and day."""
    chance = random.Random(seed)  # noqa: S311 made-up people need no secrecy
    for n in range(count):
        county = counties[n % len(counties)]
        yield Person(
            name=_name(chance),
            number=_number(county, n, chance, today),
            phone=f"1{chance.choice('3578')}{chance.randrange(10**9):09d}",
            county=county,
            groups=tuple(sorted(chance.sample(GROUPS, chance.randint(1, 2)))),
            employed=chance.random() < 0.4,
            surveyed_on=today - timedelta(days=chance.randrange(1, 200)),
        )


def _name(chance: random.Random) -> str:
    if chance.random() < 0.02:
        return chance.choice(_MINORITY)
    return chance.choice(_SURNAMES) + "".join(chance.sample(_GIVEN, chance.randint(1, 2)))


def _number(county: str, n: int, chance: random.Random, today: date) -> str:
    """Birthdays over 38 years, each once before any comes again: no two people share a number."""
    born = date(today.year - 58, today.month, 1) + timedelta(days=n * 7919 % BIRTHDAYS)
    sequence = 100 + n // BIRTHDAYS * 2 + chance.randrange(2)
    front = f"{county[:4]}99{born:%Y%m%d}{sequence:03d}"
    return front + str(ric.calc_check_digit(front + "0"))
