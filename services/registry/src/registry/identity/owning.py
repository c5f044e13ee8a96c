"""When another province asks who has a number of this one: opened, looked up, answered."""

from typing import Any, Final

import msgspec
from contracts.identity import IdentityAskedV1
from contracts.region import is_county_level
from eventcore.clock import legal_day
from eventcore.deeds import carried_out
from eventcore.facts import Fact
from eventcore.ids import same_id
from eventcore.readers import queries
from eventcore.store import Store

from registry.border import Border
from registry.disclosures.views.persons import person
from registry.identity.answering import ANSWER, AnswerIdentity, HolderMoved, answer_key
from registry.identity.minted import answer_about
from registry.identity.question import Question, about
from registry.surveys.survey import PERSON
from registry.telling import teller
from registry.vault import NumberIndex
from registry.workers.state import Registered
from registry.workers.worker import WORKER

SENTENCE: Final = "when_identity_is_asked_answer_it"
TRIES: Final = 4
_HOLDER: Final = "select holder from log.guards where scope = $1 and key = any($2::text[]) limit 1"


class Forbidden(Exception):
    """A question that no province may ask: its stream waits, and somebody looks at it."""


class Owner:
    """The province that numbers belong to."""

    def __init__(self, store: Store, border: Border, index: NumberIndex, *, made_up_people: bool) -> None:
        self._store = store
        self._border = border
        self._index = index
        self._made_up_people = made_up_people

    async def answer(self, fact: Fact[Any]) -> None:
        """Sealing.NotForUs, Forbidden, Unavailable."""
        asked: IdentityAskedV1 = fact.event
        asker = teller(fact, "registry")
        if asker is None:
            raise Forbidden
        sealed_about = about(asked.ask, asker, self._border.province)
        question = msgspec.json.decode(self._border.opened(asked.question, sealed_about), type=Question)
        if question.resident.is_made_up and not self._made_up_people:
            raise Forbidden
        for tries_left in reversed(range(TRIES)):
            try:
                await self._once(fact, asked, asker, question)
                return
            except HolderMoved:
                if not tries_left:
                    raise

    async def _once(self, fact: Fact[Any], asked: IdentityAskedV1, asker: str, question: Question) -> None:
        """The id of somebody new follows from the question: a log that lost its answer, and is asked again, gives it
        again."""
        indexes = self._index.all_of(question.number)
        with queries.reading():
            holder = await self._store.pool.fetchval(_HOLDER, PERSON, list(indexes))
        key = answer_key(asker, asked.ask)
        command = AnswerIdentity(
            ask=asked.ask,
            asker=asker,
            number=question.number,
            indexes=indexes,
            holder=holder,
            new_worker=same_id("worker", key),
            home=await self._home(holder, question.region, asker),
            province=self._border.province,
        )
        if not await carried_out(self._store, fact, SENTENCE, ANSWER, key, command):
            raise Forbidden

    async def _home(self, holder: str | None, said: str, asker: str) -> str:
        """By what is recorded here; of somebody new, what the asker says, who may speak for its own province and for
        this one."""
        if holder and (found := await self._recorded_home(holder)):
            return found
        plausible = is_county_level(said, legal_day()) and said[:2] in (asker[:2], self._border.province[:2])
        return said if plausible else self._border.province

    async def _recorded_home(self, worker: str) -> str | None:
        state, _ = await self._store.state(WORKER, worker)
        if isinstance(state, Registered):
            return state.household_region
        if (row := await person(self._store.pool, worker)) and row.household_region:
            return row.household_region
        minted = await answer_about(self._store, worker)
        return minted.home if minted else None
