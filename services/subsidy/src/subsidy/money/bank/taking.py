"""What looks into the folder of the bank: takes files whole or puts them aside whole, and asks what nobody answered.

A file is taken in the log first and put away then: whoever was stopped between finds that it was taken, and puts it
away.
"""

import asyncio
from collections.abc import Coroutine, Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, cast

import structlog
from eventcore.clock import Clock, legal_day
from eventcore.database import BUSY, GONE, Unavailable
from eventcore.facts import Fact
from eventcore.failpoints import hit
from eventcore.readers import Pages, checkpoints
from eventcore.readers.checkpoints import Resumed
from eventcore.readers.loop import Work
from eventcore.store import Contended, Store, handle

from subsidy.money import looking
from subsidy.money.bank import forms
from subsidy.money.bank.asking import Inquiries
from subsidy.money.bank.bank_file import (
    BANK_FILE,
    BankFile,
    FileCommand,
    QuarantineFile,
    Sent,
    TakeFile,
    Taken,
)
from subsidy.money.bank.digest import digest
from subsidy.money.bank.events import Answer
from subsidy.money.bank.folder import QUARANTINE, TAKEN, Folder
from subsidy.money.bank.judging import check
from subsidy.money.bank.records import AnswerLine, Document, FromBank, Reason, Unreadable, kind_of
from subsidy.money.payments.state import Account
from subsidy.money.reconciliation.reconciling import Reconciling

READER: Final = "bank-answers"
LARGEST: Final = 64 << 20
"""Bytes of a file; a larger one is no file of the agreement."""

log = structlog.get_logger()


class BankAnswers(Work):
    """One process at a time looks into the folder, about once a second."""

    name = READER

    def __init__(
        self,
        store: Store,
        pages: Pages,
        folder: Folder,
        clock: Clock,
        inquiries: Inquiries,
        reconciling: Reconciling,
        keep: timedelta,
    ) -> None:
        self.pages = pages
        self._store = store
        self._folder = folder
        self._clock = clock
        self._inquiries = inquiries
        self._reconciling = reconciling
        self._keep = keep
        self._cleared_on = date.min

    async def apply(
        self, facts: Sequence[Fact[Any]], expected: int, goal: int, resumed: Resumed | None = None
    ) -> int | None:
        """Facts tell it nothing: it follows the log to have a lease."""
        await checkpoints.move(self._store.pool, self.name, expected, goal)
        if resumed:
            await checkpoints.resume(self._store.pool, self.name, resumed)
        return goal

    async def tend(self) -> None:
        """Takes what is there, then asks, then reconciles the days that are over, and once a day destroys what is past
        its term. What goes wrong with one of them is no reason to leave the others."""
        for path in self._folder.waiting():
            await _alone(self._take(path), path.stem)
        await _alone(self._inquiries.ask(), "inquiries")
        await _alone(self._reconciling.of_days_over(), "reconciliation")
        await _alone(self._clear(), "term")

    async def _clear(self) -> None:
        today = legal_day(self._clock)
        if today > self._cleared_on:
            destroyed = await asyncio.to_thread(self._folder.destroy, self._clock.now() - self._keep)
            log.info("bank_files.destroyed", count=destroyed)
            self._cleared_on = today

    async def _take(self, path: Path) -> None:
        data = await asyncio.to_thread(_bytes, path)
        command = await self._command(path, data)
        if command is None:
            return
        place = await self._carried_out(path, command)
        hit("file.taken")
        await asyncio.to_thread(self._folder.put_away, path, place)
        log.info("bank_file.put_away", file=path.stem, place=place)

    async def _command(self, path: Path, data: bytes) -> FileCommand | None:
        """None where it is too early: our own file is not known as sent yet, whoever wrote it was stopped; or what
        a reversal takes back is not known as paid yet."""
        today, whole = legal_day(self._clock), digest(data)

        def refused(reason: Reason) -> QuarantineFile:
            return QuarantineFile(file=path.stem, reason=reason, whole=whole, today=today)

        if self._folder.is_taken(path):
            return refused("already_taken")
        try:
            document = await asyncio.to_thread(forms.read, path.name, data)
            check(document, today)
        except Unreadable as unreadable:
            return refused(unreadable.reason)
        answers = document.header.answers
        if answers and (ours := self._folder.sent(answers)) and not await self._knows(answers):
            if kind_of(answers) != "ASK":
                return None
            await self._inquiries.record(answers, ours)
        if document.kind == "REV" and await self._reconciling.behind():
            return None
        claims = await looking.claims_of(self._store.pool, [each.payment for each in document.details])
        executed = await self._executed(claims.values()) if document.kind == "REV" else {}
        return command_of(document, whole, claims, executed, today)

    async def _knows(self, file: str) -> bool:
        return isinstance(await looking.file_state(self._store, file), Sent)

    async def _executed(self, claims: Iterable[str]) -> Mapping[str, int]:
        """What the bank paid by the orders of these claims and did not send back yet."""
        found = await looking.payments_of(self._store, claims)
        accounts = [each for each in found.values() if isinstance(each, Account)]
        return {each.payment: each.amount - each.sent_back for account in accounts for each in account.executed}

    async def _carried_out(self, path: Path, command: FileCommand) -> str:
        kind = "again" if isinstance(command, QuarantineFile) else "taken"
        order = looking.order(f"{path.name}/{_whole(command)}/{kind}", READER, reply=_reply(command))
        return (await handle(self._store, BANK_FILE, path.stem, command, order)).body.decode()


async def _alone(step: Coroutine[Any, Any, None], what: str) -> None:
    try:
        await step
    except (*GONE, *BUSY, Unavailable, Contended):
        raise
    except Exception:
        log.exception("bank.step_failed", step=what)


def command_of(
    document: Document, whole: str, claims: Mapping[str, str], executed: Mapping[str, int], today: date
) -> TakeFile:
    """The file as the rules see it. `claims`: of the orders that we know."""
    header = document.header
    return TakeFile(
        file=header.file,
        kind=cast(FromBank, document.kind),
        answers=header.answers,
        day=document.day,
        sum=header.sum,
        digest=document.digest,
        whole=whole,
        lines=tuple(_answer(each, claims) for each in document.details if isinstance(each, AnswerLine)),
        executed=executed,
        today=today,
    )


def _answer(line: AnswerLine, claims: Mapping[str, str]) -> Answer:
    return Answer(
        payment=line.payment,
        claim=claims.get(line.payment, ""),
        amount=line.amount,
        status=line.status,
        reason=line.reason,
        reference=line.reference,
        fund=line.fund,
    )


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.stat().st_size <= LARGEST else b""


def _whole(command: FileCommand) -> str:
    return command.whole if isinstance(command, TakeFile | QuarantineFile) else ""


def _reply(command: FileCommand) -> Any:
    """Where the file is put: what the rules made of it is what the stream is now."""

    def place(file: BankFile, _: int) -> bytes:
        taken = isinstance(command, TakeFile) and isinstance(file, Taken) and file.digest == command.digest
        return (TAKEN if taken else QUARANTINE).encode()

    return place
