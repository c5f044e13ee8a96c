"""A route's way to `handle`: Idempotency-Key, If-Match, fingerprint; the stored answer is given byte for byte."""

import asyncio
import hmac
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import Any, Final

import msgspec
from starlette.responses import Response

from eventcore import Decider, Meta, metrics, tracing
from eventcore.call import Outcome
from eventcore.clock import monotonic
from eventcore.store import Answer, Order, handle
from eventcore.web import bodies, problems
from eventcore.web.problems import Problem
from eventcore.web.requests import ApiRequest

MAX_BATCH: Final = 500
AT_ONCE: Final = 64
_KEY: Final = re.compile(r"[!#-&(-+\-.0-~]{1,128}")
_ETAG: Final = re.compile(r'"(0|[1-9][0-9]{0,8})"')

Rules = Decider[Any, Any, Any]
Reply = Callable[[Any, int], Mapping[str, object]]
"""(state, version) -> the members of the answer: ids, state and version, never personal data."""


@dataclass(frozen=True, slots=True)
class Each:
    """One command of a request. `occurred_at`: when it happened, by what the caller says; None: now."""

    decider: Rules
    key: str
    command: Any
    occurred_at: datetime | None = None
    evidence: tuple[str, ...] = ()
    reply: Reply | None = None
    name: str = ""
    """Takes the place of its number in the command's id. Needed where the service makes the list: asked again, the list
    may be shorter, and under a number somebody else's answer would be found."""

    def words(self, state: Any, version: int) -> bytes:
        """The answer where it is accepted."""
        return msgspec.json.encode(self.reply(state, version) if self.reply else {"id": self.key, "version": version})


class CommandRequest(ApiRequest):
    """A POST. `return await request.handle(SURVEY, key, command)` is all that its route has to do."""

    _key: str
    _if_match: int | None

    def prepare(self) -> None:
        """Idempotency-Key (draft-ietf-httpapi-idempotency-key-header) is required, If-Match (RFC 9110) is not."""
        key = self.headers.get("idempotency-key", "").strip().removeprefix('"').removesuffix('"')
        if not key:
            raise Problem("idempotency_key_missing")
        if not _KEY.fullmatch(key):
            raise Problem("idempotency_key_malformed")
        self._key = key
        match = self.headers.getlist("if-match")
        version = _ETAG.fullmatch(",".join(match))
        if match and not version:
            raise Problem("if_match_malformed")
        self._if_match = int(version[1]) if version else None

    @property
    def command_id(self) -> str:
        """The caller's key within its client and route."""
        return f"http/{self.caller.client}/{self.template}/{self._key}"

    async def handle(
        self, decider: Rules, key: str, command: Any, *, occurred_at: datetime | None = None, reply: Reply | None = None
    ) -> Response:
        """Carries the command out. The route's status where something happened, 200 where there was nothing to do,
        409 where the rules refuse. Contended, KeyReused, VersionMoved, Unavailable as `handle`."""
        return await self.handle_one(Each(decider, key, command, occurred_at, reply=reply))

    async def handle_one(self, item: Each) -> Response:
        """`handle`, with everything that can be said of a command."""
        answer = await self.carry_out(item)
        etag = {} if answer.outcome is Outcome.REFUSED else {"ETag": f'"{answer.version}"'}
        return _response(answer.body, _status(answer, self.status), answer.position, answer.replayed, etag)

    async def handle_each(self, items: Sequence[Each | Problem]) -> Response:
        """Carries out up to 500 commands `key/n`, each for itself: those of one stream in order, others at the same
        time. Answers 200 with a verdict each; an item may come as the problem that it has met already."""
        if self._if_match is not None or not 0 < len(items) <= MAX_BATCH:
            raise Problem("request_invalid" if self._if_match is None else "if_match_malformed")
        answers: dict[int, Answer | Problem] = {n: item for n, item in enumerate(items) if isinstance(item, Problem)}
        numbered = sorted(((n, item) for n, item in enumerate(items) if isinstance(item, Each)), key=_stream)
        free = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(*(self._in_order(list(line), answers, free) for _, line in groupby(numbered, key=_stream)))
        results = [self._verdict(n + 1, answers[n]) for n in range(len(items))]
        given = [answer for answer in answers.values() if isinstance(answer, Answer)]
        last = max((answer.position for answer in given), default=0)
        replayed = {answer.replayed for answer in given} == {True}
        return _response(msgspec.json.encode({"results": results}), 200, last, replayed, {})

    async def _in_order(
        self, line: Sequence[tuple[int, Each]], answers: dict[int, Answer | Problem], free: asyncio.Semaphore
    ) -> None:
        """Commands of one stream; where one could not be carried out, later ones must not overtake it."""
        failed: Problem | None = None
        for n, item in line:
            try:
                if failed:
                    raise failed
                async with free:
                    answers[n] = await self.carry_out(item, f"/{item.name or n + 1}")
            except Exception as error:  # the verdict of this item, not of its neighbours
                answers[n] = failed = problems.of(error)

    async def carry_out(self, item: Each, part: str = "") -> Answer:
        """One command of the request; `part` tells its id from those of the others. Errors as of `handle`."""
        by, id, why, trace = self.caller, self.command_id + part, item.evidence, tracing.traceparent()
        order = Order(
            id=id,
            fingerprint=self.fingerprint,
            meta=Meta(actor=by.subject, organisation=by.organisation, evidence=why, correlation=id, trace=trace),
            occurred_at=item.occurred_at,
            if_match=self._if_match,
            reply=item.words,
            refuse=lambda rejected: problems.refusal(rejected, problems.language_of(self.scope)),
        )
        started, outcome = monotonic(), "failed"
        try:
            answer = await handle(self.web.store, item.decider, item.key, item.command, order)
            outcome = "replayed" if answer.replayed else answer.outcome.name.lower()
            return answer
        finally:
            metrics.command(type(item.command).__name__, outcome, monotonic() - started)

    @cached_property
    def fingerprint(self) -> bytes:
        """What the key is used for; an HMAC, because bodies hold resident IDs and the log must not betray them."""
        parts = self.method, self.scope["path"], self.scope["query_string"].decode("latin-1"), self.caller.subject
        return hmac.digest(self.web.secret, "\n".join(parts).encode() + b"\n" + bodies.canonical(self.value), "sha256")

    def _verdict(self, n: int, answer: Answer | Problem) -> Mapping[str, object]:
        if isinstance(answer, Answer):
            return {"n": n, "status": _status(answer, 201), "answer": msgspec.Raw(answer.body)}
        text = problems.body(answer.kind, problems.language_of(self.scope), **answer.members)
        return {"n": n, "status": answer.kind.status, "answer": msgspec.Raw(text)}


def _stream(numbered: tuple[int, Each]) -> str:
    return numbered[1].decider.stream(numbered[1].key)


def _status(answer: Answer, done: int) -> int:
    return {Outcome.ACCEPTED: done, Outcome.UNCHANGED: 200, Outcome.REFUSED: 409}[answer.outcome]


def _response(body: bytes, status: int, position: int, replayed: bool, etag: Mapping[str, str]) -> Response:
    headers = {"Log-Position": str(position), **etag, **({"Idempotent-Replayed": "true"} if replayed else {})}
    return Response(body, status, headers, problems.MEDIA_TYPE if status == 409 else "application/json")
