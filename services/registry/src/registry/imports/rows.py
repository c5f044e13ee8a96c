"""One row of a roster becomes a survey, by the same way as any other survey, and gets its verdict.

The id of the command comes from what the row says and who sends it: the same row again, after a crash or in another
file of the same office, meets the answer that it got the first time.
"""

import asyncio
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import msgspec
from eventcore.call import Outcome
from eventcore.database import Unavailable
from eventcore.decider import Rejected, Undecided
from eventcore.facts import Fact, Meta
from eventcore.store import Answer, Contended, Order, Store, handle

from registry.imports.events import ImportStarted
from registry.rosters import Draft, Row, Verdict
from registry.rosters.roster import VerdictWord
from registry.surveys.api import Counter
from registry.surveys.commands import RecordSurvey, Told
from registry.surveys.survey import SURVEY, Survey, known
from registry.vault.texts import base64url

NOT_YOURS: Final = "region_not_yours"
TRIES: Final = 8
"""For a passing failure; behind them the whole import is tried again."""
ASKED: Final = 100
"""How often a row that the rules refused may be sent again and is decided anew."""


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

    async def judge(self, row: Row, origin: Fact[ImportStarted]) -> Verdict:
        """The verdict, once for all. Unavailable where no answer could be had."""
        if row.draft is None:
            finding = row.finding
            return _refused(row, finding.code if finding else "", finding.field if finding else None)
        if not self.is_within(row.draft.household_region, origin.event.region):
            return _refused(row, NOT_YOURS, "household_region")
        answer, said = await self._ask(row.draft, origin)
        if answer.outcome is Outcome.REFUSED:
            return _refused(row, said.code)
        mine = said.origin == origin.event.key
        word: VerdictWord = "unchanged" if not mine else "recorded" if said.new else "again"
        return Verdict(sheet=row.sheet, line=row.line, verdict=word, survey=said.survey, worker=said.worker)

    async def _ask(self, draft: Draft, origin: Fact[ImportStarted]) -> tuple[Answer, Said]:
        """What another import was refused is decided anew: the rules look at more than the row."""
        digest = identity(self.secret, origin.event.organisation, draft)
        name = f"import-row/{base64url(digest)}"
        for n in range(1, ASKED):
            answer = await self._send(draft, origin, f"{name}/{n}", digest)
            said = _decode(answer.body)
            if answer.outcome is not Outcome.REFUSED or said.origin == origin.event.key:
                break
        return answer, said

    async def _send(self, draft: Draft, origin: Fact[ImportStarted], id: str, digest: bytes) -> Answer:
        command = self._command(draft, origin.event)
        order = _order(origin, id, digest, command)
        for attempt in range(TRIES):
            try:
                return await handle(self.store, SURVEY, command.survey, command, order)
            except (Contended, Unavailable, Undecided):
                await asyncio.sleep(0.05 * 2**attempt)
        raise Unavailable

    def _command(self, draft: Draft, started: ImportStarted) -> RecordSurvey:
        return self.counter.recorded(self.counter.mint(), started.by, started.organisation, _told(draft))


def identity(secret: bytes, organisation: str, draft: Draft) -> bytes:
    """HMAC of all that a row says, for one office: two offices that surveyed the same person made two surveys."""
    text = msgspec.json.encode((organisation, draft))
    return hmac.digest(secret, b"import-row\0" + text, "sha256")


def _order(origin: Fact[ImportStarted], id: str, digest: bytes, command: RecordSurvey) -> Order:
    started = origin.event

    def reply(survey: Survey, _: int) -> bytes:
        facts = known(survey).facts
        new = facts.worker == command.new_worker
        return msgspec.json.encode(Said(origin=started.key, survey=facts.survey, worker=facts.worker, new=new))

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
    return Order(id=id, fingerprint=digest, meta=meta, reply=reply, refuse=refuse)


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


def _refused(row: Row, code: str, field: str | None = None) -> Verdict:
    return Verdict(sheet=row.sheet, line=row.line, verdict="refused", code=code, field=field)
