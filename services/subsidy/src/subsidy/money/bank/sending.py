"""The reader that writes payment files: one for each batch that a fund releases.

Every step may be done again: commands have ids of their own, and a file that lies whole where the bank takes it is kept
as it is, whatever this process would write now. So there is never a second file with the same payment.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Final

import structlog
from contracts.subsidy_codes import CLAIM_KINDS
from eventcore import tracing
from eventcore.database import Unavailable
from eventcore.facts import Fact
from eventcore.failpoints import hit
from eventcore.readers import Pages, When, checkpoints
from eventcore.readers.checkpoints import Resumed
from eventcore.readers.loop import Work
from eventcore.store import Store, handle

from subsidy.money import looking
from subsidy.money.bank import forms
from subsidy.money.bank.bank_file import BANK_FILE, SendFile, Sent
from subsidy.money.bank.columns import fits
from subsidy.money.bank.events import FileSent, SentOrder
from subsidy.money.bank.folder import Folder
from subsidy.money.bank.forms import Form
from subsidy.money.bank.records import PaymentLine
from subsidy.money.bank.registry import Registry, Whom
from subsidy.money.batches.batch import PAYMENT_BATCH, Proposed
from subsidy.money.batches.events import Line
from subsidy.money.funds.events import BatchFunded
from subsidy.money.payments.commands import LeaveOut, OrderPayment, PaymentCommand
from subsidy.money.payments.payment import PAYMENT
from subsidy.money.payments.state import Account

READER: Final = "payment-files"
AT_ONCE: Final = 128
"""Commands under way: what fills the door's calls."""
NO_ACCOUNT: Final = "NO_ACCOUNT"
NOT_WRITABLE: Final = "NOT_WRITABLE"
WORKER: Final = "WORKER"

log = structlog.get_logger()


class PaymentFiles(Work):
    """Writes what funds release. Facts may be applied again."""

    name = READER

    def __init__(
        self, store: Store, pages: Pages, folder: Folder, form: Form, registry: Registry, may_pay: When
    ) -> None:
        self.pages = pages
        self._store = store
        self._folder = folder
        self._form = form
        self._registry = registry
        self._may_pay = may_pay
        self._places = asyncio.Semaphore(AT_ONCE)

    async def apply(
        self, facts: Sequence[Fact[Any]], expected: int, goal: int, resumed: Resumed | None = None
    ) -> int | None:
        """A file for each release, then the checkpoint. After a restore nothing is paid until it is known what was
        granted, given back, or found wrong since the backup."""
        released = [fact for fact in facts if isinstance(fact.event, BatchFunded)]
        if released and not await self._may_pay(self._store.pool):
            raise Unavailable
        for fact in released:
            with tracing.span(READER, parent=fact.meta.trace):
                await self._send(fact)
        async with self._store.pool.acquire(timeout=5) as connection, connection.transaction():
            await checkpoints.move(connection, self.name, expected, goal)
            if resumed:
                await checkpoints.resume(connection, self.name, resumed)
        return goal

    async def _send(self, fact: Fact[BatchFunded]) -> None:
        funded = fact.event
        if isinstance(await looking.file_state(self._store, funded.file), Sent):
            return
        batch, _ = await self._store.state(PAYMENT_BATCH, funded.batch)
        if not isinstance(batch, Proposed):
            raise TypeError(f"{funded.batch} was released and is no batch")
        path = self._folder.sent(funded.file)
        if path is None:
            data = await self._built(fact, batch.lines)
            hit("file.built")
            name = f"{funded.file}{self._form.suffix}"
            await asyncio.to_thread(self._folder.put, name, data)
        else:
            name, data = path.name, await asyncio.to_thread(path.read_bytes)
        sent = _sent(funded, name, data, batch.lines)
        await self._record(fact, sent)
        hit("file.sent")
        log.info("payment_file.sent", file=funded.file, count=sent.count)

    async def _record(self, fact: Fact[BatchFunded], sent: FileSent) -> None:
        """Within a span that links to where its orders come from: the bank's answer leads to each of them."""
        command = looking.order(f"{fact.id}/sent", READER, fact)
        traces = await looking.traces_of(self._store, [each.claim for each in sent.orders])
        with tracing.span(READER, links=traces):
            await handle(self._store, BANK_FILE, sent.file, SendFile(sent=sent), command)

    async def _built(self, fact: Fact[BatchFunded], lines: Sequence[Line]) -> bytes:
        """Who cannot be paid is left out, with the reason, before there is a file."""
        funded = fact.event
        ordered = await self._ordered(fact, lines)
        whom = await self._whom(funded.file, ordered)
        details = {line.payment: _detail(line, whom[line.payee.id]) for line in ordered}
        left_out = [
            (line, LeaveOut(payment=line.payment, file=funded.file, reason=detail, today=funded.funded_on))
            for line in ordered
            if isinstance(detail := details[line.payment], str)
        ]
        await self._carry_out(fact, left_out, "left-out")
        written = tuple(detail for detail in details.values() if isinstance(detail, PaymentLine))
        return self._form.write(funded.file, "", funded.funded_on, written)

    async def _ordered(self, fact: Fact[BatchFunded], lines: Sequence[Line]) -> list[Line]:
        """The lines whose orders go out with this file: an order that was withdrawn meanwhile does not."""
        funded, today = fact.event, fact.event.funded_on
        commands = [
            (line, OrderPayment(payment=line.payment, batch=funded.batch, file=funded.file, today=today))
            for line in lines
        ]
        await self._carry_out(fact, commands, "ordered")
        found = await looking.payments_of(self._store, [line.claim for line in lines])
        return [line for line in lines if _goes_out(found[line.claim], line.payment, funded.file)]

    async def _carry_out(
        self, fact: Fact[BatchFunded], commands: Sequence[tuple[Line, PaymentCommand]], what: str
    ) -> None:
        async def one(line: Line, command: PaymentCommand) -> None:
            async with self._places:
                order = looking.order(f"{fact.event.file}/{line.payment}/{what}", READER, fact)
                await handle(self._store, PAYMENT, line.claim, command, order)

        await asyncio.gather(*(one(line, command) for line, command in commands))

    async def _whom(self, file: str, lines: Sequence[Line]) -> Mapping[str, Whom | str]:
        workers = sorted({line.payee.id for line in lines if line.payee.kind == WORKER})
        organisations = {line.payee.id for line in lines if line.payee.kind != WORKER}
        accounts = await looking.accounts_of(self._store, organisations)
        found: dict[str, Whom | str] = dict.fromkeys(organisations, NO_ACCOUNT)
        found |= {
            key: Whom(each.confirmed.name, each.confirmed.account, each.confirmed.bank)
            for key, each in accounts.items()
            if each.confirmed
        }
        return found | (dict(await self._registry.whom(file, workers)) if workers else {})


def _goes_out(found: object, payment: str, file: str) -> bool:
    open = found.open if isinstance(found, Account) else None
    return open is not None and (open.payment, open.file) == (payment, file)


def _detail(line: Line, whom: Whom | str) -> PaymentLine | str:
    """The line of the file, or why there is none."""
    if isinstance(whom, str):
        return whom
    purpose = CLAIM_KINDS.find(line.kind).zh
    detail = PaymentLine(line.payment, line.amount, whom.account, whom.name, whom.bank, purpose)
    return detail if fits(detail) else NOT_WRITABLE


def _sent(funded: BatchFunded, name: str, data: bytes, lines: Sequence[Line]) -> FileSent:
    """What the file says, by the file itself: it may have been written before this process began."""
    document = forms.read(name, data)
    written = {each.payment for each in document.details}
    orders = tuple(
        SentOrder(payment=line.payment, claim=line.claim, region=line.region, amount=line.amount)
        for line in lines
        if line.payment in written
    )
    return FileSent(
        file=funded.file,
        kind="PAY",
        batch=funded.batch,
        fund=funded.fund,
        day=document.day,
        count=document.header.count,
        sum=document.header.sum,
        digest=document.digest,
        left_out=funded.amount - document.header.sum,
        orders=orders,
    )
