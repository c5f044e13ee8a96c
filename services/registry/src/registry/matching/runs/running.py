"""A run: snapshots opened, compared, and what was found reported in parts, with ids that a retry has again."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from eventcore.clock import Clock, legal_day
from eventcore.database import Pool
from eventcore.readers import queries
from eventcore.store import Store
from eventcore.web import CommandRequest, Each, Problem
from eventcore.web.acting import signed
from sqlmodel import col, select
from starlette.responses import Response

from registry.matching.answers import as_one, key_of
from registry.matching.compare import Conflict, NoCommonKey, compare
from registry.matching.comparison import Comparison
from registry.matching.conflicts.view import ConflictsTable
from registry.matching.people import Person
from registry.matching.rhythm.quarters import Quarter
from registry.matching.runs.events import Compared, MatchConflictFound, MatchConflictGone
from registry.matching.runs.run import RUN, CompleteRun, ReportConflicts, Run
from registry.matching.snapshots.keeping import people_in
from registry.matching.snapshots.snapshot import SNAPSHOT, Complete
from registry.surveys.survey import PERSON
from registry.vault import KeyGone, Vault

PART: Final = 200
"""Conflicts reported together."""
MOST: Final = 40_000
"""Conflicts of a run; with more, the snapshots are not of the same people."""
GUARDS: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """What carries runs out."""

    vault: Vault
    clock: Clock

    def today(self) -> date:
        return legal_day(self.clock)

    async def run(
        self, request: CommandRequest, comparison: Comparison, chosen: Mapping[str, str], quarter: str | None
    ) -> Response:
        """Compares the chosen snapshot of each side. A retry goes on where it was stopped."""
        store, run = request.web.store, key_of(request)
        compared, snapshots = await self._opened(store, comparison, chosen)
        try:
            found = await asyncio.to_thread(compare, comparison, snapshots)
        except NoCommonKey:
            raise Problem("snapshots_of_two_keys") from None
        if len(found) > MOST:
            raise Problem("match_conflicts_too_many")
        workers = await workers_of(store, found)
        reports = [*_found(run, comparison, found, workers)]
        reports += await _gone(store.pool, run, comparison, found, len(reports))
        complete = CompleteRun(
            run=run,
            comparison=comparison.id,
            quarter=quarter or str(Quarter.of(self.today())),
            completed_on=self.today(),
            working_days=comparison.within_working_days,
            **signed(request),
            compared=compared,
            found=len(found),
        )
        return as_one(await request.handle_each([Each(RUN, run, each, reply=_shown) for each in (*reports, complete)]))

    async def _opened(
        self, store: Store, comparison: Comparison, chosen: Mapping[str, str]
    ) -> tuple[tuple[Compared, ...], dict[str, Sequence[Person]]]:
        compared: list[Compared] = []
        people: dict[str, Sequence[Person]] = {}
        for side in comparison.sides:
            state, _ = await store.state(SNAPSHOT, chosen[side])
            if not isinstance(state, Complete) or state.begun.source != side:
                raise Problem("match_snapshot_unusable")
            try:
                people[side] = await people_in(store, self.vault, chosen[side])
            except KeyGone:
                raise Problem("snapshot_gone") from None
            facts = state.begun
            compared.append(Compared(source=side, snapshot=facts.snapshot, as_of=facts.as_of, people=len(people[side])))
        return tuple(compared), people


def _found(
    run: str, comparison: Comparison, found: Sequence[Conflict], workers: Mapping[str, str]
) -> Iterator[ReportConflicts]:
    for part, at in enumerate(range(0, len(found), PART), 1):
        events = (
            MatchConflictFound(
                run=run,
                part=part,
                comparison=comparison.id,
                conflict=each.conflict,
                rule=each.rule,
                county=each.county,
                worker=next((workers[index] for index in each.number_indexes if index in workers), None),
                sides=each.sides,
                said=each.said,
            )
            for each in found[at : at + PART]
        )
        yield ReportConflicts(part=part, found=tuple(events))


async def _gone(
    pool: Pool, run: str, comparison: Comparison, found: Iterable[Conflict], parts: int
) -> list[ReportConflicts]:
    """Those that are open and were not found, in parts after the others."""
    statement = select(col(ConflictsTable.conflict)).where(
        col(ConflictsTable.comparison) == comparison.id, col(ConflictsTable.state) == "open"
    )
    still = {each.conflict for each in found}
    listed = sorted(row["conflict"] for row in await queries.Query(statement).fetch(pool))
    missing = [each for each in listed if each not in still]
    return [
        ReportConflicts(
            part=part,
            gone=tuple(MatchConflictGone(run=run, part=part, conflict=each) for each in missing[at : at + PART]),
        )
        for part, at in enumerate(range(0, len(missing), PART), parts + 1)
    ]


async def workers_of(store: Store, found: Iterable[Conflict]) -> Mapping[str, str]:
    """Blind index -> worker, for the numbers that the registry knows. Unavailable."""
    indexes = [index for each in found for index in each.number_indexes]
    workers: dict[str, str] = {}
    for at in range(0, len(indexes), GUARDS):
        loaded = await store.loader.load([], {(PERSON, index) for index in indexes[at : at + GUARDS]})
        workers |= {index: holder for (_, index), holder in loaded.holders.items()}
    return workers


def _shown(run: Run, version: int) -> Mapping[str, object]:
    done = run.completed
    if done is None:
        return {"version": version}
    return {
        "run": done.run,
        "comparison": done.comparison,
        "quarter": done.quarter,
        "found": done.found,
        "gone": done.gone,
        "version": version,
    }
