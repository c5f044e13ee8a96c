"""The route that shows a class with what was held."""

from datetime import date

from eventcore.web import ApiRequest, router
from pydantic import BaseModel
from starlette.responses import Response

from training.classes.api import STANDINGS, ClassId, Standing
from training.classes.events import ClassFiled
from training.classes.lookup import within_reach
from training.classes.state import Closed, Declined, Open


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


classes_shown = router()


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
