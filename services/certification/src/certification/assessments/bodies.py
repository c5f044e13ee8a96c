"""Bodies of the routes of assessments, and what they answer."""

from datetime import date
from typing import Annotated
from uuid import UUID

from contracts.certificate_codes import AssessmentRouteCode, RevocationReasonCode
from contracts.occupation import OccupationText
from contracts.public_event import EntityId
from contracts.region import RegionCode
from contracts.skills import SkillLevelCode
from eventcore.web import Body, example
from pydantic import BaseModel, Field

from certification.assessments.state import Candidate, Confirmed, Open, Scheduled, Scores, Voided

Points = Annotated[int | None, Field(ge=0, le=100, description="Of 100. 百分制成绩")]


class AssessmentIn(Body):
    """A session: what, where, when, who assesses, for which class. 评价计划。"""

    model_config = example(
        {
            "route": "LEVEL_RECOGNITION",
            "occupation": "2022/6-29-01-04",
            "level": "5",
            "held_on": "2026-05-12",
            "region": "520526",
            "assessors": ["kao-1", "kao-2"],
            "supervisor": "du-1",
            "training_class": "0190a1b2-0000-7000-8000-0000000000c1",
        }
    )

    route: AssessmentRouteCode
    occupation: OccupationText
    level: SkillLevelCode
    held_on: date
    region: RegionCode
    mobile: Annotated[bool, Field(description="At the trainees' place. 送评价上门")] = False
    assessors: Annotated[tuple[EntityId, ...], Field(min_length=1, max_length=20)]
    supervisor: EntityId | None = None
    training_class: UUID | None = None


class CandidatesIn(Body):
    """Workers by their ids. 考生。"""

    model_config = example(
        {"workers": ["0190a1b2-0000-7000-8000-000000000001", "0190a1b2-0000-7000-8000-000000000002"]}
    )

    workers: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=60)]


class ScoreIn(Body):
    """A candidate's scores in the parts that the route tests, or that they were absent. 成绩。"""

    worker: UUID
    theory: Points = None
    practice: Points = None
    absent: bool = False


class ScoresIn(Body):
    """Scores of up to 60 candidates; `source` names the results file of an exam system (R-CRT-16). 成绩登记。"""

    model_config = example(
        {
            "scores": [
                {"worker": "0190a1b2-0000-7000-8000-000000000001", "theory": 80, "practice": 75},
                {"worker": "0190a1b2-0000-7000-8000-000000000002", "absent": True},
            ],
            "source": "exam-2026-05",
        }
    )

    scores: Annotated[tuple[ScoreIn, ...], Field(min_length=1, max_length=60)]
    source: EntityId | None = None


class ConfirmationIn(Body):
    """The day that the certificates bear; today where it is missing. 确认结果。"""

    model_config = example({"issued_on": "2026-05-18"})

    issued_on: date | None = None


class VoidingIn(Body):
    """Why the results do not count. 作废。"""

    model_config = example({"reason": "RULES_BROKEN"})

    reason: RevocationReasonCode


class AssessmentAnswer(BaseModel):
    """What a command on an assessment answers. 评价编号、状态与版本。"""

    assessment: str
    state: str
    version: int


class ScoresOut(BaseModel):
    theory: int | None
    practice: int | None
    absent: bool
    source: str | None


class CandidateOut(BaseModel):
    """A candidate by the worker's id; the fee in fen; the outcome once results are confirmed. 考生。"""

    worker: str
    charged_fee: int
    reduced_for: str | None
    scores: ScoresOut | None
    outcome: str | None
    certificate: str | None


class AssessmentOut(AssessmentAnswer):
    """A session with its candidates. 一次评价及其考生。"""

    body: str
    route: str
    kind: str
    occupation: str
    level: str
    held_on: date
    region: str
    mobile: bool
    assessors: list[str]
    supervisor: str | None
    training_class: str | None
    independent: bool
    """Nobody who assesses or oversees it is known to have trained or taught its class; else its results are not
    confirmed. 评价人员均未参与该班级培训。"""
    standard_fee: int
    candidates: list[CandidateOut]


def state_of(found: Scheduled) -> str:
    match found:
        case Open():
            return "SCHEDULED"
        case Confirmed():
            return "CONFIRMED"
        case Voided():
            return "VOIDED"


def shown(found: Scheduled, version: int, *, independent: bool) -> AssessmentOut:
    """As it is; the results that a voided one had, too."""
    session = found.session
    results = {} if isinstance(found, Open) else {each.worker: each for each in found.results}
    candidates = []
    for worker, candidate in found.candidates.items():
        result = results.get(worker)
        outcome, certificate = (result.outcome, result.certificate) if result else (None, None)
        candidates.append(_candidate(worker, candidate, outcome, certificate))
    return AssessmentOut(
        assessment=session.assessment,
        state=state_of(found),
        version=version,
        body=session.body,
        route=session.route,
        kind=session.kind,
        occupation=session.occupation,
        level=session.level,
        held_on=session.held_on,
        region=session.region,
        mobile=session.mobile,
        assessors=list(session.assessors),
        supervisor=session.supervisor,
        training_class=session.training_class,
        independent=independent,
        standard_fee=session.standard_fee,
        candidates=candidates,
    )


def _candidate(worker: str, candidate: Candidate, outcome: str | None, certificate: str | None) -> CandidateOut:
    return CandidateOut(
        worker=worker,
        charged_fee=candidate.charged_fee,
        reduced_for=candidate.reduced_for,
        scores=_scores(candidate.scores) if candidate.scores else None,
        outcome=outcome,
        certificate=certificate,
    )


def _scores(scores: Scores) -> ScoresOut:
    return ScoresOut(theory=scores.theory, practice=scores.practice, absent=scores.absent, source=scores.source)
