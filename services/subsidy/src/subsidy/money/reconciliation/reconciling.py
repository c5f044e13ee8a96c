"""Lays what the bank states beside what we know. Only when the readers that tell us have come to the end of the log."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any, Final

import structlog
from eventcore.clock import Clock, legal_day
from eventcore.readers import queries
from eventcore.store import Store, handle
from sqlalchemy import BigInteger, Date, and_, bindparam, cast, func, select
from sqlmodel import col

from subsidy.money import looking
from subsidy.money.reconciliation.bank_day import BANK_DAY, ReconcileDay
from subsidy.money.reconciliation.events import DayReconciled, Finding, FundSum
from subsidy.money.reconciliation.views.days import DAYS, DayTable
from subsidy.money.reconciliation.views.movements import MOVEMENTS, MovementTable

READER: Final = "reconciliation"
ANSWERING: Final = "policy/when_bank_answered_settle_its_orders"
MOST: Final = 500
"""Findings of a day that are named; there are never so many but in a catastrophe, and one freezes the fund."""

log = structlog.get_logger()

_T: Final = MovementTable
_until: Final = bindparam("until", type_=Date)
_stated: Final = col(_T.stated_times) > 0
_agree: Final = and_(
    col(_T.amount) == col(_T.stated_amount),
    col(_T.payment) == col(_T.stated_payment),
    col(_T.fund) == col(_T.stated_fund),
    col(_T.stated_times) == 1,
)
_UNEXPLAINED: Final = queries.Query(
    select(MOVEMENTS.definition)
    .where(_stated, func.coalesce(_agree, False).is_(False), ~col(_T.explained), col(_T.stated_day) <= _until)
    .order_by(col(_T.reference))
    .limit(MOST)
)
_MISSING: Final = queries.Query(
    select(MOVEMENTS.definition)
    .where(col(_T.amount).is_not(None), ~_stated, ~col(_T.explained), col(_T.day) <= _until)
    .order_by(col(_T.reference))
    .limit(MOST)
)


def _fen(sum_of: Any) -> Any:
    """PostgreSQL sums integers as numbers of any length, and nothing as null."""
    return cast(func.coalesce(sum_of, 0), BigInteger)


_SUMS: Final = queries.Query(
    select(
        col(_T.stated_fund).label("fund"),
        func.count().label("lines"),
        _fen(func.sum(col(_T.stated_amount)).filter(col(_T.stated_amount) > 0)).label("paid"),
        _fen(-func.sum(col(_T.stated_amount)).filter(col(_T.stated_amount) < 0)).label("returned"),
    )
    .where(col(_T.stated_day) == _until)
    .group_by(col(_T.stated_fund))
    .order_by(col(_T.stated_fund))
)
_DAYS_OVER: Final = queries.Query(
    select(col(DayTable.on).label("day")).where(col(DayTable.on) < _until, ~col(DayTable.reconciled)).order_by("day")
)
_STANDING: Final = """
select newest, newest <= all (select position from log.checkpoints where reader = any($2::text[])) as counted
from (select coalesce((select position from log.events where type = any($1::text[])
                       order by position desc limit 1), 0) as newest) n
"""
_TYPES: Final = sorted(kind for codec in MOVEMENTS.own for kind in codec.types())


class NotCounted(Exception):
    """Something that the log holds about money at the bank is not counted yet."""


class Reconciling:
    """Reconciles days: by the clock when they are over, or when somebody asks."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._pool = store.pool
        self._clock = clock

    async def of_days_over(self) -> None:
        """Each day with movements or statements that is over and was not reconciled yet; later, where something is not
        counted yet."""
        for row in await _DAYS_OVER.fetch(self._pool, until=legal_day(self._clock)):
            with suppress(NotCounted):
                result = await self.result(row["day"], "")
                key = key_of(row["day"])
                order = looking.order(key, READER)
                await handle(self._store, BANK_DAY, key, ReconcileDay(result=result), order)
                log.info("bank_day.reconciled", count=len(result.findings))

    async def behind(self) -> bool:
        """Whether something that the log holds is not counted yet."""
        try:
            await self._newest()
        except NotCounted:
            return True
        return False

    async def _newest(self) -> int:
        """Position of the newest fact about money at the bank. NotCounted."""
        readers = [ANSWERING, MOVEMENTS.reader, DAYS.reader]
        standing = await self._pool.fetchrow(_STANDING, _TYPES, readers)
        if standing is None or not standing["counted"]:
            raise NotCounted
        return int(standing["newest"])

    async def result(self, day: date, official: str) -> DayReconciled:
        """What both sides say of the time up to this day. On the day itself a statement may still come.

        NotCounted, also where something came meanwhile: a statement would be seen before what it states.
        """
        newest = await self._newest()
        found = await self._result(day, official)
        if await self._newest() != newest:
            raise NotCounted
        return found

    async def _result(self, day: date, official: str) -> DayReconciled:
        over = day < legal_day(self._clock)
        until = day if over else day - timedelta(days=1)
        unexplained = await _UNEXPLAINED.fetch(self._pool, until=day)
        missing = await _MISSING.fetch(self._pool, until=until)
        awaited = await _MISSING.fetch(self._pool, until=day)
        return DayReconciled(
            day=day,
            funds=tuple(FundSum(**row) for row in await _SUMS.fetch(self._pool, until=day)),
            findings=(*_stated_only(unexplained), *_known_only(missing)),
            awaited=len(awaited) - len(missing),
            over=over,
            official=official,
        )


def key_of(day: date) -> str:
    """Key of the day's stream."""
    return f"{day:%Y%m%d}"


def _stated_only(rows: Iterable[Any]) -> Iterable[Finding]:
    return (
        Finding(
            fund=row["stated_fund"],
            reference=row["reference"],
            cause="UNEXPLAINED",
            amount=row["stated_amount"],
            payment=row["stated_payment"],
        )
        for row in rows
    )


def _known_only(rows: Iterable[Any]) -> Iterable[Finding]:
    return (
        Finding(
            fund=row["fund"],
            reference=row["reference"],
            cause="MISSING",
            amount=row["amount"],
            payment=row["payment"],
        )
        for row in rows
    )
