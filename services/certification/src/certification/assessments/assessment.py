"""The rules of an assessment: candidates, scores, results that another person confirms, and that it may be void."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, assert_never

from eventcore import Decider, Read, Seen
from eventcore.ids import same_id

from certification.assessments import refusals
from certification.assessments.commands import (
    AssessmentCommand,
    ConfirmResults,
    RecordScores,
    RegisterCandidate,
    ScheduleAssessment,
    VoidAssessment,
)
from certification.assessments.events import (
    AssessmentEvent,
    AssessmentScheduled,
    AssessmentVoided,
    CandidateRegistered,
    Result,
    ResultsConfirmed,
    ScoresRecorded,
)
from certification.assessments.scheduling import require_independence, schedule
from certification.assessments.state import (
    Assessment,
    Candidate,
    Confirmed,
    Open,
    Scores,
    Unknown,
    Voided,
    evolve,
    scheduled,
    still_open,
)
from certification.bodies import state as bodies
from certification.bodies.body import BODY
from certification.classes import training_class as classes
from certification.classes.training_class import CLASS, COMPLETED
from certification.numbers import prefix
from certification.persons.person import PERSON, Person
from certification.rules.fees import charged
from certification.rules.routes import COMPLETION, route

MOST: Final = 60
"""Candidates of a session: the certificates of its results are issued by one call of the log."""
PASSED: Final = "PASSED"
FAILED: Final = "FAILED"
ABSENT: Final = "ABSENT"


def decide(command: AssessmentCommand, found: Assessment, seen: Seen) -> Sequence[AssessmentEvent]:
    match command:
        case ScheduleAssessment():
            return schedule(command, found, seen)
        case RegisterCandidate():
            return register(command, still_open(found), seen)
        case RecordScores():
            return record(command, still_open(found))
        case ConfirmResults():
            return confirm(command, found, seen)
        case VoidAssessment():
            return void(command, found)
        case _:
            assert_never(command)


def register(command: RegisterCandidate, found: Open, seen: Seen) -> Sequence[AssessmentEvent]:
    """With the fee for the groups that are known by now, as of the day of the assessment (R-CRT-04, R-CRT-05)."""
    if command.worker in found.candidates:
        return []
    if len(found.candidates) == MOST:
        raise refusals.AssessmentFull
    session, person = found.session, _admitted(seen.state(PERSON, command.worker), command.by.today)
    if session.training_class is not None:
        _require_of_class(session, command.worker, classes.known(seen.state(CLASS, session.training_class)))
    fee, group = charged(session.standard_fee, session.kind, person.groups_on(session.held_on), session.held_on)
    return [
        CandidateRegistered(
            assessment=session.assessment,
            worker=command.worker,
            charged_fee=fee,
            reduced_for=group,
            registered_on=command.by.today,
            official=command.by.official,
            organisation=command.by.organisation,
        )
    ]


def _admitted(person: Person, today: date) -> Person:
    if person.region is None:
        raise refusals.CandidateNotKnown
    if person.canonical is not None:
        raise refusals.CandidateLinked
    if person.ended is not None:
        raise refusals.CandidateEnded
    if person.is_restricted(today):
        raise refusals.CandidateRestricted
    return person


def _require_of_class(session: AssessmentScheduled, worker: str, trained: classes.Known) -> None:
    """A test at the end of a training is for who has completed it (R-CRT-06)."""
    completed = trained.members.get(worker) == COMPLETED
    if not trained.had(worker) or (session.route == COMPLETION and not completed):
        raise refusals.CandidateNotOfClass


def record(command: RecordScores, found: Open) -> Sequence[AssessmentEvent]:
    """Again before the confirmation takes the place of what was recorded."""
    session, candidate, by = found.session, found.candidates.get(command.worker), command.by
    if candidate is None:
        raise refusals.NotACandidate
    if by.today < session.held_on:
        raise refusals.NotHeldYet
    scores = Scores(
        theory=command.theory,
        practice=command.practice,
        absent=command.absent,
        source=command.source,
        official=by.official,
    )
    _require_fit(session, scores)
    if candidate.scores == scores:
        return []
    return [
        ScoresRecorded(
            assessment=session.assessment,
            worker=command.worker,
            theory=command.theory,
            practice=command.practice,
            absent=command.absent,
            source=command.source,
            official=by.official,
            organisation=by.organisation,
        )
    ]


def _require_fit(session: AssessmentScheduled, scores: Scores) -> None:
    given = {part for part, score in (("theory", scores.theory), ("practice", scores.practice)) if score is not None}
    if given != (set() if scores.absent else set(route(session.route).parts)):
        raise refusals.ScoresUnfit


def confirm(command: ConfirmResults, found: Assessment, seen: Seen) -> Sequence[AssessmentEvent]:
    """By another person than who recorded scores or assessed. Who has passed gets the id of a certificate."""
    if isinstance(found, Confirmed):
        return []
    known, by = still_open(found), command.by
    session, body = known.session, bodies.known(seen.state(BODY, command.body))
    if body.is_suspended(by.today):
        raise refusals.BodyIsSuspended
    if not session.held_on <= command.issued_on <= by.today:
        raise refusals.IssueDayWrong
    require_independence(session, body, seen)
    results = _results(known)
    if by.official in {*session.assessors, *_recorders(known)}:
        raise refusals.OwnScores
    issuer = bodies.issuer(body)
    return [
        ResultsConfirmed(
            assessment=session.assessment,
            body=session.body,
            kind=session.kind,
            occupation=session.occupation,
            level=session.level,
            region=session.region,
            training_class=session.training_class,
            issued_on=command.issued_on,
            valid_until=route(session.route).valid_until(command.issued_on),
            number_prefix=prefix(session.kind, issuer, session.level, command.issued_on),
            standard_fee=session.standard_fee,
            results=results,
            official=by.official,
            organisation=by.organisation,
        )
    ]


def _recorders(found: Open) -> frozenset[str]:
    return frozenset(each.scores.official for each in found.candidates.values() if each.scores)


def _results(found: Open) -> tuple[Result, ...]:
    if not found.candidates:
        raise refusals.ScoresMissing
    return tuple(_result(found.session, worker, candidate) for worker, candidate in found.candidates.items())


def _result(session: AssessmentScheduled, worker: str, candidate: Candidate) -> Result:
    if candidate.scores is None:
        raise refusals.ScoresMissing
    outcome = _outcome(session, candidate.scores)
    certificate = same_id("certificate", session.assessment, worker) if outcome == PASSED else None
    return Result(worker=worker, outcome=outcome, certificate=certificate, charged_fee=candidate.charged_fee)


def _outcome(session: AssessmentScheduled, scores: Scores) -> str:
    """The pass mark in each part."""
    if scores.absent:
        return ABSENT
    mark = route(session.route).pass_mark
    given = (score for score in (scores.theory, scores.practice) if score is not None)
    return PASSED if all(score >= mark for score in given) else FAILED


def void(command: VoidAssessment, found: Assessment) -> Sequence[AssessmentEvent]:
    """Its results count no more; a policy revokes their certificates."""
    known, by = scheduled(found), command.by
    if isinstance(known, Voided):
        return []
    results = known.results if isinstance(known, Confirmed) else ()
    return [
        AssessmentVoided(
            assessment=known.session.assessment,
            certificates=tuple(each.certificate for each in results if each.certificate),
            reason=command.reason,
            voided_on=by.today,
            official=by.official,
            organisation=by.organisation,
        )
    ]


def reads(command: AssessmentCommand) -> Iterable[Read]:
    match command:
        case ScheduleAssessment() | ConfirmResults():
            yield Read(BODY, command.body)
            if command.training_class is not None:
                yield Read(CLASS, command.training_class)
        case RegisterCandidate(worker=worker, training_class=training_class):
            yield Read(PERSON, worker)
            if training_class is not None:
                yield Read(CLASS, training_class)
        case RecordScores() | VoidAssessment():
            return
        case _:
            assert_never(command)


ASSESSMENT: Final[Decider[AssessmentCommand, AssessmentEvent, Assessment]] = Decider(
    category="assessment",
    initial=Unknown(),
    decide=decide,
    evolve=evolve,
    events=AssessmentEvent,
    reads=reads,
)
