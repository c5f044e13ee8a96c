"""The rules of a list of trainees (R-REG-06): for the labour department and the institutions, of who is designated
under the plan, poor households first; each receiver confirms. Which institution trains whom, it does not say
(R-REG-07)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeAlias, assert_never

from contracts import region
from contracts.errors import InvalidRegion
from eventcore import Decider, Read, Seen

from registry.trainee_lists import refusals
from registry.trainee_lists.events import Receiver, TraineeListEvent, TraineeListPublished, TraineeListReceived
from registry.workers import priority
from registry.workers.state import Registered as Worker
from registry.workers.worker import WORKER

KINDS: Final = frozenset({"LABOUR_DEPARTMENT", "TRAINING_INSTITUTION"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishList:
    trainee_list: str
    region: str
    plan: str
    trainees: tuple[str, ...]
    receivers: tuple[Receiver, ...]
    due_on: date
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmReceipt:
    receiver: str
    by: str
    today: date


TraineeListCommand: TypeAlias = PublishList | ConfirmReceipt


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    trainee_list: str
    region: str
    plan: str
    trainees: tuple[str, ...]
    receivers: tuple[Receiver, ...]
    published_on: date
    due_on: date
    received: tuple[tuple[str, date], ...] = ()
    """Organisation and day."""


TraineeList: TypeAlias = Unknown | Published


def decide(command: TraineeListCommand, found: TraineeList, seen: Seen) -> Sequence[TraineeListEvent]:
    match command:
        case PublishList():
            return publish(command, found, seen)
        case ConfirmReceipt():
            return confirm(command, found)
        case _:
            assert_never(command)


def publish(command: PublishList, found: TraineeList, seen: Seen) -> Sequence[TraineeListEvent]:
    if isinstance(found, Published):
        raise refusals.ListAlreadyPublished
    organisations = {each.organisation for each in command.receivers}
    if {each.kind for each in command.receivers} != KINDS or len(organisations) != len(command.receivers):
        raise refusals.ReceiversIncomplete
    workers = [_designated(command, seen, each) for each in command.trainees]
    workers.sort(key=lambda each: (priority.rank(each.groups, command.today), each.worker))
    return [
        TraineeListPublished(
            trainee_list=command.trainee_list,
            region=command.region,
            plan=command.plan,
            trainees=tuple(each.worker for each in workers),
            receivers=command.receivers,
            published_on=command.today,
            due_on=command.due_on,
            official=command.official,
            organisation=command.organisation,
        )
    ]


def _designated(command: PublishList, seen: Seen, trainee: str) -> Worker:
    worker = seen.state(WORKER, trainee)
    if not isinstance(worker, Worker) or worker.designated is None or worker.designated.plan != command.plan:
        raise refusals.NotDesignatedUnderPlan
    worker.privacy.require_use(command.today)
    if not _lies_in(worker.household_region, command.region, command.today):
        raise refusals.TraineeElsewhere
    return worker


def _lies_in(code: str, ancestor: str, day: date) -> bool:
    try:
        return all(region.is_within(each.code, ancestor, day) for each in region.current(code, day))
    except InvalidRegion:
        return False


def confirm(command: ConfirmReceipt, found: TraineeList) -> Sequence[TraineeListEvent]:
    """Once for each receiver; the first day counts."""
    published = known(found)
    if all(each.organisation != command.receiver for each in published.receivers):
        raise refusals.NotAReceiver
    if any(organisation == command.receiver for organisation, _ in published.received):
        return []
    return [
        TraineeListReceived(
            trainee_list=published.trainee_list,
            receiver=command.receiver,
            received_on=command.today,
            by=command.by,
        )
    ]


def known(found: TraineeList) -> Published:
    """The list. Refuses where there is none."""
    if isinstance(found, Unknown):
        raise refusals.ListNotPublished
    return found


def evolve(found: TraineeList, event: TraineeListEvent) -> TraineeList:
    match event:
        case TraineeListPublished():
            return Published(
                trainee_list=event.trainee_list,
                region=event.region,
                plan=event.plan,
                trainees=event.trainees,
                receivers=event.receivers,
                published_on=event.published_on,
                due_on=event.due_on,
            )
        case TraineeListReceived():
            published = known(found)
            return replace(published, received=(*published.received, (event.receiver, event.received_on)))
        case _:
            assert_never(event)


def reads(command: TraineeListCommand) -> Iterable[Read]:
    if isinstance(command, PublishList):
        for trainee in command.trainees:
            yield Read(WORKER, trainee)


TRAINEE_LIST: Final[Decider[TraineeListCommand, TraineeListEvent, TraineeList]] = Decider(
    category="trainee-list",
    initial=Unknown(),
    decide=decide,
    evolve=evolve,
    events=TraineeListEvent,
    reads=reads,
)
