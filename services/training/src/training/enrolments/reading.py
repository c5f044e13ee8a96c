"""Routes that show enrolments: a class's roster with attendance, a worker's learning record, and whom the revocation of
an institution concerns."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from eventcore.readers import queries
from eventcore.web import ApiRequest, Paged, router
from eventcore.web.waiting import WaitFor, WaitSeconds, until_view
from fastapi import Path
from pydantic import BaseModel
from sqlalchemy import Select, and_, or_, select
from sqlmodel import col

from training.classes.api import ClassId
from training.classes.lookup import within_reach
from training.classes.state import Open
from training.enrolments.enrolment import ENROLMENT
from training.enrolments.state import Choice, Designation
from training.enrolments.views.roster import ROSTER, RosterRow, RosterTable
from training.enrolments.views.voided import is_void
from training.institutions.api import InstitutionId, registered

WorkerId = Annotated[UUID, Path(description="Id of the worker. 劳动者编号。")]
PAGE: Final = 1_000


class RosterLine(RosterRow):
    """Somebody who chose, has or had a seat; minutes and days as they stand now. 学员。"""

    attended_minutes: int
    attended_days: int


class RosterOut(BaseModel):
    """A class's roster in the order of the priorities, without names. 学员名册（不含姓名）。"""

    training_class: str
    trainees: list[RosterLine]


class RecordOut(BaseModel):
    """What a worker was designated for, chose and learned, over life (R-TRN-23). 终身学习记录。"""

    worker: str
    version: int
    canonical: str | None
    designations: list[Designation]
    choices: list[Choice]
    classes: list[RosterRow]
    collisions: list[str]
    """Classes at the same time as another, found when two ids turned out to be one person."""


class ConcernedOut(BaseModel):
    """Whom a revocation concerns: who is still in a class, and whose completion counts no more. 涉及学员名单。"""

    institution: str
    ground: str | None
    revoked_on: date | None
    void_from: date | None
    trainees: list[RosterRow]
    next: str | None


def roster_of(training_class: str) -> Select[Any]:
    found: Select[Any] = select(ROSTER.definition).where(col(RosterTable.training_class) == training_class)
    return found.order_by(col(RosterTable.rank), col(RosterTable.chosen_on), col(RosterTable.worker)).limit(PAGE)


def record_of(workers: Sequence[str]) -> Select[Any]:
    found: Select[Any] = select(ROSTER.definition).where(col(RosterTable.worker).in_(workers))
    return found.order_by(col(RosterTable.starts_on), col(RosterTable.id)).limit(PAGE)


def concerned(institution: str) -> Select[Any]:
    """Who has a seat in a class that goes on, and who completed one that counts no more."""
    voided = and_(col(RosterTable.status) == "COMPLETED", is_void())
    touched = or_(col(RosterTable.status) == "ENROLLED", voided)
    return select(ROSTER.definition).where(col(RosterTable.institution) == institution, touched)


enrolments_shown = router()


@enrolments_shown.get("/v1/classes/{training_class}/roster", tags=["enrolments"], response_model=RosterOut)
async def read_roster(
    training_class: ClassId, request: ApiRequest, wait_for: WaitFor = None, wait_seconds: WaitSeconds = 5
) -> RosterOut:
    """Who chose, has or had a seat in a class, with attendance. 学员名册与出勤。"""
    found, _ = await within_reach(request, str(training_class))
    pool = request.web.store.pool
    await until_view(pool, ROSTER.reader, wait_for, wait_seconds)
    rows = [dict(row) for row in await queries.Query(roster_of(str(training_class))).fetch(pool)]
    figures = {row["worker"]: found.attended(row["worker"]) for row in rows} if isinstance(found, Open) else {}
    lines = [
        RosterLine.model_construct(
            **row,
            attended_minutes=figures[row["worker"]].minutes if figures else 0,
            attended_days=figures[row["worker"]].days if figures else 0,
        )
        for row in rows
    ]
    return RosterOut(training_class=str(training_class), trainees=lines)


@enrolments_shown.get("/v1/workers/{worker}/training", tags=["enrolments"], response_model=RecordOut)
async def read_record(
    worker: WorkerId, request: ApiRequest, wait_for: WaitFor = None, wait_seconds: WaitSeconds = 5
) -> RecordOut:
    """What a worker was designated for, chose and learned; classes of other regions are left out. 学习记录。"""
    key, pool = str(worker), request.web.store.pool
    await until_view(pool, ROSTER.reader, wait_for, wait_seconds)
    enrolment, version = await request.web.store.state(ENROLMENT, key)
    if not version:
        raise request.not_there()
    request.leave_region_to_rules()
    known = [key, *dict.fromkeys(other for other, _ in enrolment.taken_over)]
    rows = await queries.Query(record_of(known)).fetch(pool)
    found = [RosterRow.model_construct(**row) for row in rows]
    return RecordOut(
        worker=key,
        version=version,
        canonical=enrolment.canonical,
        designations=list(enrolment.designations),
        choices=list(enrolment.choices),
        classes=[row for row in found if request.may_touch(row.region)],
        collisions=list(enrolment.collisions),
    )


@enrolments_shown.get(
    "/v1/institutions/{institution}/trainees-concerned", tags=["institutions"], response_model=ConcernedOut
)
async def list_concerned(institution: InstitutionId, request: ApiRequest, page: Paged) -> ConcernedOut:
    """Whom the revocation of an institution concerns (R-INS-06, R-RGT-10). 取消资格涉及的学员名单。"""
    found, _ = await registered(request, institution)
    revoked = found.revoked
    rows, following = await page.rows(ROSTER, concerned(institution), RosterTable.id) if revoked else ([], None)
    return ConcernedOut(
        institution=institution,
        ground=revoked.ground if revoked else None,
        revoked_on=revoked.revoked_on if revoked else None,
        void_from=revoked.void_from if revoked else None,
        trainees=rows,
        next=following,
    )
