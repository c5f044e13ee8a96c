"""Made-up people with checksummed numbers (county part 99, which was never given out), and what is said of them."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

COUNTIES: Final = ("520102", "520526", "520602", "522601")
_GROUPS: Final = ("MONITORED", "POVERTY_LIFTED", "RURAL_TRANSFERRED", "RETURNING_MIGRANT")
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK: Final = "10X98765432"
_NAMES: Final = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_CHANNELS: Final = ("TOWNSHIP_GOVERNMENT", "SERVICE_STATION", "TRADE_UNION")


def number(n: int) -> str:
    """The resident ID number of made-up person `n` (GB 11643: the last character checks the others)."""
    born = date(1966, 1, 1) + timedelta(days=n % 14_000)
    known = f"52{n // 14_000 % 90 + 1:02}99{born:%Y%m%d}{n % 999 + 1:03}"
    return known + _CHECK[sum(int(digit) * weight for digit, weight in zip(known, _WEIGHTS, strict=True)) % 11]


def body(n: int, dice: random.Random) -> Mapping[str, Any]:
    """A survey of person `n`, who may have been surveyed before and said otherwise."""
    surveyed = date(2026, 3, 1) + timedelta(days=dice.randrange(60))
    groups = dice.sample(_GROUPS, dice.randrange(3))
    return {
        "name": f"{_NAMES[n % 20]}{_NAMES[n // 20 % 20]}{_NAMES[n // 400 % 20]}",
        "number": number(n),
        "phone": f"138{n % 100_000_000:08}",
        "household_region": dice.choice(COUNTIES),
        "groups": [{"group": group, "valid_from": "2024-01-01"} for group in groups],
        "surveyed_on": surveyed.isoformat(),
        "channel": dice.choice(_CHANNELS),
        "capture_method": "FIELD_SURVEY",
        "employment": _employment(dice),
    }


def _employment(dice: random.Random) -> Mapping[str, Any]:
    if dice.random() < 0.7:
        return {"status": "UNEMPLOYED", "wishes": ["JOB", "VOCATIONAL_TRAINING"][: dice.randrange(3)]}
    return {
        "status": "EMPLOYED",
        "form": "ENTERPRISE",
        "region": dice.choice(COUNTIES),
        "employer": "某某制造有限公司",
        "contact": "085100000000",
    }
