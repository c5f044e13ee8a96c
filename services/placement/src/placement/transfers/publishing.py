"""What other services, and the other province of a transfer, may know of this folder's events.

Each side says what is its own to say; what it heard from the other side stays at home.
"""

from typing import TypedDict, assert_never, get_args

from contracts import transfer as public
from contracts.public_event import PublicEvent
from contracts.stewardship import ActingBegunV1, StewardshipYieldedV1

from placement.transfers.home import events as home
from placement.transfers.home.events import TransferEvent
from placement.transfers.host import events as host
from placement.transfers.host.events import ReceptionEvent
from placement.transfers.permission.events import (
    ActingBegun,
    ActingEnding,
    HolderNoted,
    PermissionEvent,
    StewardshipYielded,
)
from placement.transfers.way import Way


class Facts(TypedDict):
    """What each public event of a transfer says."""

    to: tuple[str, ...]
    transfer: str
    worker: str
    vacancy: str
    home: str
    host: str


def publish(event: object) -> PublicEvent | None:
    """The public event of a private one; None: it stays at home, or it is of another folder."""
    if isinstance(event, get_args(TransferEvent)):
        return _of_home(event)
    if isinstance(event, get_args(ReceptionEvent)):
        return _of_host(event)
    return _of_permission(event) if isinstance(event, get_args(PermissionEvent)) else None


def _facts(way: Way, to: tuple[str, ...]) -> Facts:
    return Facts(to=to, transfer=way.transfer, worker=way.worker, vacancy=way.vacancy, home=way.home, host=way.host)


def _of_home(event: TransferEvent) -> PublicEvent | None:
    if isinstance(event, home.TransferProposed):
        return None
    if isinstance(event, home.TransferNominated):
        return _nominated(event.plan)
    facts = _facts(event.way, event.way.to_host)
    match event:
        case home.TransferConfirmed(dispatch_until=dispatch_until):
            return public.ConfirmedV1(**facts, dispatch_until=dispatch_until)
        case home.TransferTooLate(ended=ended):
            return public.TooLateV1(**facts, ended=ended)
        case home.TransferWithdrawn(reason=reason, organisation=organisation):
            return public.TransferWithdrawnV1(**facts, reason=reason, organisation=organisation)
        case home.TransferExpired(waited_for=waited_for):
            return public.ExpiredV1(**facts, waited_for=waited_for)
        case home.TransferDispatched(left_on=left_on, arrive_until=until, organisation=organisation):
            return public.DispatchedV1(**facts, left_on=left_on, arrive_until=until, organisation=organisation)
        case home.TransferRejected() | home.TransferArrived() | home.TransferMissed() | home.TransferReturned():
            return _noted(event) if event.way.crosses else None
        case home.TransferDropped() | home.TransferCompleted() | home.TransferLetGo():
            return None
        case _:
            assert_never(event)


def _noted(
    event: home.TransferRejected | home.TransferArrived | home.TransferMissed | home.TransferReturned,
) -> PublicEvent:
    """What the host in another province said, for who reads here; within the province its own word is read."""
    way = event.way
    about = {
        "transfer": way.transfer,
        "worker": way.worker,
        "vacancy": way.vacancy,
        "home": way.home,
        "host": way.host,
    }
    match event:
        case home.TransferRejected(reason=reason):
            return public.RejectionNotedV1(**about, reason=reason)
        case home.TransferArrived(arrived_on=arrived_on):
            return public.ArrivalNotedV1(**about, arrived_on=arrived_on)
        case home.TransferMissed():
            return public.AbsenceNotedV1(**about)
        case home.TransferReturned(reason=reason, returned_on=returned_on):
            return public.ReturnNotedV1(**about, reason=reason, returned_on=returned_on)
        case _:
            assert_never(event)


def _nominated(plan: home.Plan) -> PublicEvent:
    skills = (
        public.Skill(certificate=each.certificate, occupation=each.occupation, level=each.level) for each in plan.skills
    )
    return public.NominatedV1(
        **_facts(plan.way, plan.way.to_host),
        agreement=plan.agreement,
        origin=plan.origin,
        groups=plan.groups,
        skills=tuple(skills),
        answer_until=plan.answer_until,
        organisation=plan.organisation,
    )


def _of_host(event: ReceptionEvent) -> PublicEvent | None:
    facts = _facts(event.way, event.way.to_home)
    match event:
        case host.ReceptionAccepted(organisation=organisation):
            return public.AcceptedV1(**facts, organisation=organisation)
        case host.ReceptionRejected(reason=reason, organisation=organisation):
            return public.RejectedV1(**facts, reason=reason, organisation=organisation)
        case host.WorkerArrived(arrived_on=arrived_on, organisation=organisation):
            return public.ArrivedV1(**facts, arrived_on=arrived_on, organisation=organisation)
        case host.WorkerNotArrived(organisation=organisation):
            return public.NotArrivedV1(**facts, organisation=organisation)
        case host.WorkerReturned(reason=reason, returned_on=returned_on, organisation=organisation):
            return public.ReturnedV1(**facts, reason=reason, returned_on=returned_on, organisation=organisation)
        case host.NominationReceived() | host.SeatAsked() | host.ReceptionConfirmed() | host.ReceptionClosed():
            return None
        case host.WorkerEmployed(employment=employment, started_on=started_on, is_guest=True):
            return public.EmployedV1(**facts, employment=employment, started_on=started_on)
        case host.WorkerExpected() | host.WorkerEmployed():
            return None
        case _:
            assert_never(event)


def _of_permission(event: PermissionEvent) -> PublicEvent | None:
    match event:
        case ActingBegun(worker=worker, epoch=epoch):
            return ActingBegunV1(worker=worker, epoch=epoch)
        case StewardshipYielded(worker=worker, epoch=epoch):
            return StewardshipYieldedV1(worker=worker, epoch=epoch)
        case ActingEnding() | HolderNoted():
            return None
        case _:
            assert_never(event)
