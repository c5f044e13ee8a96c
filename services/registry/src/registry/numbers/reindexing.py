"""Brings every number under the index key that is written now, one worker's event after another, while surveys are
recorded; then the older key may go. Whoever does it can stop at any time, and anybody can go on."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import uuid4

import structlog
from eventcore.call import Outcome
from eventcore.clock import monotonic
from eventcore.readers import checkpoints
from eventcore.store import Answer, Order, Store, handle

from registry.disclosures.views.persons import PERSONS, Person, holding, surveys_of
from registry.identity.minted import number_of
from registry.indexes.person_index import PersonIndex
from registry.indexes.rotation import (
    NUMBERS,
    ROTATION,
    BeginRotation,
    InUse,
    RetireVersion,
    RotationCommand,
    version_of,
)
from registry.privacy.commands import ReindexNumber
from registry.privacy.events import SurveySigns
from registry.surveys.events import SurveyRecorded
from registry.surveys.survey import PERSON, RECORDED_AT, SURVEY
from registry.vault import KeyGone, NumberIndex, Vault
from registry.workers.worker import WORKER

PAGE: Final = 500
AT_ONCE: Final = 32
PATIENCE: Final = 60.0
"""Seconds that the view of persons gets to come as far as the log was."""

log = structlog.get_logger()

_OLDER: Final = """
select key, holder from log.guards
where scope = $1 and key > $2 and split_part(key, '.', 1)::integer <> $3 order by key limit $4
"""
_COUNTS: Final = """
select split_part(key, '.', 1)::integer as version, count(*) as numbers from log.guards
where scope = $1 group by 1 order by 1
"""


@dataclass(frozen=True, slots=True)
class IndexUse:
    """How many numbers are found under each version of the index key, and which versions are in use."""

    numbers: dict[int, int]
    state: InUse

    def under(self, version: int) -> int:
        return self.numbers.get(version, 0)

    @property
    def waiting(self) -> int:
        """Numbers that are not under the version that is written."""
        return sum(count for version, count in self.numbers.items() if version != self.state.written)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a survey's indexes are made of."""

    name: str = field(repr=False)
    number: str = field(repr=False)
    phone: str | None = field(repr=False)
    former_number: str | None = field(repr=False)


class Reindexing:
    """What it takes: the log, the vault that opens numbers, the keys."""

    def __init__(self, store: Store, vault: Vault, index: NumberIndex) -> None:
        self._store = store
        self._vault = vault
        self._index = index

    async def use(self) -> IndexUse:
        """As the log has it now."""
        counts = await self._store.pool.fetch(_COUNTS, PERSON, timeout=60)
        return IndexUse({row["version"]: row["numbers"] for row in counts}, await self.state())

    async def begin(self) -> Answer:
        """From now on the newest key is written. A refusal where the rotation before is not over."""
        return await self._rotate(BeginRotation(version=len(self._index.versions)))

    async def run(self, progress: Callable[[int], None] = lambda _: None) -> int:
        """One pass over the numbers that are under an older key; returns how many it moved. Where none is left, older
        keys go out of use. Numbers whose surveys cannot be read stay where they are, and their key in use.
        Unavailable."""
        state = await self.state()
        if state.versions == {state.written}:
            return 0
        await self._view_caught_up()
        done, after = 0, ""
        while older := await self._store.pool.fetch(_OLDER, PERSON, after, state.written, PAGE):
            after = older[-1]["key"]
            for n in range(0, len(older), AT_ONCE):
                batch = [self._move(row["key"], row["holder"], state.written) for row in older[n : n + AT_ONCE]]
                done += sum(await asyncio.gather(*batch))
                progress(done)
        await self._retire()
        return done

    async def _retire(self) -> None:
        use = await self.use()
        for version in sorted(use.state.versions - {use.state.written}):
            if use.under(version) == 0:
                await self._rotate(RetireVersion(version=version, left=0))
                log.info("index.version_retired", version=version)

    async def _move(self, number: str, holder: str, version: int) -> bool:
        """False where it moved meanwhile, or nobody's survey with it can be read."""
        found = [each for each in await holding(self._store.pool, number) if not each.erased]
        for person in found:
            try:
                command = await self._command(person, number, holder, version)
            except KeyGone:
                continue
            return await self._carried_out(command)
        if minted := await self._of_minted(number, holder, version):
            return await self._carried_out(minted)
        log.warning("index.number_unreadable", stream=WORKER.stream(holder))
        return False

    async def _carried_out(self, command: ReindexNumber) -> bool:
        id = f"reindex/{version_of(command.new)}/{uuid4()}"
        answer = await handle(self._store, WORKER, command.worker, command, Order(id=id))
        return answer.outcome is Outcome.ACCEPTED

    async def _of_minted(self, number: str, holder: str, version: int) -> ReindexNumber | None:
        """Of who got the id for another province, and was never surveyed here: the answer holds the number."""
        try:
            plain = await number_of(self._store, self._vault, holder)
        except KeyGone:
            return None
        if plain is None:
            return None
        new = self._index.under(version, plain)
        return ReindexNumber(worker=holder, owner=holder, old=number, new=new, surveys=())

    async def _command(self, person: Person, number: str, holder: str, version: int) -> ReindexNumber:
        found = [each for each in surveys_of(person) if each.number_index == number]
        opened = [await self._opened(each.survey) for each in found]
        person_index = PersonIndex(self._index.versions)
        return ReindexNumber(
            worker=holder,
            owner=person.worker,
            old=number,
            new=self._index.under(version, opened[0].number),
            surveys=tuple(
                SurveySigns(
                    survey=each.survey,
                    household_region=each.household_region,
                    signs=person_index.signs(
                        name=plain.name, number=plain.number, phone=plain.phone, former_number=plain.former_number
                    ),
                )
                for each, plain in zip(found, opened, strict=True)
            ),
        )

    async def _opened(self, survey: str) -> Opened:
        """KeyGone."""
        stream = SURVEY.stream(survey)
        loaded = await self._store.loader.load([stream])
        event = self._store.codec(SURVEY).decode(*loaded.streams[stream][0])
        if not isinstance(event, SurveyRecorded):
            raise TypeError(stream)

        async def plain(field: str, sealed: str) -> str:
            return await self._vault.open(event.worker, f"{stream}/{RECORDED_AT}/{field}", sealed)

        former = event.former_number
        return Opened(
            name=await plain("name", event.name),
            number=await plain("number", event.number),
            phone=await plain("phone", event.phone) if event.phone else None,
            former_number=await plain("former_number", former) if former else None,
        )

    async def _view_caught_up(self) -> None:
        """Who registered before the rotation began is in the view of persons."""
        head, until = await self._store.pool.fetchval("select pos from log.last()"), monotonic() + PATIENCE
        while await checkpoints.position(self._store.pool, PERSONS.reader) < head:
            if monotonic() > until:
                raise TimeoutError(PERSONS.reader)
            await asyncio.sleep(0.1)

    async def state(self) -> InUse:
        """Which versions are in use."""
        return (await self._store.state(ROTATION, NUMBERS))[0]

    async def _rotate(self, command: RotationCommand) -> Answer:
        return await handle(self._store, ROTATION, NUMBERS, command, Order(id=f"rotation/{uuid4()}"))


def missing_versions(state: InUse, versions: Sequence[bytes | None]) -> list[int]:
    """Keys that are in use and not there."""
    return [n for n in sorted(state.versions) if n > len(versions) or versions[n - 1] is None]
