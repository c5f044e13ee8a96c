"""The rules of a worker: registered once, by the first survey that is approved, and for good.

What is known of a worker follows from the approved surveys that still count, from what offices decide on evidence, and
from the household. When a survey is invalidated, what only it said is taken back; the person stays known under the same
id. Each concern has a module beside this one; here it is only said which.
"""

from collections.abc import Iterable, Sequence
from typing import Final, assert_never

from eventcore import Decider, Effect, Read, Seen

from registry.privacy.commands import (
    EndRestriction,
    ErasePersonalData,
    PrivacyCommand,
    ReindexNumber,
    RestrictUse,
)
from registry.privacy.events import PrivacyEvent
from registry.surveys.survey import SURVEY
from registry.workers import (
    acting,
    attention,
    belonging,
    designation,
    eligibility,
    groups,
    linking,
    moving,
    privacy,
    surveying,
    wishes,
)
from registry.workers.acting import PlaceGuest, ResumeActing, YieldActing, require_acting, require_acting_for_guest
from registry.workers.acting_events import ActingEvent
from registry.workers.commands import (
    AssessEligibility,
    AssignGroup,
    DesignateTrainee,
    EndAttention,
    EndDesignation,
    EndGroup,
    JoinHousehold,
    LeaveHousehold,
    LetAttentionLapse,
    MoveWithHousehold,
    OrderAttention,
    RecordDeath,
    RecordWishes,
    RegisterWorker,
    WithdrawDeath,
    WithdrawSurvey,
    WorkerCommand,
)
from registry.workers.events import WorkerEvent
from registry.workers.folding import evolve
from registry.workers.linking_commands import (
    CompareLinked,
    DecideDuplicate,
    DecideLinkConflict,
    DuplicateCommand,
    FollowCanonical,
)
from registry.workers.linking_events import DuplicateEvent
from registry.workers.state import Unknown, Worker, known


def decide(command: WorkerCommand, worker: Worker, seen: Seen) -> Sequence[WorkerEvent]:
    privacy.require_allowed(command, worker)
    linking.require_unlinked(command, worker)
    match command:
        case RegisterWorker():
            return surveying.register(command, worker, seen)
        case WithdrawSurvey():
            return surveying.withdraw(command, worker)
        case AssignGroup():
            return groups.assign(command, worker)
        case EndGroup():
            return groups.end(command, worker)
        case RecordWishes():
            require_acting(worker)
            return wishes.record(command, worker)
        case AssessEligibility():
            return eligibility.assess(command, worker)
        case DesignateTrainee():
            require_acting(worker)
            return designation.designate(command, worker)
        case EndDesignation():
            return designation.end(command, worker)
        case OrderAttention():
            return attention.order(command, worker)
        case EndAttention():
            return attention.end(command, worker)
        case LetAttentionLapse():
            return attention.lapse(worker)
        case JoinHousehold():
            return belonging.join(command, worker)
        case LeaveHousehold():
            return belonging.leave(command, worker)
        case MoveWithHousehold():
            return moving.move(command, worker)
        case RecordDeath():
            require_acting_for_guest(worker)
            return belonging.die(command, worker)
        case WithdrawDeath():
            return belonging.revive(command, worker, WORKER.stream(known(worker).worker))
        case DecideDuplicate() | FollowCanonical() | CompareLinked() | DecideLinkConflict():
            return linking.decide(command, worker, seen, WORKER)
        case RestrictUse() | EndRestriction() | ErasePersonalData() | ReindexNumber():
            return privacy.decide(command, worker, seen)
        case YieldActing() | ResumeActing() | PlaceGuest():
            return acting.decide(command, worker)
        case _:
            assert_never(command)


def reads(command: WorkerCommand) -> Iterable[Read]:
    if isinstance(command, RegisterWorker):
        yield Read(SURVEY, surveying.survey_key(command.survey))
    if isinstance(command, DuplicateCommand):
        yield from linking.reads(command, WORKER)
    if isinstance(command, PrivacyCommand):
        yield from privacy.reads(command)


def effects(before: Worker, event: WorkerEvent) -> Iterable[Effect]:
    yield from attention.timers(before, event)
    if isinstance(event, DuplicateEvent):
        yield from linking.effects(event)
    if isinstance(event, PrivacyEvent):
        yield from privacy.effects(event)
    if isinstance(event, ActingEvent):
        yield from acting.effects(event)


WORKER: Final[Decider[WorkerCommand, WorkerEvent, Worker]] = Decider(
    category="worker",
    initial=Unknown(),
    decide=decide,
    evolve=evolve,
    events=WorkerEvent,
    reads=reads,
    effects=effects,
)
