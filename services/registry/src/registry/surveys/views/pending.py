"""Read model: surveys on which somebody has to act, by county. They wait for a review, or, being wrong, to be made
again. Delete this file and the feature is gone."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal, assert_never

from contracts.memberships import groups_on
from contracts.region import RegionCode, bounds
from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import Row, View, table_name
from eventcore.web import ApiRequest, Paged, router
from fastapi import Query
from pydantic import BaseModel
from sqlalchemy import ARRAY, DateTime, Index, Select, String, column, exists, select, table
from sqlalchemy.sql.functions import concat
from sqlmodel import Field, col

from registry.privacy.events import PersonalDataErased
from registry.surveys.events import SurveyApproved, SurveyEvent, SurveyInvalidated, SurveyRecorded, SurveyRejected
from registry.surveys.survey import CORRECTION, SURVEY

CODEC: Final = Codec(SURVEY.events)
State = Literal["pending", "invalidated"]
WORKER_STREAM: Final = "worker"
_STREAM: Final = SURVEY.stream("")


class PendingSurvey(Row):
    survey: str = Field(primary_key=True)
    state: str
    county: str
    """Whose offices have to act: of the household, or of a guest's work."""
    household_region: str
    worker: str
    groups: list[str] = Field(sa_type=ARRAY(String))
    surveyed_on: date
    surveyor: str | None
    organisation: str
    reason: str | None
    since: datetime = Field(sa_type=DateTime(timezone=True))


NAME: Final = table_name("pending", __file__, CODEC)


class PendingTable(PendingSurvey, table=True):
    __tablename__ = NAME
    __table_args__ = (Index(f"{NAME}_place", "state", "county", "survey"), {"schema": "views"})


def keys(fact: Fact[SurveyEvent]) -> Iterable[str]:
    return (_key(fact),)


def fold(row: PendingSurvey | None, fact: Fact[SurveyEvent]) -> PendingSurvey | None:
    match fact.event:
        case SurveyRecorded() as recorded:
            return _row(fact, recorded, "pending", surveyor=recorded.surveyor)
        case SurveyApproved() | SurveyRejected():
            return None
        case SurveyInvalidated() as invalidated:
            return _row(fact, invalidated, "invalidated", reason=invalidated.reason)
        case _:
            assert_never(fact.event)


def _row(
    fact: Fact[SurveyEvent],
    event: SurveyRecorded | SurveyInvalidated,
    state: State,
    *,
    surveyor: str | None = None,
    reason: str | None = None,
) -> PendingSurvey:
    return PendingSurvey(
        survey=_key(fact),
        state=state,
        county=event.guest_in or event.household_region,
        household_region=event.household_region,
        worker=event.worker,
        groups=list(groups_on(event.groups, event.surveyed_on)),
        surveyed_on=event.surveyed_on,
        surveyor=surveyor,
        organisation=event.organisation,
        reason=reason,
        since=fact.occurred_at,
    )


def _key(fact: Fact[SurveyEvent]) -> str:
    return fact.stream.removeprefix(_STREAM)


PENDING: Final = View(row=PendingSurvey, table=PendingTable, keys=keys, fold=fold, own=(CODEC,))

_guards = table("guards", column("scope"), column("key"), schema="log")
_events = table("events", column("stream_id"), column("type"), schema="log")


def waiting(state: State, region: str) -> Select[Any]:
    """The order of their ids is that of their recording. What was made again already is told by the guard of the
    correction; about erased workers, of whom nobody can say who they were, nothing."""
    corrected = exists().where(_guards.c.scope == CORRECTION, _guards.c.key == PendingTable.survey)
    stream = concat(f"{WORKER_STREAM}-", col(PendingTable.worker))
    erased = exists().where(_events.c.stream_id == stream, _events.c.type == PersonalDataErased.type)
    return select(PENDING.definition).where(
        col(PendingTable.state) == state,
        col(PendingTable.county).between(*bounds(region)),
        ~erased,
        *([~corrected] if state == "invalidated" else []),
    )


class PendingPage(BaseModel):
    """Surveys without personal data, and the cursor of the next page where there may be one."""

    surveys: list[PendingSurvey]
    next: str | None


surveys_waiting = router()


@surveys_waiting.get("/v1/surveys", tags=["surveys"])
async def list_surveys(
    request: ApiRequest,
    page: Paged,
    region: Annotated[RegionCode, Query(description="A county, prefecture or province. 县、市或省的行政区划代码。")],
    state: Annotated[State, Query(description="What has to be done. 待审核，或作废后待重新摸查。")] = "pending",
) -> PendingPage:
    """Surveys on which somebody has to act, in a region and everything in it. 某行政区划内待办的摸查。"""
    request.require_region(region)
    rows, following = await page.rows(PENDING, waiting(state, region), PendingTable.county, PendingTable.survey)
    return PendingPage(surveys=rows, next=following)
