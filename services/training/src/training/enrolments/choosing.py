"""The route that shows classes of a region with their taken seats, among them what is open for choice."""

from datetime import date
from typing import Annotated, Any, Final

from contracts.occupation import OccupationText
from contracts.region import RegionCode, bounds
from eventcore.clock import legal_day
from eventcore.web import ApiRequest, Paged, router
from fastapi import Query
from pydantic import BaseModel
from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select
from sqlmodel import col

from training.classes.api import Standing
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
) -> Select[Any]:
    """`open_on`: those that may be chosen on that day."""
    first, last = bounds(region)
    revoked_on = _revoked_on()
    wanted: list[ColumnElement[bool]] = [col(ClassTable.region).between(first, last)]
    if occupation is not None:
        wanted.append(col(ClassTable.occupation) == occupation)
    if institution is not None:
        wanted.append(col(ClassTable.institution) == institution)
    if state is not None:
        wanted.append(col(ClassTable.state) == state)
    if open_on is not None:
        wanted += [col(ClassTable.state) == "open", col(ClassTable.ends_on) >= open_on, revoked_on.is_(None)]
    columns = CLASSES.definition, _taken().label("taken"), revoked_on.label("institution_revoked_on")
    return select(*columns).where(*wanted)


classes_listed = router()


@classes_listed.get("/v1/classes", tags=["classes"], response_model=ClassPage)
async def list_classes(
    request: ApiRequest,
    page: Paged,
    region: Annotated[RegionCode, Query(description="A county, prefecture or province. 行政区划代码。")],
    occupation: Annotated[OccupationText | None, Query(description="Edition and code. 职业（版本/代码）。")] = None,
    state: Annotated[Standing | None, Query(description="How they stand. 状态。")] = None,
    only_open: Annotated[bool, Query(description="Those that may be chosen today. 仅可选班级。")] = False,
) -> ClassPage:
    """Classes of a region; an institution sees its own. 班级列表，可供选择的班级亦在此查询。"""
    own = request.caller.organisation if request.caller.office == INSTITUTION_OFFICE else None
    if own is None:
        request.require_region(region)
    request.leave_region_to_rules()
    wanted = classes_in(region, occupation, state, own, legal_day() if only_open else None)
    place = ClassTable.region, ClassTable.training_class  # within a region in the order in which they were filed
    rows, following = await page.shown(CLASSES, ClassListed, wanted, *place)
    return ClassPage(classes=rows, next=following)
