"""Routes that show classes: those of a region, among them what is open for choice; and one with what was held."""

from datetime import date
from typing import Annotated, Any, Final

from contracts.occupation import OccupationText
from contracts.region import RegionCode, bounds
from eventcore.clock import legal_day
from eventcore.readers import queries
from eventcore.web import ApiRequest, router
from eventcore.web.waiting import WaitFor, WaitSeconds, until_view
from fastapi import Query
from pydantic import BaseModel
from sqlalchemy import ScalarSelect, Select, func, select, tuple_
from sqlmodel import col
from starlette.responses import Response

from training.classes.api import STANDINGS, ClassId, Standing
from training.classes.events import ClassFiled
from training.classes.lookup import within_reach
from training.classes.state import Closed, Declined, Open
from training.classes.views.classes import CLASSES, ClassRow, ClassTable
from training.enrolments.views.roster import RosterTable
from training.institutions.views.bases import BaseTable
from training.lookup import INSTITUTION_OFFICE

SEATED: Final = ("ENROLLED", "COMPLETED", "FAILED")


class ClassListed(ClassRow):
    """A class with its taken seats, and since when its institution is revoked. 班级。"""

    taken: int
    institution_revoked_on: date | None


class ClassPage(BaseModel):
    """Classes, and the cursor of the next page where there may be one."""

    classes: list[ClassListed]
    next: str | None


class SessionOut(BaseModel):
    """A session as it stands; `present` says how many were there. 授课情况。"""

    session: int
    on: date
    starts_at: str
    minutes: int
    form: str
    teacher: str
    present: int


class ClassOut(BaseModel):
    """A class with its teaching plan and what was held. 班级详情。"""

    version: int
    state: Standing
    rejected_for: str | None
    closed_on: date | None
    filed: ClassFiled
    sessions: list[SessionOut]


def _taken() -> ScalarSelect[Any]:
    seated = col(RosterTable.training_class) == col(ClassTable.training_class), col(RosterTable.status).in_(SEATED)
    return select(func.count()).where(*seated).scalar_subquery()


def _revoked_on() -> ScalarSelect[Any]:
    """The newest accreditation has an end only where it was revoked."""
    found = select(col(BaseTable.ended_on)).where(col(BaseTable.institution) == col(ClassTable.institution))
    return found.order_by(col(BaseTable.accreditation).desc()).limit(1).scalar_subquery()


def classes_in(
    region: str,
    occupation: str | None,
    state: str | None,
    institution: str | None,
    open_on: date | None,
    after: tuple[str, str],
    limit: int,
) -> Select[Any]:
    """By place, and there in the order in which they were filed. `open_on`: those that may be chosen on that day."""
    first, last = bounds(region)
    place = tuple_(col(ClassTable.region), col(ClassTable.training_class))
    revoked_on = _revoked_on()
    wanted = [col(ClassTable.region).between(first, last), place > after]
    if occupation is not None:
        wanted.append(col(ClassTable.occupation) == occupation)
    if institution is not None:
        wanted.append(col(ClassTable.institution) == institution)
    if state is not None:
        wanted.append(col(ClassTable.state) == state)
    if open_on is not None:
        wanted += [col(ClassTable.state) == "open", col(ClassTable.ends_on) >= open_on, revoked_on.is_(None)]
    columns = CLASSES.definition, _taken().label("taken"), revoked_on.label("institution_revoked_on")
    return select(*columns).where(*wanted).order_by(col(ClassTable.region), col(ClassTable.training_class)).limit(limit)


classes_shown = router()


@classes_shown.get("/v1/classes", tags=["classes"], response_model=ClassPage)
async def list_classes(
    request: ApiRequest,
    region: Annotated[RegionCode, Query(description="A county, prefecture or province. 行政区划代码。")],
    occupation: Annotated[OccupationText | None, Query(description="Edition and code. 职业（版本/代码）。")] = None,
    state: Annotated[Standing | None, Query(description="How they stand. 状态。")] = None,
    only_open: Annotated[bool, Query(description="Those that may be chosen today. 仅可选班级。")] = False,
    cursor: Annotated[str, Query(max_length=500)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    wait_for: WaitFor = None,
    wait_seconds: WaitSeconds = 5,
) -> ClassPage:
    """Classes of a region; an institution sees its own. 班级列表，可供选择的班级亦在此查询。"""
    own = request.caller.organisation if request.caller.office == INSTITUTION_OFFICE else None
    if own is None:
        request.require_region(region)
    request.leave_region_to_rules()
    after = request.after(cursor, tuple[str, str]) if cursor else ("", "")
    pool = request.web.store.pool
    await until_view(pool, CLASSES.reader, wait_for, wait_seconds)
    statement = classes_in(region, occupation, state, own, legal_day() if only_open else None, after, limit)
    rows = await queries.Query(statement).fetch(pool)
    found = [ClassListed.model_construct(**row) for row in rows]
    last = request.cursor(found[-1].region, found[-1].training_class) if len(found) == limit else None
    return ClassPage(classes=found, next=last)


@classes_shown.get("/v1/classes/{training_class}", tags=["classes"], response_model=ClassOut)
async def read_class(training_class: ClassId, request: ApiRequest) -> Response:
    """A class with its teaching plan and what was held. 班级详情。"""
    found, version = await within_reach(request, str(training_class))
    sessions = found.sessions if isinstance(found, Open) else ()
    shown = ClassOut(
        version=version,
        state=STANDINGS[type(found)],
        rejected_for=found.reason if isinstance(found, Declined) else None,
        closed_on=found.closed_on if isinstance(found, Closed) else None,
        filed=found.filed,
        sessions=[
            SessionOut(
                session=each.session,
                on=each.on,
                starts_at=each.starts_at,
                minutes=each.minutes,
                form=each.form,
                teacher=each.teacher,
                present=sum(minutes > 0 for minutes in each.attended.values()),
            )
            for each in sessions
        ],
    )
    return Response(shown.model_dump_json(), media_type="application/json", headers={"ETag": f'"{version}"'})
