"""One worker as they are now, folded from their stream; nothing personal."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from contracts.days import Day
from contracts.memberships import Membership, groups_on
from eventcore.clock import Clock, legal_day
from eventcore.web import ApiRequest, router
from eventcore.web.waiting import WaitFor, WaitSeconds, until_view
from fastapi import APIRouter, Query
from pydantic import BaseModel
from starlette.responses import Response

from registry.key_counties import is_key_county
from registry.profiles.profile import Profile, represented
from registry.workers.api import WorkerId
from registry.workers.lookup import within_reach
from registry.workers.priority import reasons
from registry.workers.state import Registered

FEEDS = "policy/when_survey_approved_register_worker"


class StatusOut(BaseModel):
    """What the newest survey that counts found, how old that is, and whether it is too old. 就业状况及其时效。"""

    employment_status: str
    employment_form: str | None
    work_region: str | None
    as_of: date
    age_days: int
    stale: bool


class WishesOut(BaseModel):
    """What the worker wishes, since when that is known. 意愿。"""

    wishes: list[str]
    recorded_on: date


class EligibilityOut(BaseModel):
    """What was decided, and when. 资格认定。"""

    eligible: bool
    assessed_on: date


class DesignationOut(BaseModel):
    """The plan under which the worker is a trainee. 培训对象。"""

    plan: str
    designated_on: date


class AttentionOut(BaseModel):
    """Why, and the first day without it. 重点关注。"""

    reason: str
    until: date


class WithdrawnDeathOut(BaseModel):
    """A death that was recorded wrongly, and what ended by it: people decide on it anew. 已撤销的死亡登记及其影响。"""

    died_on: date
    household: str | None
    plan: str | None
    attention: str | None


class WorkerOut(BaseModel):
    """A worker without personal data. 劳动者（不含个人信息）。"""

    worker: str
    version: int
    as_of: date
    household_region: str
    key_county: bool
    household: str | None
    groups: list[str]
    memberships: list[Membership]
    priority: list[str]
    status: StatusOut | None
    wishes: WishesOut | None
    eligibility: EligibilityOut | None
    designation: DesignationOut | None
    attention: AttentionOut | None
    deceased_on: date | None
    withdrawn_death: WithdrawnDeathOut | None
    canonical: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How a worker is shown. `stale_days`: a status that is older gets a warning."""

    clock: Clock
    stale_days: int

    async def read_worker(
        self,
        worker: WorkerId,
        request: ApiRequest,
        on: Annotated[Day | None, Query(description="Groups of this legal day; today. 截止日期。")] = None,
        wait_for: WaitFor = None,
        wait_seconds: WaitSeconds = 5,
        profile: Profile = None,
    ) -> Response:
        """A worker with groups as of a day, status with its age, wishes, designation, attention; no personal data.

        劳动者情况：某日群体、就业状况时效、意愿、培训对象、重点关注，不含个人信息。
        """
        await until_view(request.web.store.pool, FEEDS, wait_for, wait_seconds)
        found, version = await within_reach(request, str(worker))
        shown = self.out(found, version, on or legal_day(self.clock))
        body = represented(shown, profile)
        return Response(body, media_type="application/json", headers={"ETag": f'"{version}"'})

    def out(self, worker: Registered, version: int, day: date) -> WorkerOut:
        """As of that day, as far as what is shown has days."""
        return WorkerOut(
            worker=worker.worker,
            version=version,
            as_of=day,
            household_region=worker.household_region,
            key_county=is_key_county(worker.household_region, day),
            household=worker.household,
            groups=list(groups_on(worker.groups, day)),
            memberships=list(worker.groups),
            priority=list(reasons(worker.groups, day)),
            status=self._status(worker),
            wishes=WishesOut(wishes=list(worker.wishes.wishes), recorded_on=worker.wishes.recorded_on)
            if worker.wishes
            else None,
            eligibility=EligibilityOut(eligible=worker.assessment.eligible, assessed_on=worker.assessment.assessed_on)
            if worker.assessment
            else None,
            designation=DesignationOut(plan=worker.designated.plan, designated_on=worker.designated.designated_on)
            if worker.designated
            else None,
            attention=AttentionOut(reason=worker.attention.reason, until=worker.attention.until)
            if worker.attention
            else None,
            deceased_on=worker.deceased_on,
            withdrawn_death=WithdrawnDeathOut.model_validate(worker.withdrawn_death, from_attributes=True)
            if worker.withdrawn_death
            else None,
            canonical=worker.canonical,
        )

    def _status(self, worker: Registered) -> StatusOut | None:
        if worker.status is None:
            return None
        status, as_of = worker.status
        age = (legal_day(self.clock) - as_of).days
        return StatusOut(
            employment_status=status.employment_status,
            employment_form=status.employment_form,
            work_region=status.work_region,
            as_of=as_of,
            age_days=age,
            stale=age > self.stale_days,
        )


def routes(shown: Shown) -> APIRouter:
    """The route, with what it needs."""
    found = router()
    found.add_api_route(
        "/v1/workers/{worker}", shown.read_worker, methods=["GET"], tags=["workers"], response_model=WorkerOut
    )
    return found
