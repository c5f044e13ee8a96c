"""Asks the bank what became of orders that it does not know yet, or gave no answer to. Never another order."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import structlog
from eventcore.clock import Clock, legal_day
from eventcore.store import Store, handle

from subsidy.money import looking
from subsidy.money.bank import forms
from subsidy.money.bank.bank_file import BANK_FILE, SendFile, Sent
from subsidy.money.bank.events import FileSent, SentOrder
from subsidy.money.bank.folder import Folder
from subsidy.money.bank.forms import Form
from subsidy.money.bank.records import InquiryLine
from subsidy.money.payments.views.orders import to_ask

READER: Final = "bank-inquiries"
MOST: Final = 500
"""Orders of a file."""

log = structlog.get_logger()


class Inquiries:
    """`answer`: how long an order may be without an answer; `again`: and then between two questions."""

    def __init__(
        self, store: Store, folder: Folder, form: Form, clock: Clock, *, answer: timedelta, again: timedelta
    ) -> None:
        self._store = store
        self._folder = folder
        self._form = form
        self._clock = clock
        self._answer = answer
        self._again = again
        self._last: tuple[date, int] = (date.min, 0)

    async def ask(self) -> None:
        """One file, if there is anything to ask. One that was written and not recorded is recorded first."""
        today, now = legal_day(self._clock), self._clock.now()
        file = await self._next(today)
        if path := self._folder.sent(file):
            await self.record(file, path)
            return
        rows = await to_ask(self._store.pool, now - self._answer, now - self._again, MOST)
        if rows:
            lines = tuple(InquiryLine(payment, amount) for payment, amount in rows)
            name, data = f"{file}{self._form.suffix}", self._form.write(file, "", today, lines)
            await asyncio.to_thread(self._folder.put, name, data)
            await self._record(file, name, data)

    async def record(self, file: str, path: Path) -> None:
        """A question that lies in the folder: whoever wrote it was stopped then."""
        await self._record(file, path.name, await asyncio.to_thread(path.read_bytes))

    async def _next(self, today: date) -> str:
        """The first number of the day that has no recorded file."""
        day, n = self._last
        n = n if day == today else 0
        while isinstance(await looking.file_state(self._store, _id(today, n + 1)), Sent):
            n += 1
        self._last = today, n
        return _id(today, n + 1)

    async def _record(self, file: str, name: str, data: bytes) -> None:
        document = forms.read(name, data)
        payments = [each.payment for each in document.details]
        claims = await looking.claims_of(self._store.pool, payments)
        sent = FileSent(
            file=file,
            kind="ASK",
            batch="",
            fund="",
            day=document.day,
            count=document.header.count,
            sum=document.header.sum,
            digest=document.digest,
            left_out=0,
            orders=_orders([(each.payment, each.amount) for each in document.details], claims),
        )
        await handle(self._store, BANK_FILE, file, SendFile(sent=sent), looking.order(file, READER))
        log.info("inquiry.sent", file=file, count=sent.count)


def _id(day: date, n: int) -> str:
    return f"ASK-{day:%Y%m%d}-{n:03}"


def _orders(lines: Sequence[tuple[str, int]], claims: Mapping[str, str]) -> tuple[SentOrder, ...]:
    return tuple(
        SentOrder(payment=payment, claim=claims.get(payment, ""), region="", amount=amount) for payment, amount in lines
    )
