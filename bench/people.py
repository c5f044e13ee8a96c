"""Made-up people, and the commands and bodies that survey them. Everything follows from a number."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any, Final

import msgspec
import uuid_utils
from contracts.memberships import Membership
from eventcore.clock import legal_day
from eventcore.facts import Meta
from eventcore.store import Order
from registry.indexes.person_index import PersonIndex
from registry.surveys.api import CLOCKS_APART, answer
from registry.surveys.commands import ApproveSurvey, RecordSurvey, Unemployed
from registry.vault import NumberIndex
from stdnum.cn import ric

from bench.plan import REGION

__all__ = ["CLOCKS_APART", "COUNTY", "SURVEYED", "approve", "body", "name", "new_id", "number", "order", "record"]

SURVEYED: Final = date(2026, 3, 2)
COUNTY: Final = "520526"
_GROUP: Final = "MONITORED"
_FIRST_BIRTHDAY: Final = date(1966, 1, 1)
_BIRTHDAYS: Final = 14_000
_NAMES: Final = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"


def number(n: int) -> str:
    """The resident ID number of a made-up person: the county part 99 was never given out."""
    born = _FIRST_BIRTHDAY + timedelta(days=n % _BIRTHDAYS)
    known = f"52{n // (_BIRTHDAYS * 999) % 90 + 1:02}99{born:%Y%m%d}{n // _BIRTHDAYS % 999 + 1:03}"
    return known + str(ric.calc_check_digit(f"{known}0"))


def name(n: int) -> str:
    """A name."""
    return f"{_NAMES[n % 20]}{_NAMES[n // 20 % 20]}{_NAMES[n // 400 % 20]}"


def new_id() -> str:
    """UUIDv7, as the service mints them."""
    return str(uuid_utils.uuid7())


def record(n: int, survey: str, index: NumberIndex) -> RecordSurvey:
    """The command that the route makes of `body(n)`."""
    return RecordSurvey(
        survey=survey,
        surveyor="zhang",
        organisation="520526-hrss",
        household_region=COUNTY,
        groups=(Membership(group=_GROUP, valid_from=date(2024, 1, 1)),),
        surveyed_on=SURVEYED,
        channel="TOWNSHIP_GOVERNMENT",
        capture_method="FIELD_SURVEY",
        employment=Unemployed(wishes=("JOB", "VOCATIONAL_TRAINING")),
        name=name(n),
        number=number(n),
        phone="13800000000",
        number_index=index.of(number(n)),
        signs=PersonIndex(index.versions).signs(
            name=name(n), number=number(n), phone="13800000000", former_number=None
        ),
        new_worker=new_id(),
        today=legal_day(),
        province=REGION,
        made_up_people=True,
    )


def body(n: int) -> dict[str, Any]:
    """A request to record the survey of person `n`."""
    return {
        "name": name(n),
        "number": number(n),
        "phone": "13800000000",
        "household_region": COUNTY,
        "groups": [{"group": _GROUP, "valid_from": "2024-01-01"}],
        "surveyed_on": SURVEYED.isoformat(),
        "channel": "TOWNSHIP_GOVERNMENT",
        "capture_method": "FIELD_SURVEY",
        "employment": {"status": "UNEMPLOYED", "wishes": ["JOB", "VOCATIONAL_TRAINING"]},
    }


def approve(at: datetime) -> ApproveSurvey:
    """Another person than the surveyor approves."""
    return ApproveSurvey(reviewer="li", organisation="520526-hrss", at=at)


def order(actor: str, at: datetime | None = None) -> Order:
    """What a route sends along: a fresh id, a fingerprint, who acts, a traceparent, and how the answer is put."""
    id = f"http/bench/v1/surveys/{uuid.uuid4()}"
    trace = f"00-{uuid.uuid4().hex}-{uuid.uuid4().hex[:16]}-00"
    return Order(
        id=id,
        fingerprint=bytes(32),
        meta=Meta(actor=actor, organisation="520526-hrss", correlation=id, trace=trace),
        occurred_at=at,
        reply=lambda state, version: msgspec.json.encode(answer(state, version)),
    )
