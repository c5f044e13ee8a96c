"""The rules of an assessment body: what it may assess on which day, with whom, and where (R-CRT-02, R-CRT-11, R-CRT-17,
R-ADD-03)."""

from collections.abc import Iterable, Sequence
from typing import Final, assert_never

from eventcore import Acting, Decider, Effect, Read, Seen, Take

from certification.bodies import refusals
from certification.bodies.commands import (
    BodyCommand,
    ChangeScope,
    FileMobileAssessment,
    RegisterBody,
    RegisterStaff,
    ResumeBody,
    SuspendBody,
)
from certification.bodies.events import (
    BodyEvent,
    BodyRegistered,
    BodyResumed,
    BodyScopeChanged,
    BodyStaffRegistered,
    BodySuspended,
    Member,
    MobileAssessmentFiled,
    ScopeLine,
)
from certification.bodies.state import Body, Filing, Registered, Unknown, evolve, known
from certification.rules.routes import QUALIFICATION, route

FILING: Final = "filing-code"
"""Guard: filing code and site -> the body whose certificates are numbered by them."""


def decide(command: BodyCommand, found: Body, seen: Seen) -> Sequence[BodyEvent]:
    match command:
        case RegisterBody():
            return register(command, found, seen)
        case ChangeScope():
            return change_scope(command, known(found))
        case RegisterStaff():
            return register_staff(command, known(found))
        case FileMobileAssessment():
            return file_mobile(command, known(found))
        case SuspendBody(reason=reason, by=by):
            return suspend(known(found), reason, by)
        case ResumeBody(by=by):
            return resume(known(found), by)
        case _:
            assert_never(command)


def register(command: RegisterBody, found: Body, seen: Seen) -> Sequence[BodyEvent]:
    """Once, the same again is nothing."""
    if isinstance(found, Registered):
        told = (command.title, command.region, command.kind, command.filing_code, command.site, command.appraisal_code)
        if told == (found.title, found.region, found.kind, found.filing_code, found.site, found.appraisal_code):
            return []
        raise refusals.BodyAlreadyRegistered
    if seen.holder(FILING, command.filing_code + command.site) not in (None, command.body):
        raise refusals.FilingCodeTaken
    return [
        BodyRegistered(
            body=command.body,
            title=command.title,
            region=command.region,
            kind=command.kind,
            filing_code=command.filing_code,
            site=command.site,
            appraisal_code=command.appraisal_code,
            registered_on=command.by.today,
            official=command.by.official,
            organisation=command.by.organisation,
        )
    ]


def change_scope(command: ChangeScope, body: Registered) -> Sequence[BodyEvent]:
    for line in command.lines:
        _require_forward(line)
        if line.level not in route(line.route).levels:
            raise refusals.LevelNotOfRoute
        if line.route == QUALIFICATION and body.appraisal_code is None:
            raise refusals.AppraisalCodeMissing
    if all(line in body.scope for line in command.lines):
        return []
    by = command.by
    return [
        BodyScopeChanged(
            body=body.body,
            lines=command.lines,
            evidence=command.evidence,
            official=by.official,
            organisation=by.organisation,
        )
    ]


def register_staff(command: RegisterStaff, body: Registered) -> Sequence[BodyEvent]:
    for member in command.members:
        _require_forward(member)
    if all(member in body.staff for member in command.members):
        return []
    by = command.by
    return [
        BodyStaffRegistered(
            body=body.body,
            members=command.members,
            evidence=command.evidence,
            official=by.official,
            organisation=by.organisation,
        )
    ]


def file_mobile(command: FileMobileAssessment, body: Registered) -> Sequence[BodyEvent]:
    """Assessed and filed for a place and a time (R-ADD-03)."""
    filing = Filing(region=command.region, valid_from=command.valid_from, valid_to=command.valid_to)
    _require_forward(filing)
    if filing in body.filings:
        return []
    return [
        MobileAssessmentFiled(
            body=body.body,
            region=command.region,
            valid_from=command.valid_from,
            valid_to=command.valid_to,
            evidence=command.evidence,
            official=command.by.official,
            organisation=command.by.organisation,
        )
    ]


def _require_forward(period: ScopeLine | Member | Filing) -> None:
    if period.valid_to is not None and period.valid_to < period.valid_from:
        raise refusals.PeriodBackwards


def suspend(body: Registered, reason: str, by: Acting) -> Sequence[BodyEvent]:
    if body.is_suspended(by.today):
        return []
    return [
        BodySuspended(
            body=body.body,
            suspended_on=by.today,
            reason=reason,
            official=by.official,
            organisation=by.organisation,
        )
    ]


def resume(body: Registered, by: Acting) -> Sequence[BodyEvent]:
    if not body.is_suspended(by.today):
        return []
    return [
        BodyResumed(body=body.body, resumed_on=by.today, official=by.official, organisation=by.organisation),
    ]


def reads(command: BodyCommand) -> Iterable[Read]:
    if isinstance(command, RegisterBody):
        yield Read(guard=(FILING, command.filing_code + command.site))


def effects(_: Body, event: BodyEvent) -> Iterable[Effect]:
    if isinstance(event, BodyRegistered):
        yield Take(FILING, event.filing_code + event.site, event.body)


BODY: Final[Decider[BodyCommand, BodyEvent, Body]] = Decider(
    category="assessment-body",
    initial=Unknown(),
    decide=decide,
    evolve=evolve,
    events=BodyEvent,
    reads=reads,
    effects=effects,
)
