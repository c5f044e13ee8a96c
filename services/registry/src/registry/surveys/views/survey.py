"""One survey as it is now, folded from its stream: who has just changed it sees that, without waiting for a view."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from contracts.memberships import Membership
from eventcore.store import Store
from eventcore.web import ApiRequest, Problem, router
from fastapi import Path
from pydantic import BaseModel
from starlette.responses import Response

from registry.profiles.profile import Profile, represented
from registry.surveys.events import SurveyApproved, SurveyEvent, SurveyInvalidated, SurveyRecorded, SurveyRejected
from registry.surveys.survey import SURVEY, standing


class Step(BaseModel):
    """Who reviewed or invalidated the survey, and why."""

    what: Literal["approved", "rejected", "invalidated"]
    by: str
    organisation: str
    reason: str | None = None
    approved_at: datetime | None = None


class SurveyOut(BaseModel):
    """A survey without personal data."""

    survey: str
    state: str
    version: int
    worker: str
    surveyor: str
    organisation: str
    household_region: str
    groups: list[Membership]
    surveyed_on: date
    channel: str
    surveyor_kind: str | None
    capture_method: str
    employment_status: str
    employment_form: str | None
    work_region: str | None
    wishes: list[str]
    corrects: str | None
    steps: list[Step]


surveys_read = router()
SurveyId = Annotated[UUID, Path(description="Id of the survey. 摸查编号。")]


@surveys_read.get("/v1/surveys/{survey}", tags=["surveys"], response_model=SurveyOut)
async def read_survey(survey: SurveyId, request: ApiRequest, profile: Profile = None) -> Response:
    """A survey with what was said of it, without personal data. 一条摸查及其审核情况，不含个人信息。"""
    events = await _events(request.web.store, str(survey))
    if not events:
        raise Problem("not_found")
    found = shown(events)
    request.require_region(cast(SurveyRecorded, events[0]).guest_in or found.household_region)
    body = represented(found, profile)
    return Response(body, media_type="application/json", headers={"ETag": f'"{found.version}"'})


def shown(events: list[SurveyEvent]) -> SurveyOut:
    """The first event says what was found, the others what became of it."""
    recorded = cast(SurveyRecorded, events[0])
    state: Any = SURVEY.initial
    for event in events:
        state = SURVEY.evolve(state, event)
    return SurveyOut(
        survey=recorded.survey,
        state=standing(state),
        version=len(events),
        worker=recorded.worker,
        surveyor=recorded.surveyor,
        organisation=recorded.organisation,
        household_region=recorded.household_region,
        groups=list(recorded.groups),
        surveyed_on=recorded.surveyed_on,
        channel=recorded.channel,
        surveyor_kind=recorded.surveyor_kind,
        capture_method=recorded.capture_method,
        employment_status=recorded.employment_status,
        employment_form=recorded.employment_form,
        work_region=recorded.work_region,
        wishes=list(recorded.wishes),
        corrects=recorded.corrects,
        steps=[step for event in events if (step := _step(event))],
    )


def _step(event: SurveyEvent) -> Step | None:
    match event:
        case SurveyApproved():
            return Step(
                what="approved", by=event.reviewer, organisation=event.organisation, approved_at=event.approved_at
            )
        case SurveyRejected():
            return Step(what="rejected", by=event.reviewer, organisation=event.organisation, reason=event.reason)
        case SurveyInvalidated():
            return Step(what="invalidated", by=event.official, organisation=event.organisation, reason=event.reason)
        case SurveyRecorded():
            return None


async def _events(store: Store, key: str) -> list[SurveyEvent]:
    stream, codec = SURVEY.stream(key), store.codec(SURVEY)
    loaded = await store.loader.load([stream])
    return [cast(SurveyEvent, codec.decode(*stored)) for stored in loaded.streams.get(stream, ())]
