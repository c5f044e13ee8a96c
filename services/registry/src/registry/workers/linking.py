"""Which workers are one person: a person decides, and can take it back.

The decision stands in the stream of the canonical worker, where everybody linked to it is known; guards say at once
which worker is linked to whom and who has which number. So there are no chains, and a number has one worker, whatever
is decided at the same time. Policies then tell the linked worker's stream, and compare what is said of both.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeAlias, assert_never

from eventcore import Decider, Effect, Read, Release, Seen, Take
from eventcore.decider import Undecided

from registry.indexes.rotation import NUMBERS, ROTATION
from registry.surveys.survey import PERSON, SURVEY
from registry.surveys.survey import known as known_survey
from registry.workers import linking_refusals as refusals
from registry.workers.commands import (
    AssessEligibility,
    AssignGroup,
    DesignateTrainee,
    OrderAttention,
    RecordDeath,
    RecordWishes,
    WithdrawDeath,
    WorkerCommand,
)
from registry.workers.link_conflicts import SURVEYED_MEANWHILE, conflicts
from registry.workers.linking_commands import (
    CompareLinked,
    DecideDuplicate,
    DecideLinkConflict,
    DuplicateCommand,
    FollowCanonical,
)
from registry.workers.linking_events import (
    CanonicalChanged,
    DuplicateDecided,
    DuplicateEvent,
    LinkConflictDecided,
    LinkConflictFound,
)
from registry.workers.pairs import LINKED, PAIR, Linked, pair
from registry.workers.state import Registered, Worker, known

Workers: TypeAlias = Decider[Any, Any, Worker]
"""The decider that these rules are a part of."""


class NumbersMoved(Undecided):
    """The numbers of the worker changed since this was asked: it is asked again."""


def decide(command: DuplicateCommand, worker: Worker, seen: Seen, workers: Workers) -> Sequence[DuplicateEvent]:
    match command:
        case DecideDuplicate():
            rule = _same if command.verdict == "SAME" else _different
            return rule(command, known(worker), known(seen.state(workers, command.other)), seen)
        case FollowCanonical():
            return _follow(command, known(worker), seen)
        case CompareLinked():
            return _compare(command, known(worker), known(seen.state(workers, command.other)))
        case DecideLinkConflict():
            return _settle(command, known(worker))
        case _:
            assert_never(command)


def require_unlinked(command: WorkerCommand, worker: Worker) -> None:
    """Refuses what offices would say of a linked worker: it is said of the canonical one. What ends, and what follows
    from surveys and households that were there before, still comes in."""
    match command:
        case (
            AssignGroup(basis="OFFICE")
            | RecordWishes()
            | AssessEligibility()
            | DesignateTrainee()
            | OrderAttention()
            | RecordDeath()
            | WithdrawDeath()
        ):
            if isinstance(worker, Registered) and worker.canonical is not None:
                raise refusals.WorkerIsLinked
        case _:
            pass


def _same(command: DecideDuplicate, worker: Registered, other: Registered, seen: Seen) -> Sequence[DuplicateEvent]:
    if seen.holder(LINKED, command.other) == command.worker:
        return []
    _check(command, worker, other, seen)
    if seen.holder(LINKED, command.worker) or seen.holder(LINKED, command.other):
        raise refusals.LinkedToAnother
    if other.linked:
        raise refusals.StandsForOthers
    _check_numbers(command, command.other, seen)
    return [_decided(command, worker, undone=False, numbers=command.numbers)]


def _different(command: DecideDuplicate, worker: Registered, other: Registered, seen: Seen) -> Sequence[DuplicateEvent]:
    if seen.holder(PAIR, pair(command.worker, command.other)) == command.verdict:
        return []
    _check(command, worker, other, seen)
    if seen.holder(LINKED, command.worker) == command.other:
        raise refusals.WorkerIsLinked
    undone = seen.holder(LINKED, command.other) == command.worker
    if undone:
        _check_numbers(command, command.worker, seen)
    return [_decided(command, worker, undone=undone, numbers=command.numbers if undone else ())]


def _check(command: DecideDuplicate, worker: Registered, other: Registered, seen: Seen) -> None:
    if command.worker == command.other:
        raise refusals.OneWorker
    if worker.erased or other.erased:
        raise refusals.WorkerErased
    surveyors = {known_survey(seen.state(SURVEY, key)).facts.surveyor for key in command.surveys}
    if command.official in surveyors:
        raise refusals.OwnSurveyDecided


def _check_numbers(command: DecideDuplicate, holder: str, seen: Seen) -> None:
    """While the key of the index is changed, a survey may bring a number under the new one that is not named here."""
    if len(seen.state(ROTATION, NUMBERS).versions) > 1:
        raise refusals.NumbersRotating
    if not command.numbers or any(seen.holder(PERSON, number) != holder for number in command.numbers):
        raise NumbersMoved


def _decided(
    command: DecideDuplicate, worker: Registered, *, undone: bool, numbers: tuple[str, ...]
) -> DuplicateDecided:
    return DuplicateDecided(
        worker=command.worker,
        other=command.other,
        verdict=command.verdict,
        undone=undone,
        numbers=numbers,
        reason=command.reason,
        evidence=command.evidence,
        official=command.official,
        organisation=command.organisation,
        household_region=worker.household_region,
    )


def _follow(command: FollowCanonical, worker: Registered, seen: Seen) -> Sequence[DuplicateEvent]:
    """Says what the guard says now, so that it is right whatever order decisions are answered in."""
    canonical = seen.holder(LINKED, command.worker)
    if canonical == worker.canonical:
        return []
    return [CanonicalChanged(worker=command.worker, canonical=canonical, before=worker.canonical)]


def _compare(command: CompareLinked, worker: Registered, other: Registered) -> Sequence[DuplicateEvent]:
    linked = other.canonical == command.worker
    kinds = conflicts(other, worker) if linked else (SURVEYED_MEANWHILE,)
    if not kinds or worker.erased or other.erased or command.other in worker.conflicts:
        return []
    region = worker.household_region
    return [LinkConflictFound(worker=command.worker, other=command.other, kinds=kinds, household_region=region)]


def _settle(command: DecideLinkConflict, worker: Registered) -> Sequence[DuplicateEvent]:
    if command.other not in worker.conflicts:
        raise refusals.NoLinkConflict
    return [
        LinkConflictDecided(
            worker=command.worker,
            other=command.other,
            outcome=command.outcome,
            evidence=command.evidence,
            official=command.official,
            organisation=command.organisation,
        )
    ]


def evolve(worker: Registered, event: DuplicateEvent) -> Registered:
    match event:
        case DuplicateDecided(verdict="SAME"):
            linked = Linked(worker=event.other, numbers=event.numbers)
            return replace(worker, linked=(*worker.linked, linked))
        case DuplicateDecided():
            left = tuple(each for each in worker.linked if each.worker != event.other)
            return _without_conflict(replace(worker, linked=left), event.other)
        case CanonicalChanged():
            return replace(worker, canonical=event.canonical)
        case LinkConflictFound():
            return replace(worker, conflicts=(*worker.conflicts, event.other))
        case LinkConflictDecided():
            return _without_conflict(worker, event.other)
        case _:
            assert_never(event)


def reindexed(worker: Worker, old: str, new: str) -> Worker:
    """The number of a linked worker goes back to it under the index that it has then."""
    if not isinstance(worker, Registered):
        return worker
    linked = (
        replace(each, numbers=tuple(dict.fromkeys(new if number == old else number for number in each.numbers)))
        for each in worker.linked
    )
    return replace(worker, linked=tuple(linked))


def _without_conflict(worker: Registered, other: str) -> Registered:
    return replace(worker, conflicts=tuple(each for each in worker.conflicts if each != other))


def reads(command: DuplicateCommand, workers: Workers) -> Iterable[Read]:
    match command:
        case DecideDuplicate():
            yield Read(workers, command.other)
            yield Read(ROTATION, NUMBERS)
            yield Read(guard=(PAIR, pair(command.worker, command.other)))
            yield Read(guard=(LINKED, command.worker))
            yield Read(guard=(LINKED, command.other))
            yield from (Read(guard=(PERSON, number)) for number in command.numbers)
            yield from (Read(SURVEY, key) for key in command.surveys)
        case FollowCanonical():
            yield Read(guard=(LINKED, command.worker))
        case CompareLinked():
            yield Read(workers, command.other)
        case DecideLinkConflict():
            return
        case _:
            assert_never(command)


def effects(event: DuplicateEvent) -> Iterable[Effect]:
    """The numbers go to the worker that stands for both, or back."""
    if not isinstance(event, DuplicateDecided):
        return
    key = pair(event.worker, event.other)
    yield Release(PAIR, key)
    yield Take(PAIR, key, holder=event.verdict)
    if event.verdict == "SAME":
        yield Take(LINKED, event.other, holder=event.worker)
    elif event.undone:
        yield Release(LINKED, event.other)
    for number in event.numbers:
        yield Release(PERSON, number)
        yield Take(PERSON, number, holder=event.worker if event.verdict == "SAME" else event.other)
