"""What the offices do: surveyors record, reviewers of another office approve, reject and invalidate; some requests come
twice, some sixteen times at once, some with a key that was used for something else, some persons from two sides."""

import asyncio
import itertools
import random
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tests.chaos import people
from tests.chaos.callers import Caller
from tests.chaos.history import Request, Told
from tests.chaos.plan import Plan

RECORD: Final = "/v1/surveys"
REVIEWS: Final = {kind: f"/v1/surveys/{{survey}}/{word}" for kind, word in (
    ("approve", "approval"), ("reject", "rejection"), ("invalidate", "invalidation"))}  # fmt: skip
_REASONS: Final = {"reject": "INCOMPLETE", "invalidate": "WRONG_GROUP"}
SURVEYORS: Final = tuple(f"township-surveyor-{n}" for n in range(4))
REVIEWERS: Final = tuple(f"county-reviewer-{n}" for n in range(4))
ROUTES: Final = (RECORD, *REVIEWS.values())
AT_ONCE: Final = 16


@dataclass(slots=True)
class Workload:
    """Runs until it is told to stop; then every request that is under way still gets its answer."""

    plan: Plan
    caller: Caller
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _persons: "itertools.count[int]" = field(default_factory=itertools.count)
    _keys: "itertools.count[int]" = field(default_factory=itertools.count)
    _waiting: deque[tuple[str, str, str]] = field(default_factory=lambda: deque(maxlen=200))
    """Surveys, their surveyors, and the keys that these used."""
    _void: deque[tuple[str, str]] = field(default_factory=lambda: deque(maxlen=50))
    """Invalidated surveys."""
    _bodies: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    async def run(self) -> None:
        async with asyncio.TaskGroup() as group:
            for n in range(self.plan.clients):
                group.create_task(self._client(self.plan.dice(f"client {n}")))

    async def _client(self, dice: random.Random) -> None:
        while not self.stopping.is_set():
            throw = dice.random()
            if self._void and throw < 0.06:
                await self._survey_again(dice)
            elif self._waiting and throw < 0.55:
                await self._review(dice)
            else:
                await self._record(dice)
            await asyncio.sleep(dice.random() * self.plan.think)

    async def _record(self, dice: random.Random) -> None:
        """One survey in eight is of a person whom somebody surveyed before, or is surveying."""
        fresh = next(self._persons)
        person = dice.randrange(max(fresh, 1)) if dice.random() < 0.12 else fresh
        request = self._recording(dice, people.body(person, dice))
        if dice.random() < 0.05:  # at the same time by another surveyor, under another key
            other = self._recording(dice, people.body(person, dice))
            await asyncio.gather(self._carry_out(request, dice), self._carry_out(other, dice))
        else:
            await self._carry_out(request, dice)

    def _recording(self, dice: random.Random, body: Mapping[str, Any]) -> Request:
        return self.caller.request("record", dice.choice(SURVEYORS), RECORD, key=self._key(), body=body)

    def _key(self) -> str:
        return f"{self.plan.seed}-{next(self._keys)}"

    async def _carry_out(self, request: Request, dice: random.Random) -> None:
        for told in await self._as_callers_do(request, dice):
            if told.status == 201 and request.kind == "record":
                survey = str(told.value["survey"])
                self._waiting.append((survey, request.subject, request.key))
                self._bodies[survey] = request.body or {}
                break

    async def _as_callers_do(self, request: Request, dice: random.Random) -> list[Told]:
        """Mostly once; but people press twice, programs retry, and keys are mixed up."""
        throw, ask = dice.random(), self.caller.ask
        if throw < 0.10:
            return await self._at_once([request, self._copy(request)], dice)
        if throw < 0.12:
            return await self._at_once([request, *(self._copy(request) for _ in range(AT_ONCE - 1))], dice)
        if throw < 0.16 and request.body:
            return await self._at_once([request, self._otherwise(request)], dice)
        told = [await ask(request, dice)]
        if throw < 0.22:
            told.append(await ask(self._copy(request), dice))
        elif throw < 0.26 and request.body:
            told.append(await ask(self._otherwise(request), dice))
        return told

    async def _at_once(self, requests: list[Request], dice: random.Random) -> list[Told]:
        return list(await asyncio.gather(*(self.caller.ask(request, dice) for request in requests)))

    def _copy(self, request: Request) -> Request:
        survey = request.path.split("/")[3] if request.kind != "record" else ""
        return self.caller.request(
            request.kind, request.subject, request.route, key=request.key, survey=survey, body=request.body
        )

    def _otherwise(self, request: Request) -> Request:
        """The same key, another body."""
        survey = request.path.split("/")[3] if request.kind != "record" else ""
        change = {"phone": "13900000000"} if request.kind == "record" else {"reason": "INACCURATE"}
        if request.kind == "invalidate":
            change = {"reason": "OTHER_DATA"}
        body = {**(request.body or {}), **change}
        return self.caller.request(
            request.kind, request.subject, request.route, key=request.key, survey=survey, body=body
        )

    async def _review(self, dice: random.Random) -> None:
        """Some surveys are reviewed twice, by different people and with different results; some by their surveyor; some
        with the key of the recording, which means nothing on another route."""
        place = dice.randrange(len(self._waiting))
        survey, surveyor, key = self._waiting[place]
        throw = dice.random()
        if throw < 0.8:
            del self._waiting[place]
        if throw > 0.3:
            key = self._key()
        (kind,) = dice.choices(("approve", "reject", "invalidate"), (7, 2, 1))
        subject = surveyor if dice.random() < 0.05 else dice.choice(REVIEWERS)
        body = {"reason": _REASONS[kind]} if kind in _REASONS else None
        request = self.caller.request(kind, subject, REVIEWS[kind], key=key, survey=survey, body=body)
        told = await self._as_callers_do(request, dice)
        if kind == "invalidate" and any(each.status == 201 for each in told):
            self._void.append((survey, surveyor))

    async def _survey_again(self, dice: random.Random) -> None:
        """Two surveyors at the same time; an invalidated survey is made again only once."""
        survey, _ = self._void.popleft()
        body = {**self._bodies[survey], "corrects": survey}
        both = [self._recording(dice, body) for _ in range(2)]
        await asyncio.gather(*(self._carry_out(request, dice) for request in both))
