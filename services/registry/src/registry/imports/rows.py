"""One row of a roster becomes a survey, by the same way as any other survey, and gets its verdict.

The id of the command comes from what the row says and who sends it: the same row again, after a crash or in another
file of the same office, meets the answer that it got the first time.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final, TypeAlias

import msgspec
from eventcore.call import Outcome
from eventcore.database import Unavailable
from eventcore.decider import Rejected, Undecided
from eventcore.facts import Fact, Meta
from eventcore.store import Answer, Contended, Order, Store, Task, carry_out, handle_each

from registry.bank_accounts.bank_account import BANK_ACCOUNT, RecordBankAccount
from registry.imports.events import ImportStarted
from registry.rosters import Draft, Finding, PaidTo, Row, Verdict
from registry.rosters.roster import VerdictWord
from registry.surveys.api import Counter
from registry.surveys.commands import Told
from registry.surveys.refusals import COLUMNS
from registry.surveys.survey import SURVEY, Survey, known
from registry.vault.macs import mac
from registry.vault.texts import base64url

NOT_YOURS: Final = Finding("region_not_yours", ("household_region",))
PASSING: Final = (Contended, Unavailable, Undecided)
TRIES: Final = 8
"""For a passing failure; behind them the whole import is tried again."""
ASKED: Final = 100
"""How often a row that the rules refused may be sent again and is decided anew."""


Asked: TypeAlias = Callable[[int], Task]
"""The command of a row, when it is asked for so many times."""


class Said(msgspec.Struct, frozen=True, kw_only=True, rename={"origin": "import"}, omit_defaults=True):
    """The stored answer of a row's command."""

    origin: str
    survey: str = ""
    worker: str = ""
    new: bool = False
    """Nobody had this number before."""
    code: str = ""


_decode: Final = msgspec.json.Decoder(Said).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What judges rows: the rules of surveys, and who may bring which region."""

    store: Store
    counter: Counter
    secret: bytes = field(repr=False)
    is_within: Callable[[str, str], bool]

    async def judge(self, rows: Sequence[Row], origin: Fact[ImportStarted]) -> list[Verdict]:
        """Their verdicts in order, once for all; up to 64 rows go in one call. Unavailable where no answer could be
        had."""
        verdicts = {
            n: _refused(row, found) for n, row in enumerate(rows) if (found := self._finding(row, origin.event))
        }
        surveys = {
            n: partial(self._survey, row.draft, origin) for n, row in enumerate(rows) if row.draft and n not in verdicts
        }
        for n, said in (await self._ask(surveys, origin)).items():
            verdicts[n] = _judged(rows[n], said, origin.event.key)
        accounts = {
            n: partial(self._account, row.draft, row.paid_to, verdicts[n], origin)
            for n, row in enumerate(rows)
            if row.draft and row.paid_to and verdicts[n].worker
        }
        for n, said in (await self._ask(accounts, origin)).items():
            if said.code:  # of the account: the survey is recorded all the same
                verdicts[n] = replace(verdicts[n], code=said.code, fields=("account",))
        return [verdicts[n] for n in range(len(rows))]

    def _finding(self, row: Row, started: ImportStarted) -> Finding | None:
        """What speaks against a row before the rules are asked."""
        if row.draft and not self._is_within(row.draft, started.region):
            return NOT_YOURS
        return row.finding

    def _is_within(self, draft: Draft, region: str) -> bool:
        return self.is_within(self.counter.county(draft.household_region, draft.employment), region)

    async def _ask(self, asked: Mapping[int, Asked], origin: Fact[ImportStarted]) -> Mapping[int, Said]:
        """All in one call; one by one where that came to nothing."""
        answers: Sequence[Answer | None]
        try:
            answers = await handle_each(self.store, [task(1) for task in asked.values()]) if asked else ()
        except PASSING:
            answers = [None] * len(asked)
        given = zip(asked.items(), answers, strict=True)
        return {n: await self._settled(task, answer, origin.event.key) for (n, task), answer in given}

    async def _settled(self, task: Asked, answer: Answer | None, import_: str) -> Said:
        """What another import was refused is decided anew: the rules look at more than the row."""
        for n in range(1, ASKED):
            answer = answer or await self._send(task(n))
            said = _decode(answer.body)
            if answer.outcome is not Outcome.REFUSED or said.origin == import_:
                break
            answer = None
        return said

    async def _send(self, task: Task) -> Answer:
        for attempt in range(TRIES):
            try:
                return await carry_out(self.store, task)
            except PASSING:
                await asyncio.sleep(0.05 * 2**attempt)
        raise Unavailable

    def _survey(self, draft: Draft, origin: Fact[ImportStarted], n: int) -> Task:
        started = origin.event
        digest = identity(self.secret, started.organisation, draft)
        command = self.counter.recorded(self.counter.mint(), started.by, started.organisation, _told(draft))

        def said(survey: Survey) -> Said:
            facts = known(survey).facts
            new = facts.worker == command.new_worker
            return Said(origin=started.key, survey=facts.survey, worker=facts.worker, new=new)

        return Task(SURVEY, command.survey, command, _order(origin, "row", n, digest, said, new=True))

    def _account(self, draft: Draft, paid_to: PaidTo, verdict: Verdict, origin: Fact[ImportStarted], n: int) -> Task:
        """A row that comes again records no account again: another may have been recorded since."""
        started, worker = origin.event, verdict.worker or ""
        digest = identity(self.secret, started.organisation, draft, paid_to)
        command = RecordBankAccount(
            worker=worker,
            survey=verdict.survey,
            evidence=origin.stream,
            official=started.by,
            organisation=started.organisation,
            account=paid_to.account,
            bank=paid_to.bank,
            holder_name=None,
        )
        order = _order(origin, "account", n, digest, lambda _: Said(origin=started.key, worker=worker))
        return Task(BANK_ACCOUNT, worker, command, order)


def identity(secret: bytes, organisation: str, *told: Draft | PaidTo) -> bytes:
    """HMAC of all that a row says, for one office: two offices that surveyed the same person made two surveys."""
    text = msgspec.json.encode((organisation, *told))
    return mac(secret, b"import-row\0" + text)


def _order(
    origin: Fact[ImportStarted], what: str, n: int, digest: bytes, said: Callable[[Any], Said], *, new: bool = False
) -> Order:
    """For the `n`th time that it is asked for."""
    started = origin.event

    def refuse(rejected: Rejected) -> bytes:
        return msgspec.json.encode(Said(origin=started.key, code=rejected.code))

    meta = Meta(
        actor=started.by,
        organisation=started.organisation,
        evidence=(origin.id,),
        causation=origin.id,
        correlation=origin.meta.correlation or origin.id,
        trace=origin.meta.trace,
    )
    return Order(
        id=f"import-{what}/{base64url(digest)}/{n}",
        fingerprint=digest,
        meta=meta,
        reply=lambda state, _: msgspec.json.encode(said(state)),
        refuse=refuse,
        new=new,
    )


def _told(draft: Draft) -> Told:
    return Told(
        household_region=draft.household_region,
        groups=draft.groups,
        surveyed_on=draft.surveyed_on,
        channel=draft.channel,
        capture_method=draft.capture_method,
        employment=draft.employment,
        name=draft.name,
        number=draft.number,
        phone=draft.phone,
    )


def _judged(row: Row, said: Said, import_: str) -> Verdict:
    if said.code:
        return _refused(row, Finding(said.code, COLUMNS.get(said.code, ())))
    word: VerdictWord = "unchanged" if said.origin != import_ else "recorded" if said.new else "again"
    return Verdict(sheet=row.sheet, line=row.line, verdict=word, survey=said.survey, worker=said.worker)


def _refused(row: Row, finding: Finding) -> Verdict:
    return Verdict(sheet=row.sheet, line=row.line, verdict="refused", code=finding.code, fields=finding.fields)
