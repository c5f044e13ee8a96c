"""The rules of a handler: without a current integrity commitment nobody decides (R-SUB-26, R-ADD-12)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, TypeAlias, assert_never

from eventcore import Decider, Seen
from eventcore.ids import same_id

from subsidy.claims import refusals
from subsidy.claims.handlers.events import BriefingAttended, CommitmentSigned, HandlerEvent

LONGEST_TERM: Final = timedelta(days=366)
"""A commitment is renewed every year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignCommitment:
    handler: str
    signed_on: date
    valid_to: date
    document: str
    supervisor: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordBriefing:
    handler: str
    attended_on: date
    document: str
    supervisor: str
    organisation: str
    today: date


HandlerCommand: TypeAlias = SignCommitment | RecordBriefing


@dataclass(frozen=True, slots=True, kw_only=True)
class Handler:
    """Terms as first day and first day without; days of briefings."""

    commitments: tuple[tuple[date, date], ...] = ()
    briefings: tuple[date, ...] = ()

    def may_decide(self, day: date) -> bool:
        return any(first <= day < end for first, end in self.commitments)


def handler_key(subject: str) -> str:
    """The key of a person's stream: a subject of a token is any text."""
    return same_id("handler", subject)


def decide(command: HandlerCommand, handler: Handler, seen: Seen) -> Sequence[HandlerEvent]:
    if command.handler == command.supervisor:
        raise refusals.OwnCommitment
    match command:
        case SignCommitment():
            return _sign(command, handler)
        case RecordBriefing():
            return _brief(command, handler)
        case _:
            assert_never(command)


def _sign(command: SignCommitment, handler: Handler) -> Sequence[HandlerEvent]:
    term = command.signed_on, command.valid_to
    if term in handler.commitments:
        return []
    if command.signed_on > command.today or not timedelta() < command.valid_to - command.signed_on <= LONGEST_TERM:
        raise refusals.CommitmentTermWrong
    return [
        CommitmentSigned(
            handler=command.handler,
            signed_on=command.signed_on,
            valid_to=command.valid_to,
            document=command.document,
            supervisor=command.supervisor,
            organisation=command.organisation,
        )
    ]


def _brief(command: RecordBriefing, handler: Handler) -> Sequence[HandlerEvent]:
    if command.attended_on in handler.briefings:
        return []
    if command.attended_on > command.today:
        raise refusals.BriefingInFuture
    return [
        BriefingAttended(
            handler=command.handler,
            attended_on=command.attended_on,
            document=command.document,
            supervisor=command.supervisor,
            organisation=command.organisation,
        )
    ]


def evolve(handler: Handler, event: HandlerEvent) -> Handler:
    match event:
        case CommitmentSigned():
            return replace(handler, commitments=(*handler.commitments, (event.signed_on, event.valid_to)))
        case BriefingAttended():
            return replace(handler, briefings=(*handler.briefings, event.attended_on))
        case _:
            assert_never(event)


HANDLER: Final[Decider[HandlerCommand, HandlerEvent, Handler]] = Decider(
    category="handler", initial=Handler(), decide=decide, evolve=evolve, events=HandlerEvent
)
