"""The rules of a survey: who records it answers for it, another person reviews it, and wrong data is surveyed again
(R-REG-35, R-REG-37 to R-REG-39)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product
from typing import Final, TypeAlias, assert_never

from contracts.memberships import Membership
from eventcore import Decider, Effect, Read, Seen, Take

from registry.indexes.guards import IDENTITY
from registry.indexes.rotation import NUMBERS, ROTATION, indexes_in_use
from registry.responsibility import ELSEWHERE, GUEST, require_guest, require_responsible
from registry.surveys.commands import ApproveSurvey, InvalidateSurvey, RecordSurvey, RejectSurvey, SurveyCommand
from registry.surveys.events import (
    FallenApproval,
    SurveyApproved,
    SurveyEvent,
    SurveyInvalidated,
    SurveyRecorded,
    SurveyRejected,
)
from registry.surveys.recording import check, is_foreign, recorded
from registry.surveys.refusals import (
    AlreadyCorrected,
    AlreadyRecorded,
    AlreadyReviewed,
    Invalidated,
    NotInvalidated,
    NotRecorded,
    OwnSurvey,
)

PERSON: Final = "person"
"""Guard: blind index of a number -> its worker, for good."""
CORRECTION: Final = "survey-correction"
"""Guard: invalidated survey -> the one survey that was made for it."""


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a survey counts as; nothing personal."""

    survey: str
    worker: str
    surveyor: str
    household_region: str
    groups: tuple[Membership, ...]
    surveyed_on: date
    employment_status: str
    employment_form: str | None
    work_region: str | None
    wishes: tuple[str, ...]
    new_generation: bool | None = None
    guest_in: str | None = None

    @property
    def county(self) -> str:
        """Whose offices review the survey: of the household, or, of a guest, of the work."""
        return self.guest_in or self.household_region


@dataclass(frozen=True, slots=True)
class Pending:
    facts: Facts


@dataclass(frozen=True, slots=True)
class Approved:
    facts: Facts
    approved_at: datetime


@dataclass(frozen=True, slots=True)
class TurnedDown:
    facts: Facts


@dataclass(frozen=True, slots=True)
class Void:
    facts: Facts


Known: TypeAlias = Pending | Approved | TurnedDown | Void
Survey: TypeAlias = Unknown | Known


def decide(command: SurveyCommand, survey: Survey, seen: Seen) -> Sequence[SurveyEvent]:
    match command:
        case RecordSurvey():
            return record(command, survey, seen)
        case ApproveSurvey() | RejectSurvey():
            return review(command, survey, seen)
        case InvalidateSurvey():
            return invalidate(command, survey)
        case _:
            assert_never(command)


def record(command: RecordSurvey, survey: Survey, seen: Seen) -> Sequence[SurveyEvent]:
    if survey != Unknown():
        raise AlreadyRecorded
    if command.corrects is not None:
        if not isinstance(seen.state(SURVEY, command.corrects), Void):
            raise NotInvalidated
        if seen.holder(CORRECTION, command.corrects) is not None:
            raise AlreadyCorrected
    found = indexes_in_use(seen.state(ROTATION, NUMBERS), indexes(command))
    holders = (seen.holder(scope, each) for scope in (PERSON, IDENTITY) for each in found)
    known = next((holder for holder in holders if holder), None)
    worker = known or command.new_worker
    require_responsible(worker, seen)
    check(command, known=known is not None, home=seen.holder(GUEST, worker) or command.province)
    return [recorded(command, worker=worker, number_index=found[0])]


def indexes(command: RecordSurvey) -> tuple[str, ...]:
    """What the number may be found under; during a rotation of the index key there are several."""
    return command.number_indexes or (command.number_index,)


def review(command: ApproveSurvey | RejectSurvey, survey: Survey, seen: Seen) -> Sequence[SurveyEvent]:
    """A guest's survey counts from its approval on: that is for the responsible province. To reject is not to act."""
    match survey:
        case Unknown():
            raise NotRecorded
        case Void():
            raise Invalidated
        case Approved() | TurnedDown():
            if isinstance(survey, Approved) != isinstance(command, ApproveSurvey):
                raise AlreadyReviewed
            return []
        case Pending(facts):
            if command.reviewer == facts.surveyor:
                raise OwnSurvey
            if isinstance(command, ApproveSurvey) and facts.guest_in:
                require_guest(facts.worker, facts.household_region, seen)
            return [_review_event(command, facts)]
        case _:
            assert_never(survey)


def _review_event(command: ApproveSurvey | RejectSurvey, facts: Facts) -> SurveyEvent:
    if isinstance(command, ApproveSurvey):
        return SurveyApproved(
            worker=facts.worker,
            reviewer=command.reviewer,
            organisation=command.organisation,
            household_region=facts.household_region,
            groups=facts.groups,
            surveyed_on=facts.surveyed_on,
            approved_at=command.at,
        )
    return SurveyRejected(
        worker=facts.worker,
        reviewer=command.reviewer,
        organisation=command.organisation,
        household_region=facts.household_region,
        groups=facts.groups,
        surveyed_on=facts.surveyed_on,
        reason=command.reason,
    )


def invalidate(command: InvalidateSurvey, survey: Survey) -> Sequence[SurveyEvent]:
    """Surveyors may take their own survey back while it waits; once reviewed, that takes another person again."""
    match survey:
        case Unknown():
            raise NotRecorded
        case Void():
            return []
        case Pending(facts) | Approved(facts) | TurnedDown(facts):
            if command.official == facts.surveyor and not isinstance(survey, Pending):
                raise OwnSurvey
            return [_invalidated(command, facts, survey.approved_at if isinstance(survey, Approved) else None)]
        case _:
            assert_never(survey)


def _invalidated(command: InvalidateSurvey, facts: Facts, approved_at: datetime | None) -> SurveyInvalidated:
    stream = SURVEY.stream(facts.survey)
    return SurveyInvalidated(
        worker=facts.worker,
        official=command.official,
        organisation=command.organisation,
        household_region=facts.household_region,
        guest_in=facts.guest_in,
        groups=facts.groups,
        surveyed_on=facts.surveyed_on,
        reason=command.reason,
        corrects=f"{stream}/{RECORDED_AT}",
        approval=FallenApproval(event=f"{stream}/{REVIEWED_AT}", at=approved_at) if approved_at else None,
    )


RECORDED_AT: Final = 1
REVIEWED_AT: Final = 2
"""Versions: a survey begins with SurveyRecorded, and only what waits is reviewed."""


def evolve(survey: Survey, event: SurveyEvent) -> Survey:
    match event:
        case SurveyRecorded():
            return Pending(
                Facts(
                    survey=event.survey,
                    worker=event.worker,
                    surveyor=event.surveyor,
                    household_region=event.household_region,
                    guest_in=event.guest_in,
                    groups=event.groups,
                    surveyed_on=event.surveyed_on,
                    employment_status=event.employment_status,
                    employment_form=event.employment_form,
                    work_region=event.work_region,
                    wishes=event.wishes,
                    new_generation=event.new_generation,
                )
            )
        case SurveyApproved():
            return Approved(known(survey).facts, event.approved_at)
        case SurveyRejected():
            return TurnedDown(known(survey).facts)
        case SurveyInvalidated():
            return Void(known(survey).facts)
        case _:
            assert_never(event)


def known(survey: Survey) -> Known:
    """The survey, which was recorded. NotRecorded where it was not."""
    if isinstance(survey, Unknown):
        raise NotRecorded
    return survey


def standing(survey: Survey) -> str:
    """The state in one word, for answers."""
    match survey:
        case Unknown():
            return "unknown"
        case Pending():
            return "pending"
        case Approved():
            return "approved"
        case TurnedDown():
            return "rejected"
        case Void():
            return "invalidated"
        case _:
            assert_never(survey)


def reads(command: SurveyCommand) -> Iterable[Read]:
    if isinstance(command, RecordSurvey):
        yield Read(ROTATION, NUMBERS)
        scopes = (PERSON, IDENTITY) if is_foreign(command) else (PERSON,)
        for guard in product(scopes, indexes(command)):
            yield Read(guard=guard, then=ELSEWHERE)
            yield Read(guard=guard, then=GUEST)
        if command.corrects is not None:
            yield Read(SURVEY, command.corrects)
            yield Read(guard=(CORRECTION, command.corrects))
    if isinstance(command, ApproveSurvey) and command.guest:
        yield Read(guard=(ELSEWHERE, command.guest))
        yield Read(guard=(GUEST, command.guest))


def effects(before: Survey, event: SurveyEvent) -> Iterable[Effect]:
    """One number, one worker, for good: a rejected or invalidated survey leaves the number with its worker's id."""
    if isinstance(event, SurveyRecorded):
        yield Take(PERSON, event.number_index, holder=event.worker)
        if event.corrects is not None:
            yield Take(CORRECTION, event.corrects, holder=event.survey)


SURVEY: Final[Decider[SurveyCommand, SurveyEvent, Survey]] = Decider(
    category="survey",
    initial=Unknown(),
    decide=decide,
    evolve=evolve,
    events=SurveyEvent,
    reads=reads,
    effects=effects,
)
