"""A person's rights over their data: use restricted, data erased; and the index of their number under a new key.

Whoever has a payment or a reservation within its legal term is restricted, not erased: under a new id they would be
paid again. Erasing frees the number, so that the person can be registered anew, as somebody else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, assert_never

from eventcore import Effect, Read, Rejected, Release, Seen, Take
from eventcore.decider import Undecided

from registry.privacy.commands import (
    HOME_ERASED,
    KEY_LOST,
    LEGAL_RETENTION,
    RESTORED,
    EndRestriction,
    ErasePersonalData,
    PrivacyCommand,
    ReindexNumber,
    RestrictUse,
)
from registry.privacy.events import (
    NumberReindexed,
    PersonalDataErased,
    PrivacyEvent,
    UseRestricted,
    UseRestrictionEnded,
)
from registry.privacy.state import PersonalDataGone, Privacy, Restriction
from registry.retention.retention import RETENTION
from registry.surveys.survey import PERSON
from registry.workers import linking
from registry.workers.acting import PlaceGuest, ResumeActing, YieldActing
from registry.workers.commands import (
    AssessEligibility,
    AssignGroup,
    DesignateTrainee,
    OrderAttention,
    RecordWishes,
    WorkerCommand,
)
from registry.workers.linking_commands import (
    CompareLinked,
    DecideDuplicate,
    DecideLinkConflict,
    FollowCanonical,
)
from registry.workers.state import Registered, Unknown, Worker

FORCED: Final = frozenset({KEY_LOST, RESTORED})
"""Grounds that say what is so already: nobody can read the record any more."""


class RestrictionTermWrong(Rejected):
    """A restriction ends after today; one for a legal term names its end."""

    code = "restriction_term_wrong"


class RetentionRunning(Rejected):
    """A legal term of retention is running: the data are restricted, not erased."""

    code = "retention_running"


class NobodyToErase(Rejected):
    """There is no such worker."""

    code = "worker_unknown"


class NumberHeldTwice(Rejected):
    """Another worker holds the number under the new key."""

    code = "number_held_twice"


class AskedOfLinkedWorker(Rejected):
    """This worker was found to be another one: it is asked of that one, and holds for both."""

    code = "worker_linked_to_another"


class NumbersMoved(Undecided):
    """The worker holds other numbers than the command says: it is made anew."""


def require_allowed(command: WorkerCommand, worker: Worker) -> None:
    """Refuses what needs the person: all of it where their data are gone, new uses where they are only kept."""
    match command:
        case RestrictUse() | EndRestriction() | ErasePersonalData() | ReindexNumber():
            return
        case DecideDuplicate() | FollowCanonical() | CompareLinked() | DecideLinkConflict():
            return
        case YieldActing() | ResumeActing() | PlaceGuest():
            return
        case AssignGroup() | RecordWishes() | AssessEligibility() | DesignateTrainee() | OrderAttention():
            worker.privacy.require_use(command.today)
        case _:
            if worker.privacy.erased:
                raise PersonalDataGone


def decide(command: PrivacyCommand, worker: Worker, seen: Seen) -> Sequence[PrivacyEvent]:
    match command:
        case RestrictUse():
            return _restrict(command, worker)
        case EndRestriction():
            return _end(command, worker)
        case ErasePersonalData():
            return _erase(command, worker, seen)
        case ReindexNumber():
            return _reindex(command, seen)
        case _:
            assert_never(command)


def _restrict(command: RestrictUse, worker: Worker) -> Sequence[PrivacyEvent]:
    if worker.privacy.erased:
        raise PersonalDataGone
    if command.until is None and command.ground == LEGAL_RETENTION:
        raise RestrictionTermWrong
    if command.until is not None and command.until <= command.today:
        raise RestrictionTermWrong
    if worker.privacy.restriction == Restriction(ground=command.ground, until=command.until):
        return []
    return [
        UseRestricted(
            worker=command.worker,
            ground=command.ground,
            until=command.until,
            linked=_linked(worker, command.canonical),
            official=command.official,
            organisation=command.organisation,
        )
    ]


def _end(command: EndRestriction, worker: Worker) -> Sequence[PrivacyEvent]:
    if worker.privacy.restriction is None:
        return []
    return [
        UseRestrictionEnded(
            worker=command.worker,
            linked=_linked(worker, command.canonical),
            official=command.official,
            organisation=command.organisation,
        )
    ]


def _erase(command: ErasePersonalData, worker: Worker, seen: Seen) -> Sequence[PrivacyEvent]:
    if worker.privacy.erased:
        return []
    if isinstance(worker, Unknown) and not command.numbers and command.ground != HOME_ERASED:
        raise NobodyToErase
    restriction = worker.privacy.restriction
    if restriction and restriction.ground == LEGAL_RETENTION and restriction.holds_on(command.today):
        raise RetentionRunning
    linked = _linked(worker, command.canonical)
    if {*linked} != {*command.linked}:
        raise NumbersMoved
    if command.ground not in FORCED and any(_is_kept(each, command.today, seen) for each in (command.worker, *linked)):
        raise RetentionRunning
    if any(seen.holder(PERSON, number) != command.worker for number in command.numbers):
        raise NumbersMoved
    return [
        PersonalDataErased(
            worker=command.worker,
            ground=command.ground,
            numbers=command.numbers,
            linked=linked,
            signs=command.signs,
            official=command.official,
            organisation=command.organisation,
        )
    ]


def _is_kept(worker: str, today: date, seen: Seen) -> bool:
    until = seen.state(RETENTION, worker)
    return until is not None and today < until


def _linked(worker: Worker, canonical: str | None) -> tuple[str, ...]:
    """Refuses where it is to be asked of the worker that stands for this one, and was not."""
    if isinstance(worker, Unknown):
        return ()
    if worker.canonical not in (None, canonical):
        raise AskedOfLinkedWorker
    return tuple(each.worker for each in worker.linked)


def _reindex(command: ReindexNumber, seen: Seen) -> Sequence[PrivacyEvent]:
    if seen.holder(PERSON, command.old) != command.worker:
        return []
    if seen.holder(PERSON, command.new) not in (None, command.worker):
        raise NumberHeldTwice
    return [
        NumberReindexed(
            worker=command.worker, owner=command.owner, old=command.old, new=command.new, surveys=command.surveys
        )
    ]


def evolve(worker: Worker, event: PrivacyEvent) -> Worker:
    """Of an erased worker only the id is known, and who registered it."""
    match event:
        case UseRestricted():
            restriction = Restriction(ground=event.ground, until=event.until)
            return replace(worker, privacy=Privacy(restriction=restriction))
        case UseRestrictionEnded():
            return replace(worker, privacy=Privacy())
        case PersonalDataErased():
            return _erased(worker)
        case NumberReindexed(old=old, new=new):
            return linking.reindexed(worker, old, new)
        case _:
            assert_never(event)


def _erased(worker: Worker) -> Worker:
    gone = Privacy(erased=True)
    match worker:
        case Unknown():
            return Unknown(privacy=gone, acting=worker.acting)
        case Registered():
            return Registered(
                worker=worker.worker,
                survey=worker.survey,
                household_region=worker.household_region,
                canonical=worker.canonical,
                privacy=gone,
                acting=worker.acting,
            )
        case _:
            assert_never(worker)


def reads(command: PrivacyCommand) -> Iterable[Read]:
    match command:
        case ErasePersonalData(numbers=numbers):
            yield from (Read(guard=(PERSON, number)) for number in numbers)
            yield from (Read(RETENTION, each) for each in (command.worker, *command.linked))
        case ReindexNumber(old=old, new=new):
            yield from (Read(guard=(PERSON, number)) for number in (old, new))
        case RestrictUse() | EndRestriction():
            pass
        case _:
            assert_never(command)


def effects(event: PrivacyEvent) -> Iterable[Effect]:
    match event:
        case PersonalDataErased(numbers=numbers):
            yield from (Release(PERSON, number) for number in numbers)
        case NumberReindexed(worker=worker, old=old, new=new):
            yield Release(PERSON, old)
            yield Take(PERSON, new, holder=worker)
        case UseRestricted() | UseRestrictionEnded():
            pass
        case _:
            assert_never(event)
