"""Routes that show students: the living ledger and who is due in it, the changes of a month, and one student."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final, TypeAlias

from contracts.region import RegionCode, bounds
from eventcore.clock import legal_day
from eventcore.readers import queries
from eventcore.web import ApiRequest, Paged, router
from fastapi import Query
from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlmodel import col
from starlette.responses import Response

from training.lookup import INSTITUTION_OFFICE
from training.students.api import StudentId, within_reach
from training.students.bodies import Month
from training.students.events import InternshipArranged, MonthlyStudentCheck, Study
from training.students.months import after, month_of
from training.students.state import AtSchool
from training.students.views.changes import CHANGES, ChangeRow, ChangeTable
from training.students.views.ledger import STUDENTS, StudentRow, StudentTable
from training.students.views.persons import PERSONS, PersonTable

Region: TypeAlias = Annotated[RegionCode, Query(description="A county, prefecture or province. 行政区划代码。")]
THERE: Final = "AT_SCHOOL"
ON_LEAVE: Final = "ON_LEAVE"


class LedgerOut(BaseModel):
    """Students, without names, and the cursor of the next page where there may be one. 学生动态台账。"""

    students: list[StudentRow]
    stood_for: Annotated[
        Mapping[str, str], Field(description="Worker, and who stands for them, of those who are listed. 同一人的标识")
    ]
    next: str | None


class ChangesOut(BaseModel):
    """What changed in a month: how often in all, and one by one. 每月异动。"""

    month: str
    counted: Mapping[str, int]
    changes: list[ChangeRow]
    next: str | None


class StudentOut(BaseModel):
    """A student with what was seen of them. 学生档案。"""

    version: int
    at_school: bool
    study: Study
    mentors: Mapping[str, str]
    checks: list[MonthlyStudentCheck]
    internship: InternshipArranged | None


def within(
    request: ApiRequest, table: type[StudentTable | ChangeTable], region: str
) -> tuple[ColumnElement[bool], ...]:
    """Rows of a region's schools; a school sees its own alone. Problem."""
    place = col(table.region).between(*bounds(region))
    if request.caller.office == INSTITUTION_OFFICE:
        request.leave_region_to_rules()
        return place, col(table.school) == request.caller.organisation
    request.require_region(region)
    return (place,)


def due_in(month: str) -> tuple[ColumnElement[bool], ...]:
    """Who is at school, and nobody looked in that month, or nobody is named who helps or looks (R-TRN-13, R-REG-16)."""
    unseen = or_(col(StudentTable.checked).is_(None), col(StudentTable.checked) < month)
    unnamed = or_(col(StudentTable.officer).is_(None), col(StudentTable.mentor).is_(None))
    begun = col(StudentTable.starts_on) < after(month)
    return col(StudentTable.status) == THERE, begun, or_(unseen, unnamed)


def at_school_twice() -> tuple[ColumnElement[bool], ...]:
    """Two ids of one person are both at school: admitted before anybody knew. One leaves, which a person decides."""
    is_there = col(StudentTable.status).in_((THERE, ON_LEAVE))
    person = func.coalesce(col(PersonTable.canonical), col(StudentTable.worker))
    known = select(col(StudentTable.worker)).outerjoin(PersonTable, col(PersonTable.worker) == col(StudentTable.worker))
    more = known.with_only_columns(person).where(is_there).group_by(person).having(func.count() > 1)
    return is_there, col(StudentTable.worker).in_(known.where(person.in_(more)))


def standing(workers: Sequence[str]) -> Select[Any]:
    return select(PERSONS.definition).where(col(PersonTable.worker).in_(workers))


def counted_by_change(*wanted: ColumnElement[bool]) -> Select[Any]:
    return select(col(ChangeTable.change), func.count()).where(*wanted).group_by(col(ChangeTable.change))


students_shown = router()


@students_shown.get("/v1/students", tags=["students"], response_model=LedgerOut)
async def list_students(
    request: ApiRequest,
    page: Paged,
    region: Region,
    poor: Annotated[bool, Query(description="Those of poor families alone. 仅贫困家庭学生。")] = False,
    due: Annotated[Month | None, Query(description="Not looked at in this month, or by nobody. 应监测未监测。")] = None,
    twice: Annotated[bool, Query(description="Those whom two ids are at school for. 同一人以两个标识在读。")] = False,
) -> LedgerOut:
    """The living ledger of students (R-REG-14); with `due` those whose monthly check or mentor is missing (R-REG-16);
    with `twice` those of whom another id is at school too: a person decides which place is given up.

    学生动态台账；可查询应监测而未监测、未确定帮扶人员的学生，以及同一人重复在读的情形。
    """
    wanted = within(request, StudentTable, region)
    if poor:
        wanted += (col(StudentTable.poor).is_(True),)
    if due is not None:
        wanted += due_in(due)
    if twice:
        wanted += at_school_twice()
    rows, following = await page.rows(STUDENTS, select(STUDENTS.definition).where(*wanted), StudentTable.id)
    known = await queries.Query(standing([each.worker for each in rows])).fetch(request.web.store.pool)
    stood_for = {each["worker"]: each["canonical"] for each in known}
    return LedgerOut(students=rows, stood_for=stood_for, next=following)


@students_shown.get("/v1/student-changes", tags=["students"], response_model=ChangesOut)
async def list_changes(
    request: ApiRequest,
    page: Paged,
    region: Region,
    month: Annotated[Month | None, Query(description="This month, unless said. 默认本月。")] = None,
) -> ChangesOut:
    """The report of a month: who came, changed, graduated or left (R-REG-15). 每月上报异动情况。"""
    asked = month or month_of(legal_day())
    wanted = (*within(request, ChangeTable, region), col(ChangeTable.month) == asked)
    rows, following = await page.rows(CHANGES, select(CHANGES.definition).where(*wanted), ChangeTable.id)
    counted = await queries.Query(counted_by_change(*wanted)).fetch(request.web.store.pool)
    return ChangesOut(month=asked, counted={row[0]: row[1] for row in counted}, changes=rows, next=following)


@students_shown.get("/v1/students/{worker}", tags=["students"], response_model=StudentOut)
async def read_student(worker: StudentId, request: ApiRequest) -> Response:
    """A student, who helps, and what was seen every month. 学生帮扶和监测档案。"""
    student, study, version = await within_reach(request, str(worker))
    there = student if isinstance(student, AtSchool) else None
    shown = StudentOut(
        version=version,
        at_school=there is not None,
        study=study,
        mentors=there.mentors if there else {},
        checks=list(there.checks.values()) if there else [],
        internship=there.internship if there else None,
    )
    return Response(shown.model_dump_json(), media_type="application/json", headers={"ETag": f'"{version}"'})
