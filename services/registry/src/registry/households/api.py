"""Routes of households: body -> command -> handle -> answer; and one household as it is now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from eventcore.clock import Clock, legal_day
from eventcore.ids import new_id
from eventcore.web import ApiRequest, CommandRequest, posts, router
from eventcore.web.acting import dated, signed
from fastapi import APIRouter, Path
from pydantic import BaseModel
from starlette.responses import Response

from registry.households import commands
from registry.households.bodies import (
    HeadIn,
    HouseholdIn,
    HouseholdSurveyIn,
    MemberIn,
    MoveIn,
    RemovalIn,
    StatusIn,
)
from registry.households.events import StatusPeriod
from registry.households.household import HOUSEHOLD
from registry.households.state import Household, Member, Registered, known

HouseholdId = Annotated[UUID, Path(description="Id of the household. 户编号。")]


class HouseholdAnswer(BaseModel):
    """What a command on a household answers: its id, the number of members who ever joined, the version. 户编号。"""

    household: str
    members: int
    version: int


class HouseholdOut(BaseModel):
    """A household without personal data. 家庭情况（不含个人信息）。"""

    household: str
    version: int
    region: str
    status: str | None
    statuses: list[StatusPeriod]
    surveyed_on: date | None
    members: list[Member]


def answer(household: Household, version: int) -> Mapping[str, object]:
    found = known(household)
    return {"household": found.household, "members": len(found.members), "version": version}


async def within_reach(request: ApiRequest | CommandRequest, key: str) -> tuple[Registered, int]:
    """The household, which is there and lies in the caller's region. Problem."""
    found, version = await request.web.store.state(HOUSEHOLD, key)
    if not isinstance(found, Registered):
        raise request.not_there()
    request.require_region(found.region)
    return found, version


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The routes, with what they need."""

    province: str
    clock: Clock
    mint: Callable[[], str] = new_id

    async def _on(self, request: CommandRequest, household: UUID, command: commands.HouseholdCommand) -> Response:
        await within_reach(request, str(household))
        return await request.handle(HOUSEHOLD, str(household), command, reply=answer)

    async def register(self, body: HouseholdIn, request: CommandRequest) -> Response:
        """Registers a household (R-REG-08). 登记家庭户。"""
        request.require_region(body.region)
        key = self.mint()
        command = commands.RegisterHousehold(
            household=key,
            region=body.region,
            evidence=body.evidence,
            **signed(request),
            province=self.province,
            today=legal_day(self.clock),
        )
        return await request.handle(HOUSEHOLD, key, command, reply=answer)

    async def move(self, household: HouseholdId, body: MoveIn, request: CommandRequest) -> Response:
        """The household lives in another county of the province. 迁移。"""
        command = commands.MoveHousehold(
            region=body.region,
            moved_on=body.moved_on,
            evidence=body.evidence,
            **signed(request),
            province=self.province,
            today=legal_day(self.clock),
        )
        return await self._on(request, household, command)

    async def add_member(self, household: HouseholdId, body: MemberIn, request: CommandRequest) -> Response:
        """A member joined: a worker, or somebody of whom only relation and age group are kept. 添加成员。"""
        command = commands.AddMember(
            worker=str(body.worker) if body.worker else None,
            relation=body.relation,
            age_group=body.age_group,
            joined_on=body.joined_on,
            **dated(request, self.clock),
        )
        return await self._on(request, household, command)

    async def remove_member(self, household: HouseholdId, body: RemovalIn, request: CommandRequest) -> Response:
        """A member left. 成员离开。"""
        command = commands.RemoveMember(
            member=body.member,
            left_on=body.left_on,
            reason=body.reason,
            **dated(request, self.clock),
        )
        return await self._on(request, household, command)

    async def name_head(self, household: HouseholdId, body: HeadIn, request: CommandRequest) -> Response:
        """Another member is the head from now on. 变更户主。"""
        command = commands.NameHead(
            member=body.member,
            relation_of_before=body.relation_of_before,
            named_on=body.named_on,
            **dated(request, self.clock),
        )
        return await self._on(request, household, command)

    async def survey(self, household: HouseholdId, body: HouseholdSurveyIn, request: CommandRequest) -> Response:
        """What the caller found out about the family (R-REG-08, R-REG-09). 家庭摸底，摸查人为调用者本人。"""
        by = request.caller
        command = commands.SurveyHousehold(
            surveyed_on=body.surveyed_on,
            surveyor=by.subject,
            organisation=by.organisation,
            members=tuple(each.found() for each in body.members),
            today=legal_day(self.clock),
        )
        return await self._on(request, household, command)

    async def set_status(self, household: HouseholdId, body: StatusIn, request: CommandRequest) -> Response:
        """The household's poverty status from a day on (R-REG-08, R-REG-23). 贫困状况变更。"""
        command = commands.SetStatus(
            status=body.status,
            valid_from=body.valid_from,
            valid_to=body.valid_to,
            evidence=body.evidence,
            **dated(request, self.clock),
        )
        return await self._on(request, household, command)

    async def read(self, household: HouseholdId, request: ApiRequest) -> Response:
        """A household with its members and its poverty status over time; no personal data. 家庭情况。"""
        found, version = await within_reach(request, str(household))
        present = found.status_on(legal_day(self.clock))
        shown = HouseholdOut(
            household=found.household,
            version=version,
            region=found.region,
            status=present.status if present else None,
            statuses=list(found.statuses),
            surveyed_on=found.surveyed_on,
            members=list(found.members),
        )
        return Response(shown.model_dump_json(), media_type="application/json", headers={"ETag": f'"{version}"'})


def routes(handlers: Routes) -> APIRouter:
    """What changes and shows households, by path."""
    found = router()
    post = posts(found, "/v1/households", "households", HouseholdAnswer)
    post("", handlers.register)
    post("/{household}/region", handlers.move)
    post("/{household}/members", handlers.add_member)
    post("/{household}/member-removals", handlers.remove_member)
    post("/{household}/head", handlers.name_head)
    post("/{household}/surveys", handlers.survey)
    post("/{household}/status", handlers.set_status)
    found.add_api_route(
        "/v1/households/{household}", handlers.read, methods=["GET"], tags=["households"], response_model=HouseholdOut
    )
    return found
