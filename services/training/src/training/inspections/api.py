"""Routes of spot checks: a committee is formed, draws, finds and evaluates; others say what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final
from uuid import UUID

from contracts.region import bounds
from eventcore.clock import Clock, legal_day
from eventcore.ids import new_id
from eventcore.readers import queries
from eventcore.web import ApiRequest, CommandRequest, Problem, posts, router
from eventcore.web.acting import dated
from eventcore.web.waiting import WaitFor, WaitSeconds, until_view
from fastapi import APIRouter, Path
from pydantic import BaseModel
from sqlalchemy import ColumnElement, Select, select
from sqlmodel import col
from starlette.responses import Response

from training.enrolments.views.roster import ROSTER, RosterTable
from training.inspections import inspection as rules
from training.inspections.bodies import CommitteeIn, EvaluationIn, FindingIn, ResolutionIn, SampleIn
from training.inspections.events import (
    CommitteeFormed,
    EvaluationPublished,
    FindingRecorded,
    FindingResolved,
    SampleDrawn,
    Scope,
)
from training.inspections.inspection import INSPECTION, Formed, Inspection, known

InspectionId = Annotated[UUID, Path(description="Id of the inspection. 抽查编号。")]
MOST_SEATS: Final = 50_000


class InspectionAnswer(BaseModel):
    """What a command on an inspection answers: how many samples and findings there are. 抽查编号与版本。"""

    inspection: str
    samples: int
    findings: int
    version: int


class InspectionOut(BaseModel):
    """An inspection whole. 抽查、问题、整改与评估。"""

    version: int
    committee: CommitteeFormed
    samples: list[SampleDrawn]
    findings: list[FindingRecorded]
    resolved: list[FindingResolved]
    evaluations: list[EvaluationPublished]


def answer(inspection: Inspection, version: int) -> Mapping[str, object]:
    found = known(inspection)
    return {
        "inspection": found.committee.inspection,
        "samples": len(found.samples),
        "findings": len(found.findings),
        "version": version,
    }


def seats_given(region: str, scope: Scope) -> Select[Any]:
    """All of whom a sample is drawn."""
    first, last = bounds(region)
    wanted: list[ColumnElement[bool]] = [
        col(RosterTable.region).between(first, last),
        col(RosterTable.enrolled_on).between(scope.since, scope.until),
    ]
    if scope.institution is not None:
        wanted.append(col(RosterTable.institution) == scope.institution)
    return select(col(RosterTable.id)).where(*wanted).order_by(col(RosterTable.id)).limit(MOST_SEATS + 1)


async def _formed(request: ApiRequest | CommandRequest, key: str) -> tuple[Formed, int]:
    found, version = await request.web.store.state(INSPECTION, key)
    if not isinstance(found, Formed):
        raise request.not_there()
    request.require_region(found.committee.region)
    return found, version


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The routes, with what they need."""

    clock: Clock
    mint: Callable[[], str] = new_id

    async def form(self, body: CommitteeIn, request: CommandRequest) -> Response:
        """Forms a committee of experts who are independent of the office (R-ADD-04). 成立专家咨询委员会。"""
        request.require_region(body.region)
        key = self.mint()
        command = rules.FormCommittee(
            inspection=key,
            region=body.region,
            members=body.members,
            evidence=body.evidence,
            **dated(request, self.clock),
        )
        return await request.handle(INSPECTION, key, command, reply=answer)

    async def draw(
        self,
        inspection: InspectionId,
        body: SampleIn,
        request: CommandRequest,
        wait_for: WaitFor = None,
        wait_seconds: WaitSeconds = 5,
    ) -> Response:
        """Draws a sample of seats by a seed; the same seed draws the same. 按种子抽样，可重复验证。"""
        found, _ = await _formed(request, str(inspection))
        scope = Scope(institution=body.institution, since=body.since, until=body.until)
        pool = request.web.store.pool
        await until_view(pool, ROSTER.reader, wait_for, wait_seconds)
        rows = await queries.Query(seats_given(found.committee.region, scope)).fetch(pool)
        if len(rows) > MOST_SEATS:
            raise Problem("sample_population_too_large")
        command = rules.DrawSample(
            scope=scope,
            seed=body.seed,
            size=body.size,
            population=tuple(row["id"] for row in rows),
            by=request.caller.subject,
            organisation=request.caller.organisation,
            today=legal_day(self.clock),
        )
        return await request.handle(INSPECTION, str(inspection), command, reply=answer)

    async def find(self, inspection: InspectionId, body: FindingIn, request: CommandRequest) -> Response:
        """Records what does not hold of somebody in a sample, in any step. 登记抽查发现的问题。"""
        await _formed(request, str(inspection))
        command = rules.RecordFinding(
            sample=body.sample,
            subject=f"{body.training_class}/{body.worker}",
            step=body.step,
            kind=body.kind,
            fact=body.fact,
            evidence=body.evidence,
            by=request.caller.subject,
            organisation=request.caller.organisation,
            today=legal_day(self.clock),
        )
        return await request.handle(INSPECTION, str(inspection), command, reply=answer)

    async def resolve(self, inspection: InspectionId, body: ResolutionIn, request: CommandRequest) -> Response:
        """Says what came of a finding; nobody of the committee does. 登记整改结果。"""
        await _formed(request, str(inspection))
        command = rules.ResolveFinding(
            finding=body.finding,
            outcome=body.outcome,
            evidence=body.evidence,
            **dated(request, self.clock),
        )
        return await request.handle(INSPECTION, str(inspection), command, reply=answer)

    async def evaluate(self, inspection: InspectionId, body: EvaluationIn, request: CommandRequest) -> Response:
        """Publishes the committee's verdict on a sample, with its counts. 发布独立评估。"""
        await _formed(request, str(inspection))
        command = rules.PublishEvaluation(
            sample=body.sample,
            verdict=body.verdict,
            evidence=body.evidence,
            by=request.caller.subject,
            organisation=request.caller.organisation,
            today=legal_day(self.clock),
        )
        return await request.handle(INSPECTION, str(inspection), command, reply=answer)

    async def read(self, inspection: InspectionId, request: ApiRequest) -> Response:
        """An inspection with samples, findings and what came of them. 抽查详情。"""
        found, version = await _formed(request, str(inspection))
        shown = InspectionOut(
            version=version,
            committee=found.committee,
            samples=list(found.samples),
            findings=list(found.findings),
            resolved=list(found.resolved.values()),
            evaluations=list(found.evaluations.values()),
        )
        return Response(shown.model_dump_json(), media_type="application/json", headers={"ETag": f'"{version}"'})


def routes(handlers: Routes) -> APIRouter:
    """What changes and shows inspections, by path."""
    found = router()
    post = posts(found, "/v1/inspections", "inspections", InspectionAnswer)
    post("", handlers.form)
    post("/{inspection}/samples", handlers.draw)
    post("/{inspection}/findings", handlers.find)
    post("/{inspection}/resolutions", handlers.resolve)
    post("/{inspection}/evaluations", handlers.evaluate)
    found.add_api_route(
        "/v1/inspections/{inspection}",
        handlers.read,
        methods=["GET"],
        tags=["inspections"],
        response_model=InspectionOut,
    )
    return found
