"""A route's way to `handle`: Idempotency-Key, If-Match, fingerprint; the stored answer is given byte for byte."""

import asyncio
import hmac
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

import msgspec
from starlette.responses import Response

from eventcore import metrics, tracing
from eventcore.call import Outcome
from eventcore.clock import monotonic
from eventcore.decider import Decider
from eventcore.facts import Meta
from eventcore.store import Answer, Order, handle
from eventcore.web import bodies, problems
from eventcore.web.problems import Problem
from eventcore.web.requests import ApiRequest

MAX_BATCH: Final = 500
AT_ONCE: Final = 64
_KEY: Final = re.compile(r"[!#-&(-+\-.0-~]{1,128}")
_ETAG: Final = re.compile(r'"(0|[1-9][0-9]{0,8})"')

Reply = Callable[[Any, int], Mapping[str, object]]
"""(state, version) -> the members of the answer: ids, state and version, never personal data."""


@dataclass(frozen=True, slots=True)
class Each:
    """One command of a batch."""

    decider: Decider[Any, Any, Any]
    key: str
    command: Any
    occurred_at: datetime | None = None


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
        match = ",".join(self.headers.getlist("if-match"))
        version = _ETAG.fullmatch(match)
        if match and not version:
            raise Problem("if_match_malformed")
        self._if_match = int(version[1]) if version else None

    @property
    def command_id(self) -> str:
        """The caller's key within its client and route."""
        return f"http/{self.caller.client}/{self.template}/{self._key}"

    async def handle(
        self,
        decider: Decider[Any, Any, Any],
        key: str,
        command: Any,
        *,
        occurred_at: datetime | None = None,
        evidence: tuple[str, ...] = (),
        reply: Reply | None = None,
    ) -> Response:
        """Carries the command out. The route's status where something happened, 200 where there was nothing to do,
        409 where the rules refuse. Contended, KeyReused, VersionMoved, Unavailable as `handle`."""
        order = self._order(self.command_id, key, occurred_at, evidence, reply)
        answer = await _carry_out(self, decider, key, command, order)
        headers = {"Log-Position": str(answer.position)}
        if answer.outcome is not Outcome.REFUSED:
            headers["ETag"] = f'"{answer.version}"'
        return self._response(answer.body, _status(answer.outcome, self.status), headers, answer.replayed)

    async def handle_each(self, items: Sequence[Each | Problem], *, reply: Reply | None = None) -> Response:
        """Carries out up to 500 commands `key/n`, each for itself: those of one stream in order, others at the same
        time. Answers 200 with a verdict each. What failed for want of a database can be sent again with all others."""
        if self._if_match is not None or not 0 < len(items) <= MAX_BATCH:
            raise Problem("request_invalid" if self._if_match is None else "if_match_malformed")
        answers: dict[int, Answer | Problem] = {}
        free = asyncio.Semaphore(AT_ONCE)
        numbered = [(n, item) for n, item in enumerate(items, 1) if isinstance(item, Each)]
        numbered.sort(key=lambda each: each[1].decider.stream(each[1].key))
        async with asyncio.TaskGroup() as group:
            for _, line in groupby(numbered, lambda each: each[1].decider.stream(each[1].key)):
                group.create_task(self._in_order(list(line), answers, free, reply))
        answers |= {n: item for n, item in enumerate(items, 1) if isinstance(item, Problem)}
        verdicts = [self._verdict(n, answers[n]) for n in range(1, len(items) + 1)]
        replayed = all(isinstance(answer, Answer) and answer.replayed for answer in answers.values())
        last = max((answer.position for answer in answers.values() if isinstance(answer, Answer)), default=0)
        return self._response(msgspec.json.encode({"results": verdicts}), 200, {"Log-Position": str(last)}, replayed)

    async def _in_order(
        self,
        line: Sequence[tuple[int, Each]],
        answers: dict[int, Answer | Problem],
        free: asyncio.Semaphore,
        reply: Reply | None,
    ) -> None:
        failed: Problem | None = None
        for n, item in line:
            if failed is None:
                order = self._order(f"{self.command_id}/{n}", item.key, item.occurred_at, (), reply)
                try:
                    async with free:
                        answers[n] = await _carry_out(self, item.decider, item.key, item.command, order)
                        continue
                except Exception as error:  # the verdict of this item; later ones of its stream must not overtake it
                    failed = problems.of(error)
            answers[n] = failed

    def _order(
        self, id: str, key: str, occurred_at: datetime | None, evidence: tuple[str, ...], reply: Reply | None
    ) -> Order:
        language = problems.language_of(self.scope)
        return Order(
            id=id,
            fingerprint=self._fingerprint(),
            meta=Meta(
                actor=self.caller.subject,
                organisation=self.caller.organisation,
                evidence=evidence,
                correlation=id,
                trace=tracing.traceparent(),
            ),
            occurred_at=occurred_at,
            if_match=self._if_match,
            reply=lambda state, version: msgspec.json.encode(
                reply(state, version) if reply else {"id": key, "version": version}
            ),
            refuse=lambda rejected: problems.refusal(rejected, language),
        )

    def _fingerprint(self) -> bytes:
        """Keyed, for bodies hold resident IDs: nobody who reads the log can try numbers out."""
        parts = self.method, self.scope["path"], self.scope["query_string"].decode("latin-1"), self.caller.subject
        return hmac.digest(self.web.secret, "\n".join(parts).encode() + b"\n" + bodies.canonical(self.value), "sha256")

    def _verdict(self, n: int, answer: Answer | Problem) -> Mapping[str, object]:
        if isinstance(answer, Problem):
            text = problems.body(answer, problems.language_of(self.scope))
            return {"n": n, "status": answer.kind.status, "answer": msgspec.Raw(text)}
        status = _status(answer.outcome, self.status)
        return {"n": n, "status": status, "answer": msgspec.Raw(answer.body)}

    def _response(self, body: bytes, status: int, headers: dict[str, str], replayed: bool) -> Response:
        if replayed:
            headers["Idempotent-Replayed"] = "true"
        return Response(body, status, headers, problems.MEDIA_TYPE if status == 409 else "application/json")


async def _carry_out(
    request: CommandRequest, decider: Decider[Any, Any, Any], key: str, command: Any, order: Order
) -> Answer:
    started, outcome = monotonic(), "failed"
    try:
        answer = await handle(request.web.store, decider, key, command, order)
        outcome = "replayed" if answer.replayed else answer.outcome.name.lower()
        return answer
    finally:
        metrics.command(type(command).__name__, outcome, monotonic() - started)


def _status(outcome: Outcome, done: int) -> int:
    return {Outcome.ACCEPTED: done, Outcome.UNCHANGED: 200, Outcome.REFUSED: 409}[outcome]
