"""Home's ledger of one worker: who is responsible, in which epoch. Exactly one province at any time.

It is home's word alone, and it moves only when the holder has released: until then the holder keeps it, however long
that takes. Nothing is written before somebody asks: registration is the first grant, to home.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, assert_never

from contracts.stewardship_codes import DECEASED, HOME, JOB_FOUND_ALONE, OFFICE, ORDER, UNKNOWN_WORKER
from eventcore import Decider, Read, Seen

from registry.indexes.guards import MINTED
from registry.stewardship import deaths, refusals
from registry.stewardship.commands import (
    BringHome,
    LedgerCommand,
    NoteDeath,
    NoteDeathWithdrawal,
    NoteHolding,
    NoteRecallRefusal,
    NoteRelease,
    PassOn,
    SeekStewardship,
    TakeBack,
    TakeDeathBack,
)
from registry.stewardship.events import (
    LedgerEvent,
    RecallRefusalNoted,
    StewardDeathNoted,
    StewardDeathWithdrawalNoted,
    StewardshipDeathWithdrawn,
    StewardshipDenied,
    StewardshipGranted,
    StewardshipRecalled,
    StewardshipRecovered,
    StewardshipSought,
    StewardshipTakenBack,
    addressed,
)
from registry.stewardship.state import AtHome, Granted, Ledger, Sought
from registry.workers.state import Registered
from registry.workers.worker import WORKER

FIRST: Final = 1
"""The epoch of registration."""


def decide(command: LedgerCommand, ledger: Ledger, seen: Seen) -> Sequence[LedgerEvent]:
    match command:
        case SeekStewardship():
            return _seek(command, ledger, seen)
        case BringHome():
            return _bring_home(command, ledger)
        case PassOn():
            return _pass_on(command, ledger, seen)
        case NoteRelease():
            return _released(command, ledger)
        case NoteHolding():
            return _held(command, ledger)
        case NoteRecallRefusal():
            return _refused(command, ledger)
        case TakeBack():
            return _taken_back(command, ledger)
        case NoteDeath():
            return deaths.noted(command, ledger)
        case NoteDeathWithdrawal():
            return deaths.withdrawal_noted(command, ledger)
        case TakeDeathBack():
            return deaths.withdrawn(command, ledger)
        case _:
            assert_never(command)


def _seek(command: SeekStewardship, ledger: Ledger, seen: Seen) -> Sequence[LedgerEvent]:
    now = ledger if isinstance(ledger, Granted) else Granted(home=command.home, epoch=FIRST, holder=command.home)
    if now.next and command.region == now.next.region:
        return []
    if command.region == command.home == now.holder and now.next is None:
        return []
    first = [] if ledger is now else [_granted(command.worker, now, command.organisation, HOME)]
    if reason := _reason_to_deny(command, seen):
        return [*(first if reason == DECEASED else ()), _denied(command, now, reason)]
    return [*first, *_sought(command, now, command.region, command.ground, command.employment)]


def _bring_home(command: BringHome, ledger: Ledger) -> Sequence[LedgerEvent]:
    if isinstance(ledger, AtHome) or ledger.coming == ledger.home:
        return []
    return _sought(command, ledger, ledger.home, command.ground)


def _pass_on(command: PassOn, ledger: Ledger, seen: Seen) -> Sequence[LedgerEvent]:
    """What an office asked back stays at home, whatever job ends there; and whoever has died. Who was denied because of
    a death that was taken back asked last."""
    if isinstance(ledger, AtHome) or ledger.coming != ledger.home or (ledger.next and ledger.next.ground == OFFICE):
        return []
    worker = seen.state(WORKER, command.worker)
    latest = next(reversed((*_given_way(ledger, ledger.home), *ledger.denied)), None)
    if latest is None or (isinstance(worker, Registered) and worker.deceased_on):
        return []
    return _sought(command, ledger, latest.region, latest.ground)


def _sought(
    command: SeekStewardship | BringHome | PassOn,
    now: Granted,
    region: str,
    ground: str,
    employment: str | None = None,
) -> Sequence[LedgerEvent]:
    """The newest word counts. A holder that asks is handing back, and its next job came meanwhile: it gets it again."""
    sought = StewardshipSought(worker=command.worker, region=region, ground=ground, employment=employment)
    if region == now.holder or (now.next and now.next.region != now.holder):
        return [sought]
    return [sought, _recalled(command, now, Sought(region=region, ground=ground))]


def _recalled(command: SeekStewardship | BringHome | PassOn | NoteHolding, now: Granted, by: Sought) -> LedgerEvent:
    return StewardshipRecalled(
        worker=command.worker,
        home=now.home,
        epoch=now.epoch,
        region=now.holder,
        successor=by.region,
        ground=by.ground,
        to=addressed(now.holder, now.home),
        organisation=command.organisation,
    )


def _reason_to_deny(command: SeekStewardship, seen: Seen) -> str | None:
    """Home itself is never denied."""
    if command.region == command.home:
        return None
    worker = seen.state(WORKER, command.worker)
    if isinstance(worker, Registered):
        return DECEASED if worker.deceased_on else None
    return None if seen.holder(MINTED, command.worker) else UNKNOWN_WORKER


def _denied(command: SeekStewardship, now: Granted, reason: str) -> StewardshipDenied:
    return StewardshipDenied(
        worker=command.worker,
        home=command.home,
        epoch=now.epoch,
        region=command.home,
        reason=reason,
        to=(command.region,),
        organisation=command.organisation,
    )


def _granted(worker: str, to: Granted, organisation: str, ground: str) -> StewardshipGranted:
    return StewardshipGranted(
        worker=worker,
        home=to.home,
        epoch=to.epoch,
        region=to.holder,
        ground=ground,
        to=addressed(to.holder, to.home),
        organisation=organisation,
    )


def _released(command: NoteRelease, ledger: Ledger) -> Sequence[LedgerEvent]:
    """A word about an epoch that is over comes late, or twice. One of a later epoch, or by who does not hold it, no
    holder can say."""
    if isinstance(ledger, AtHome):
        raise refusals.NotTheHolder
    if command.epoch < ledger.epoch:
        return []
    if command.epoch != ledger.epoch or command.region != ledger.holder:
        raise refusals.NotTheHolder
    after = ledger.next or next(reversed(ledger.others), Sought(region=ledger.home, ground=HOME))
    following = Granted(home=ledger.home, epoch=ledger.epoch + 1, holder=after.region)
    return [_granted(command.worker, following, command.organisation, after.ground)]


def _held(command: NoteHolding, ledger: Ledger) -> Sequence[LedgerEvent]:
    """Holders say so of every grant. Home knows it, unless it lost what it had granted: then it takes their word."""
    known = FIRST if isinstance(ledger, AtHome) else ledger.epoch
    if command.epoch <= known:
        return []
    if not command.is_restored:
        raise refusals.NotTheHolder
    recovered = StewardshipRecovered(
        worker=command.worker,
        home=command.home,
        epoch=command.epoch,
        region=command.region,
        organisation=command.organisation,
    )
    now = _opened(evolve(ledger, recovered))
    return [recovered, _recalled(command, now, now.next)] if now.next else [recovered]


def _refused(command: NoteRecallRefusal, ledger: Ledger) -> Sequence[LedgerEvent]:
    if isinstance(ledger, AtHome) or command.region != ledger.holder:
        raise refusals.NotTheHolder
    if command.epoch != ledger.epoch or ledger.next is None or ledger.refused == command.reason:
        return []
    return [
        RecallRefusalNoted(worker=command.worker, epoch=command.epoch, region=command.region, reason=command.reason)
    ]


def _taken_back(command: TakeBack, ledger: Ledger) -> Sequence[LedgerEvent]:
    """By order, and only from whom nobody believes any more: a holder that can be reached releases."""
    if isinstance(ledger, AtHome) or ledger.holder == ledger.home:
        raise refusals.NothingToTakeBack
    if not command.order:
        raise refusals.OrderMissing
    if ledger.holder not in command.revoked:
        raise refusals.HolderIsTrusted
    taken = StewardshipTakenBack(
        worker=command.worker,
        home=ledger.home,
        epoch=ledger.epoch,
        region=ledger.holder,
        order=command.order,
        official=command.official,
        to=(ledger.holder,),
        organisation=command.organisation,
    )
    holder = ledger.home if ledger.coming == ledger.holder else ledger.coming
    following = Granted(home=ledger.home, epoch=ledger.epoch + 1, holder=holder)
    return [taken, _granted(command.worker, following, command.organisation, ORDER)]


def evolve(ledger: Ledger, event: LedgerEvent) -> Ledger:
    match event:
        case StewardshipGranted():
            granted = Granted(home=event.home, epoch=event.epoch, holder=event.region)
            if event.ground == ORDER or isinstance(ledger, AtHome):
                return granted
            others = _given_way(ledger, event.region)
            return replace(granted, before=ledger.holder, others=others, denied=ledger.denied, death=ledger.death)
        case StewardshipRecovered(epoch=epoch, region=holder):
            before = ledger if isinstance(ledger, Granted) else Granted(home=event.home, epoch=FIRST, holder=event.home)
            wanted = before.next if before.next and before.next.region != holder else None
            return replace(before, epoch=epoch, holder=holder, before=None, next=wanted, refused=None)
        case StewardshipSought():
            now, sought = _opened(ledger), Sought(region=event.region, ground=event.ground)
            passed_over = (now.next,) if now.next and now.next.region != now.home else ()
            others = _without(event.region, (*now.others, *passed_over, *now.denied))
            return replace(now, next=sought, others=others, denied=())
        case RecallRefusalNoted():
            return replace(_opened(ledger), refused=event.reason)
        case StewardDeathNoted():
            return replace(_opened(ledger), death=(event.epoch, event.region))
        case StewardDeathWithdrawalNoted() | StewardshipDeathWithdrawn():
            return replace(_opened(ledger), death=None)
        case StewardshipDenied(reason=reason, to=(region,)) if reason == DECEASED and isinstance(ledger, Granted):
            asked = Sought(region=region, ground=JOB_FOUND_ALONE)
            return replace(ledger, denied=(*_without(region, ledger.denied), asked))
        case StewardshipRecalled() | StewardshipDenied() | StewardshipTakenBack():
            return ledger
        case _:
            assert_never(event)


def _given_way(ledger: Ledger, to: str) -> tuple[Sought, ...]:
    """Who was asked to release, and not home, has a job still, as far as anybody said."""
    if isinstance(ledger, AtHome):
        return ()
    recalled = ledger.next is not None and ledger.holder != ledger.home
    before = (Sought(region=ledger.holder, ground=JOB_FOUND_ALONE),) if recalled else ()
    return _without(to, (*_without(ledger.holder, ledger.others), *before))


def _without(region: str, others: Iterable[Sought]) -> tuple[Sought, ...]:
    return tuple(each for each in others if each.region != region)


def _opened(ledger: Ledger) -> Granted:
    if isinstance(ledger, AtHome):
        raise TypeError("a ledger begins with a grant")
    return ledger


def reads(command: LedgerCommand) -> Iterable[Read]:
    if isinstance(command, SeekStewardship | PassOn):
        yield Read(WORKER, command.worker)
        yield Read(guard=(MINTED, command.worker))


LEDGER: Final[Decider[LedgerCommand, LedgerEvent, Ledger]] = Decider(
    category="stewardship", initial=AtHome(), decide=decide, evolve=evolve, events=LedgerEvent, reads=reads
)
