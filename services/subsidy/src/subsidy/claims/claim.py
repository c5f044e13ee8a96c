"""The rules of a claim: opened by facts, decided by the published rules of the fact's day and a handler who may, looked
at again when a fact it rests on changes (R-SUB-09, R-SUB-28, R-SUB-31)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, assert_never

from eventcore import Decider, Effect, Read, Seen

from subsidy.claims import appeals, refusals, rooming
from subsidy.claims.commands import (
    ClaimCommand,
    DecideAppeal,
    DecideClaim,
    EndHold,
    FileAppeal,
    FreeReservation,
    HoldClaim,
    LookAgain,
    Looking,
    OpenClaim,
    TakeAnswer,
    TakeTurn,
    YieldReservation,
)
from subsidy.claims.dossier.dossier import DOSSIER
from subsidy.claims.endings import RESERVATION
from subsidy.claims.events import (
    ClaimAdjusted,
    ClaimDecided,
    ClaimEvent,
    ClaimHeld,
    ClaimHoldEnded,
    ClaimOpened,
    ClaimWaits,
    ReservationAnswered,
    ReservationGivenUp,
    ReservationHeld,
    ReservationYielded,
)
from subsidy.claims.finding import Finding, Found, find
from subsidy.claims.handlers.handler import HANDLER
from subsidy.claims.looking import decided, look, said
from subsidy.claims.room_events import RoomTold
from subsidy.claims.state import Claim, Opened, Reserving, Room, Unknown, evolve
from subsidy.money import ledger
from subsidy.money.payments.payment import PAYMENT
from subsidy.money.payments.state import Account, Payments
from subsidy.packs.rule_pack import RULE_PACK, names_for
from subsidy.provinces import province


def decide(command: ClaimCommand, claim: Claim, seen: Seen) -> Sequence[ClaimEvent]:
    match command:
        case OpenClaim():
            return _open(command, claim, seen)
        case LookAgain():
            return _look_again(command, claim, seen)
        case TakeAnswer():
            return _take_answer(command, known(claim), seen)
        case TakeTurn():
            return _take_turn(command, known(claim), seen)
        case YieldReservation():
            return _yield(command, known(claim))
        case DecideClaim():
            return _decide(command, known(claim), seen)
        case HoldClaim():
            return _hold(command, known(claim))
        case EndHold():
            return _end_hold(command, known(claim))
        case FileAppeal():
            return appeals.file(command, known(claim))
        case DecideAppeal():
            return appeals.decide(command, known(claim), _finding(command, known(claim), seen))
        case FreeReservation():
            return _free(known(claim), seen.state(PAYMENT, command.claim))
        case _:
            assert_never(command)


def known(claim: Claim) -> Opened:
    """The claim. Refuses where there is none."""
    if isinstance(claim, Unknown):
        raise refusals.ClaimNotOpen
    return claim


def _finding(command: Looking, claim: Opened, seen: Seen) -> Finding:
    packs = [seen.state(RULE_PACK, name) for name in names_for(command.kind, command.region)]
    return find(claim, seen.state(DOSSIER, command.worker), packs)


def _open(command: OpenClaim, claim: Claim, seen: Seen) -> Sequence[ClaimEvent]:
    if isinstance(claim, Opened):
        return []
    concern = command.concern
    opened = ClaimOpened(
        claim=concern.claim,
        kind=concern.kind,
        worker=command.worker,
        region=concern.region,
        about=concern.about,
        because=command.because,
        opened_on=command.today,
    )
    begun = Opened(opened=opened, version=1, region=concern.region)
    return [opened, *look(begun, _finding(command, begun, seen), command.today, command.because)]


def _look_again(command: LookAgain, claim: Claim, seen: Seen) -> Sequence[ClaimEvent]:
    """Nothing to look at where it has not opened yet: it looks when it does."""
    if isinstance(claim, Unknown):
        return []
    return look(claim, _finding(command, claim, seen), command.today, command.cause)


def _take_answer(command: TakeAnswer, claim: Opened, seen: Seen) -> Sequence[ClaimEvent]:
    """A grant of what the claim does not need any more is given back at once. Another home is told who holds."""
    if command.said_by != command.home or (claim.reserving and claim.reserving.home != command.home):
        raise refusals.NotTheHome
    answered_ask = Reserving(once=command.once, home=command.home, ask=command.ask)
    if claim.reserving is None or replace(claim.reserving, answer=None, asked_on=None) != answered_ask:
        return [said(ReservationGivenUp, claim, answered_ask)] if command.granted else []
    answered = ReservationAnswered(
        claim=claim.claim,
        once=command.once,
        granted=command.granted,
        holder_region=command.holder_region,
        holder=command.holder,
        answer=command.answer,
    )
    abroad = command.granted and command.home != province(claim.region)
    held = [said(ReservationHeld, claim, answered_ask)] if abroad else []
    after = known(evolve(claim, answered))
    return [answered, *held, *look(after, _finding(command, after, seen), command.today, command.answer)]


def _take_turn(command: TakeTurn, claim: Opened, seen: Seen) -> Sequence[ClaimEvent]:
    """It always answers, so that the next one has its turn."""
    room = Room(person=command.person, year=command.year)
    if claim.room is None or (claim.room.person, claim.room.year) != (room.person, room.year):
        return [rooming.taken(claim, room, 0, leaves=True)]
    told = RoomTold(
        claim=claim.claim,
        person=command.person,
        year=command.year,
        this_year=command.this_year,
        in_all=command.in_all,
        answer=command.answer,
    )
    having = known(evolve(claim, told))
    finding = _finding(command, having, seen)
    amount = max(rooming.share_of(finding), claim.room.taken if claim.decision else 0)
    taken = rooming.taken(claim, room, amount)
    return [told, taken, *look(known(evolve(having, taken)), finding, command.today, command.answer)]


def _yield(command: YieldReservation, claim: Opened) -> Sequence[ClaimEvent]:
    reserving = claim.reserving
    if claim.decision or reserving is None or reserving.once != command.once:
        return []
    if reserving.answer is None or not reserving.answer.granted:
        return []
    opened = claim.opened
    waits = ClaimWaits(
        claim=opened.claim,
        kind=opened.kind,
        worker=opened.worker,
        region=claim.region,
        missing=(RESERVATION,),
        fact_on=command.once.day,
        since=command.today,
    )
    return [ReservationYielded(claim=opened.claim, once=command.once), waits]


def _decide(command: DecideClaim, claim: Opened, seen: Seen) -> Sequence[ClaimEvent]:
    """The rules say what comes out; the handler answers for it (R-SUB-23)."""
    if claim.decision:
        return []
    if not seen.state(HANDLER, command.handler_key).may_decide(command.today):
        raise refusals.NoCommitment
    if claim.held:
        raise refusals.ClaimIsHeld
    finding = _finding(command, claim, seen)
    if not isinstance(finding, Found) or finding.region != claim.region:
        raise refusals.ClaimStillWaits
    return [decided(claim, finding, command.today, command.handler, command.organisation)]


def _hold(command: HoldClaim, claim: Opened) -> Sequence[ClaimEvent]:
    if claim.decision:
        raise refusals.ClaimAlreadyDecided
    if claim.held and claim.held.reason == command.reason:
        return []
    return [
        ClaimHeld(
            claim=claim.claim,
            region=claim.region,
            reason=command.reason,
            held_on=command.today,
            handler=command.handler,
            organisation=command.organisation,
        )
    ]


def _end_hold(command: EndHold, claim: Opened) -> Sequence[ClaimEvent]:
    if not claim.held:
        raise refusals.ClaimNotHeld
    return [
        ClaimHoldEnded(
            claim=claim.claim,
            region=claim.region,
            document=command.document,
            ended_on=command.today,
            handler=command.handler,
            organisation=command.organisation,
        )
    ]


def _free(claim: Opened, payments: Payments) -> Sequence[ClaimEvent]:
    """Others may have what is neither owed any more nor paid, nor may be being paid: the rest of the allowance, and the
    reservation where nothing is left."""
    if claim.decision is None:
        return []
    made = claim.decision.made
    out = max(made.amount, out_of(payments))
    freed: list[ClaimEvent] = []
    if claim.room is not None:
        kept = rooming.kept(claim.room, made, out)
        freed += [rooming.taken(claim, claim.room, kept)] if kept < claim.room.taken else []
    if claim.reserving is not None and not out:
        freed.append(said(ReservationGivenUp, claim, claim.reserving))
    return freed


def out_of(payments: Payments) -> int:
    """What is owed, or with the payee, or may be on its way there; in fen."""
    if not isinstance(payments, Account):
        return 0
    return max(payments.owed, payments.paid + (payments.open.amount if payments.open else 0))


def reads(command: ClaimCommand) -> Iterable[Read]:
    if isinstance(command, Looking):
        yield Read(DOSSIER, command.worker)
        for name in names_for(command.kind, command.region):
            yield Read(RULE_PACK, name)
    if isinstance(command, FreeReservation):
        yield Read(PAYMENT, command.claim)
    if isinstance(command, DecideClaim):
        yield Read(HANDLER, command.handler_key)


def effects(claim: Claim, event: ClaimEvent) -> Iterable[Effect]:
    """Only what a claim comes to moves money."""
    if isinstance(event, ClaimDecided):
        yield from ledger.decided(event.fund, event.region, event.amount)
    elif isinstance(event, ClaimAdjusted):
        yield from ledger.decided(event.fund, event.region, event.difference)


CLAIM: Final[Decider[ClaimCommand, ClaimEvent, Claim]] = Decider(
    category="claim",
    initial=Unknown(),
    decide=decide,
    evolve=evolve,
    events=ClaimEvent,
    reads=reads,
    effects=effects,
)
