"""Routes that change surveys: body -> command -> handle -> answer.

The server mints the survey's id. A retry with the same Idempotency-Key mints another one, which is dropped: the door
knows the command's id and gives the stored answer, with the id of the survey that was recorded the first time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal, Protocol, TypeAlias
from uuid import UUID

from eventcore.clock import Clock, legal_day
from eventcore.exchange.stewards import AS_STEWARD
from eventcore.ids import new_id
from eventcore.web import BATCH, CommandRequest, Each, Problem, posts, router
from eventcore.web.acting import signed
from eventcore.web.auth import Caller
from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import Response

from registry.indexes.person_index import PersonIndex
from registry.surveys.bodies import (
    ApprovedIn,
    EmployedIn,
    InvalidationIn,
    RejectedIn,
    RejectionIn,
    ReviewBatchIn,
    SurveyBatchIn,
    SurveyIn,
)
from registry.surveys.commands import (
    ApproveSurvey,
    Employed,
    InvalidateSurvey,
    RecordSurvey,
    RejectSurvey,
    SurveyCommand,
    Told,
)
from registry.surveys.lookup import look_up
from registry.surveys.survey import SURVEY, Facts, Survey, Unknown, known, standing
from registry.surveys.views.survey import SurveyId
from registry.vault import NumberIndex

Responses: TypeAlias = dict[int | str, dict[str, Any]]
CLOCKS_APART: Final = timedelta(milliseconds=250)
"""An approval happened when it was asked for, a little before it is carried out. The log refuses facts of the future,
so its clock and this one may differ by as much."""


def answer(survey: Survey, version: int) -> Mapping[str, object]:
    """What a command on a survey answers: ids, state and version."""
    facts = known(survey).facts
    return {"survey": facts.survey, "worker": facts.worker, "state": standing(survey), "version": version}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """What is needed to turn a body into a command."""

    province: str
    made_up_people: bool
    index: NumberIndex
    person: PersonIndex
    clock: Clock
    mint: Callable[[], str] = new_id

    def record(self, body: SurveyIn, survey: str, caller: Caller) -> RecordSurvey:
        """The surveyor is who calls: the responsible person cannot be somebody else (R-REG-37)."""
        return self.recorded(survey, caller.subject, caller.organisation, body.told())

    def recorded(self, survey: str, surveyor: str, organisation: str, told: Told) -> RecordSurvey:
        """The same for whatever else brings surveys."""
        indexes = self.index.all_of(told["number"])
        return RecordSurvey(
            survey=survey,
            surveyor=surveyor,
            organisation=organisation,
            **told,
            number_index=indexes[0],
            number_indexes=indexes,
            signs=self.person.signs(
                name=told["name"],
                number=told["number"],
                phone=told["phone"],
                former_number=told.get("former_number"),
            ),
            new_worker=self.mint(),
            today=legal_day(self.clock),
            province=self.province,
            made_up_people=self.made_up_people,
        )

    def approve(self, facts: Facts, caller: Caller) -> ApproveSurvey:
        at, guest = self.clock.now() - CLOCKS_APART, facts.worker if facts.guest_in else None
        return ApproveSurvey(reviewer=caller.subject, organisation=caller.organisation, at=at, guest=guest)

    def reject(self, caller: Caller, reason: str) -> RejectSurvey:
        return RejectSurvey(reviewer=caller.subject, organisation=caller.organisation, reason=reason)

    def review(self, item: ApprovedIn | RejectedIn, facts: Facts, caller: Caller) -> ApproveSurvey | RejectSurvey:
        return self.approve(facts, caller) if isinstance(item, ApprovedIn) else self.reject(caller, item.reason)

    def county(self, household: str, employment: object) -> str:
        """Whose offices may record a survey: of the household, or, of somebody from another province, of the work."""
        work = employment.region if isinstance(employment, EmployedIn | Employed) else household
        return work if household[:2] != self.province[:2] == work[:2] else household


class Waits(Protocol):
    """Whether somebody's id has to be asked of the province of the number first."""

    async def pending(self, request: CommandRequest, number: str, region: str) -> Response | None:
        """The answer that says so."""


class Routes:
    """The routes, with their counter."""

    def __init__(self, counter: Counter, asking: Waits) -> None:
        self._counter = counter
        self._asking = asking

    async def record_survey(self, body: SurveyIn, request: CommandRequest) -> Response:
        """Records what a named surveyor found (R-REG-37). A number of another province waits with 202 until that one
        said who it is: then the same request is sent again.

        Who is registered in another province is surveyed by the county where they work, while this province is
        responsible for them.

        登记摸查信息，摸查人为调用者本人；外省号码须先由该省答复人员标识，未答复前返回 202，请稍后重发。
        外省户籍人员由本省管辖期间，由其就业地摸查。
        """
        request.require_region(self._counter.county(body.household_region, body.employment))
        if waits := await self._asking.pending(request, body.number, body.household_region):
            return waits
        key = self._counter.mint()
        return await request.handle(SURVEY, key, self._counter.record(body, key, request.caller), reply=answer)

    async def approve_survey(self, survey: SurveyId, request: CommandRequest) -> Response:
        """Another person than the surveyor approves the survey (R-REG-35). 审核通过。"""
        return await _on_survey(request, survey, lambda facts: self._counter.approve(facts, request.caller))

    async def reject_survey(self, survey: SurveyId, body: RejectionIn, request: CommandRequest) -> Response:
        """Another person than the surveyor rejects the survey (R-REG-35). 审核不通过。"""
        return await _on_survey(request, survey, lambda _: self._counter.reject(request.caller, body.reason))

    async def invalidate_survey(self, survey: SurveyId, body: InvalidationIn, request: CommandRequest) -> Response:
        """The survey was wrong: it counts no more and has to be made again (R-REG-39). 作废，须重新摸查。"""
        command = InvalidateSurvey(**signed(request), reason=body.reason)
        return await _on_survey(request, survey, lambda _: command)

    async def record_surveys(self, body: SurveyBatchIn, request: CommandRequest) -> Response:
        """Records up to 500 surveys, each for itself, with a verdict each. 批量登记，逐条答复。"""
        request.leave_region_to_rules()  # each item has its own
        return await request.handle_each([self._recorded(item, request) for item in body.items()])

    def _recorded(self, item: SurveyIn | Problem, request: CommandRequest) -> Each | Problem:
        if isinstance(item, Problem):
            return item
        if not request.may_touch(self._counter.county(item.household_region, item.employment)):
            return Problem("region_not_yours")
        key = self._counter.mint()
        return Each(SURVEY, key, self._counter.record(item, key, request.caller), reply=answer)

    async def review_surveys(self, body: ReviewBatchIn, request: CommandRequest) -> Response:
        """Reviews up to 500 surveys, each for itself, with a verdict each. 批量审核，逐条答复。"""
        request.leave_region_to_rules()  # each item has its own
        surveys = await look_up(request.web.store, [str(item.survey) for item in body.reviews])
        return await request.handle_each(
            [self._reviewed(item, surveys[str(item.survey)], request) for item in body.reviews]
        )

    def _reviewed(self, item: ApprovedIn | RejectedIn, survey: Survey, request: CommandRequest) -> Each | Problem:
        if isinstance(survey, Unknown):
            return Problem("not_found")
        if not request.may_touch(survey.facts.county):
            return Problem("region_not_yours")
        command = self._counter.review(item, survey.facts, request.caller)
        return Each(SURVEY, str(item.survey), command, occurred_at=_happened_at(command), reply=answer)


async def _on_survey(request: CommandRequest, survey: UUID, command_on: Callable[[Facts], SurveyCommand]) -> Response:
    """Carries out a command on a survey that is there and lies in the caller's region; `command_on` its facts."""
    key = str(survey)
    found = (await look_up(request.web.store, [key]))[key]
    if isinstance(found, Unknown):
        raise request.not_there()
    request.require_region(found.facts.county)
    command = command_on(found.facts)
    return await request.handle(SURVEY, key, command, occurred_at=_happened_at(command), reply=answer)


def _happened_at(command: SurveyCommand) -> datetime | None:
    return command.at if isinstance(command, ApproveSurvey) else None


class SurveyAnswer(BaseModel):
    """What a command on a survey answers. 摸查编号、劳动者编号、状态与版本。"""

    survey: str
    worker: str
    state: Literal["pending", "approved", "rejected", "invalidated"]
    version: int


def routes(counter: Counter, asking: Waits, waiting: Responses) -> APIRouter:
    """What changes surveys, by path; `waiting` describes the answer to who has to wait."""
    found, handlers = router(), Routes(counter, asking)
    post = posts(found, "", "surveys", SurveyAnswer)
    found.add_api_route(
        "/v1/surveys",
        handlers.record_survey,
        methods=["POST"],
        status_code=201,
        tags=["surveys"],
        response_model=SurveyAnswer,
        responses=waiting,
        dependencies=AS_STEWARD,
    )
    post("/v1/surveys/{survey}/approval", handlers.approve_survey, dependencies=AS_STEWARD)
    post("/v1/surveys/{survey}/rejection", handlers.reject_survey)
    post("/v1/surveys/{survey}/invalidation", handlers.invalidate_survey)
    for path, batch in (
        ("/v1/survey-batches", handlers.record_surveys),
        ("/v1/review-batches", handlers.review_surveys),
    ):
        found.add_api_route(
            path, batch, methods=["POST"], tags=["surveys"], responses={200: BATCH}, dependencies=AS_STEWARD
        )
    return found
