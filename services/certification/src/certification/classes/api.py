"""What certification knows of a training class, for those who wait for it."""

from typing import Annotated
from uuid import UUID

from eventcore.web import ApiRequest, Problem, router
from eventcore.web.waiting import WaitFor, WaitSeconds, until_view
from fastapi import Path
from pydantic import BaseModel

from certification.bodies.state import BODY_OFFICE
from certification.classes.training_class import CLASS, Known

FEEDS = "policy/when_training_tells_of_a_worker_note_it_at_the_class"


class ClassOut(BaseModel):
    """A class: who trains, how many stand how, which assessments were for it. 培训班级（评价所知）。"""

    training_class: str
    institution: str
    region: str
    occupation: str
    level: str
    members: dict[str, int]
    assessments: list[str]
    certificates_revoked: bool


classes = router()


@classes.get("/v1/training-classes/{training_class}", tags=["assessments"])
async def read_class(
    training_class: Annotated[UUID, Path(description="Id of the class. 班级编号。")],
    request: ApiRequest,
    wait_for: WaitFor = None,
    wait_seconds: WaitSeconds = 5,
) -> ClassOut:
    """A class, once training has told who teaches and who is in it; `wait_for` takes the id of an event of training.
    班级情况。"""
    request.leave_region_to_rules()
    await until_view(request.web.store.pool, FEEDS, wait_for, wait_seconds)
    found, _ = await request.web.store.state(CLASS, str(training_class))
    if not isinstance(found, Known) or not found.members or found.teachers is None:
        raise Problem("not_found")
    if not (request.caller.office == BODY_OFFICE or request.may_touch(found.region)):
        raise Problem("not_found")
    standings = sorted(found.members.values())
    return ClassOut(
        training_class=found.training_class,
        institution=found.institution,
        region=found.region,
        occupation=found.occupation,
        level=found.level,
        members={each: standings.count(each) for each in standings},
        assessments=list(found.assessments),
        certificates_revoked=found.fall is not None,
    )
