"""Routes of assessments: scheduled and held by a body, confirmed by another person, voided by the labour department."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from eventcore.ids import new_id
from eventcore.web import BATCH, ApiRequest, CommandRequest, Each, posts, router
from eventcore.web.acting import acting
from fastapi import APIRouter, Path
from starlette.responses import Response

from certification.assessments.assessment import ASSESSMENT
from certification.assessments.bodies import (
    AssessmentAnswer,
    AssessmentIn,
    AssessmentOut,
    CandidatesIn,
    ConfirmationIn,
    ScoreIn,
    ScoresIn,
    VoidingIn,
    shown,
    state_of,
)
from certification.assessments.commands import (
    ConfirmResults,
    RecordScores,
    RegisterCandidate,
    ScheduleAssessment,
    VoidAssessment,
)
from certification.assessments.scheduling import barred_by
from certification.assessments.state import Assessment, Scheduled, Unknown, scheduled
from certification.bodies import state as bodies
from certification.bodies.body import BODY
from certification.bodies.state import BODY_OFFICE
from certification.classes import training_class as classes
from certification.classes.training_class import CLASS

AssessmentId = Annotated[UUID, Path(description="Id of the assessment. 评价编号。")]


def answer(found: Assessment, version: int) -> Mapping[str, object]:
    known = scheduled(found)
    return {"assessment": known.session.assessment, "state": state_of(known), "version": version}


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The routes, with what they need."""

    mint: Callable[[], str] = new_id

    async def schedule(self, body: AssessmentIn, request: CommandRequest) -> Response:
        """Schedules a session of the caller's body (R-CRT-02, R-CRT-10). 安排评价，评价机构为调用者所在机构。"""
        request.leave_region_to_rules()  # the body's scope and filings say where
        key = self.mint()
        command = ScheduleAssessment(
            assessment=key,
            body=request.caller.organisation,
            route=body.route,
            occupation=body.occupation,
            level=body.level,
            held_on=body.held_on,
            region=body.region,
            mobile=body.mobile,
            assessors=body.assessors,
            supervisor=body.supervisor,
            training_class=str(body.training_class) if body.training_class else None,
            by=acting(request),
        )
        return await request.handle(ASSESSMENT, key, command, reply=answer)

    async def register(self, assessment: AssessmentId, body: CandidatesIn, request: CommandRequest) -> Response:
        """Registers candidates, each for itself with a verdict; again is harmless. 登记考生，逐人答复。"""
        found, _ = await within_reach(request, str(assessment))
        by, trained = acting(request), found.session.training_class
        workers = (str(each) for each in body.workers)
        commands = [RegisterCandidate(worker=worker, training_class=trained, by=by) for worker in workers]
        return await request.handle_each([Each(ASSESSMENT, str(assessment), each, reply=answer) for each in commands])

    async def record(self, assessment: AssessmentId, body: ScoresIn, request: CommandRequest) -> Response:
        """Records scores, each candidate for itself with a verdict (R-CRT-16). 登记成绩，逐人答复。"""
        await within_reach(request, str(assessment))
        commands = [scores_of(each, body.source, request) for each in body.scores]
        return await request.handle_each([Each(ASSESSMENT, str(assessment), each, reply=answer) for each in commands])

    async def confirm(self, assessment: AssessmentId, body: ConfirmationIn, request: CommandRequest) -> Response:
        """Another person confirms the results; who has passed gets a certificate. 他人确认结果，合格者颁发证书。"""
        found, _ = await within_reach(request, str(assessment))
        by, session = acting(request), found.session
        command = ConfirmResults(
            body=session.body,
            training_class=session.training_class,
            issued_on=body.issued_on or by.today,
            by=by,
        )
        return await request.handle(ASSESSMENT, str(assessment), command, reply=answer)

    async def void(self, assessment: AssessmentId, body: VoidingIn, request: CommandRequest) -> Response:
        """The results count no more, and their certificates are revoked (R-CRT-15). 作废评价，撤销其证书。"""
        await within_reach(request, str(assessment))
        command = VoidAssessment(reason=body.reason, by=acting(request))
        return await request.handle(ASSESSMENT, str(assessment), command, reply=answer)

    async def read(self, assessment: AssessmentId, request: ApiRequest) -> Response:
        """A session with its candidates, scores and results, by ids of workers. 一次评价。"""
        found, version = await within_reach(request, str(assessment))
        text = shown(found, version, independent=await is_independent(request, found)).model_dump_json()
        return Response(text, media_type="application/json", headers={"ETag": f'"{version}"'})


async def is_independent(request: ApiRequest, found: Scheduled) -> bool:
    """Whether nobody who assesses or oversees it is known to have trained or taught its class."""
    session = found.session
    if session.training_class is None:
        return True
    trained, _ = await request.web.store.state(CLASS, session.training_class)
    body, _ = await request.web.store.state(BODY, session.body)
    return barred_by(session, bodies.known(body), classes.known(trained)) is None


def scores_of(item: ScoreIn, source: str | None, request: CommandRequest) -> RecordScores:
    """The command; `source` names the file of an exam system."""
    return RecordScores(
        worker=str(item.worker),
        theory=item.theory,
        practice=item.practice,
        absent=item.absent,
        source=source,
        by=acting(request),
    )


async def within_reach(request: ApiRequest | CommandRequest, key: str) -> tuple[Scheduled, int]:
    """The assessment: of the caller's body, or in the region of another office. Problem."""
    found, version = await request.web.store.state(ASSESSMENT, key)
    own = request.caller.office == BODY_OFFICE
    if isinstance(found, Unknown) or (own and found.session.body != request.caller.organisation):
        raise request.not_there()
    if own:
        request.leave_region_to_rules()
    else:
        request.require_region(found.session.region)
    return found, version


def routes(handlers: Routes) -> APIRouter:
    """What changes and shows assessments, by path."""
    found = router()
    post = posts(found, "/v1/assessments", "assessments", AssessmentAnswer)
    post("", handlers.schedule)
    post("/{assessment}/confirmation", handlers.confirm)
    post("/{assessment}/voiding", handlers.void)
    for path, batch in (("candidates", handlers.register), ("scores", handlers.record)):
        found.add_api_route(
            f"/v1/assessments/{{assessment}}/{path}",
            batch,
            methods=["POST"],
            tags=["assessments"],
            responses={200: BATCH},
        )
    found.add_api_route(
        "/v1/assessments/{assessment}",
        handlers.read,
        methods=["GET"],
        tags=["assessments"],
        response_model=AssessmentOut,
    )
    return found
