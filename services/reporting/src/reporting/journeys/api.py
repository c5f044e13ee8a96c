"""GET /v1/workers/{worker}/journey"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Final, Literal, TypeAlias, cast

from eventcore.readers.queries import Query
from eventcore.web import ApiRequest, Problem, router
from eventcore.web.waiting import WaitFor, WaitSeconds, until_view
from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Select, String, bindparam, select

from reporting.asking import CHECKPOINTS
from reporting.journeys.view import JOURNEYS, StepKind, StepRow

MOST: Final = 500
"""Steps of one answer, the newest. Nobody has so many; a bound keeps the answer small where somebody does."""

State: TypeAlias = Literal["REGISTERED", "APPROVED", "PENDING", "REJECTED", "INVALIDATED"]
_STATE_AFTER: Final[dict[str, State]] = {
    "WORKER_REGISTERED": "REGISTERED",
    "SURVEY_APPROVED": "APPROVED",
    "SURVEY_RECORDED": "PENDING",
    "SURVEY_REJECTED": "REJECTED",
}
_ORDER: Final = ("SURVEY_RECORDED", "SURVEY_APPROVED", "SURVEY_REJECTED", "WORKER_REGISTERED", "SURVEY_INVALIDATED")

routes: Final = router()


class Step(BaseModel):
    model_config = ConfigDict(frozen=True)

    step: StepKind
    at: datetime = Field(description="When it happened. 发生时间。")
    region: str = Field(description="Household region of the survey. 摸查时的户籍地。", examples=["520526"])
    survey: str = Field(description="Stream id of the survey. 摸查记录。")
    event: str = Field(description="Id of the public event. 公共事件标识。")
    source: str = Field(examples=["/cn/520000/registry"])
    reason: str | None = Field(description="Why it was rejected or invalidated. 不通过或作废原因。")
    counts: bool = Field(
        description="False: the survey was invalidated, and the step counts no more. 否：该摸查已作废，此步骤不再计入。"
    )
    trace_id: str | None = Field(
        description="Trace of the request that caused it. 引发此事的调用链标识。",
        examples=["4bf92f3577b34da6a3ce929d0e0e4736"],
    )


class Journey(BaseModel):
    model_config = ConfigDict(frozen=True)

    worker: str
    state: State = Field(description="The furthest that was reached and holds. 目前所处状态。")
    region: str = Field(
        description="Household region of the newest approved survey, or of what there is. "
        "最近一次审核通过的摸查的户籍地。"
    )
    position: int = Field(description="How far of reporting's log this is known. 截至的日志位置。")
    steps: list[Step] = Field(description="In the order of time. 按时间先后。")
    complete: bool = Field(description=f"False: only the newest {MOST} are shown. 否：仅显示最近 {MOST} 步。")


@routes.get("/v1/workers/{worker}/journey", tags=["journeys"])
async def journey(
    request: ApiRequest,
    worker: Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$", description="劳动者标识。")],
    wait_for: WaitFor = None,
    wait_seconds: WaitSeconds = 5,
) -> Journey:
    """What happened to a worker, step by step, each with the trace that leads to its cause (R-TRN-39, R-REG-38).

    劳动者经历：逐步列出，每一步附调用链标识，可追溯到起因。
    """
    pool = request.web.store.pool
    await until_view(pool, JOURNEYS.reader, wait_for, wait_seconds)
    records = await _NEWEST.fetch(pool, worker=worker)
    if not records:
        raise Problem("not_found")
    steps = [StepRow.model_construct(**{name: record[name] for name in StepRow.model_fields}) for record in records]
    found = travelled(worker, steps[:MOST], position=records[0]["standing"], complete=len(steps) <= MOST)
    request.require_region(found.region)
    return found


def travelled(worker: str, steps: Sequence[StepRow], *, position: int, complete: bool) -> Journey:
    """The journey that these steps make, in whatever order they are given; there is at least one."""
    ordered = _in_order(steps)
    void = {step.survey for step in ordered if step.kind == "SURVEY_INVALIDATED"}
    holding = [step for step in ordered if _counts(step, void)]
    return Journey(
        worker=worker,
        state=_state(holding),
        region=_region(ordered, void),
        position=position,
        steps=[_shown(step, counts=step in holding) for step in ordered],
        complete=complete,
    )


def _counts(step: StepRow, void: set[str]) -> bool:
    """A registration holds for good: the person stays known, whatever becomes of the survey."""
    return step.kind == "WORKER_REGISTERED" or step.survey not in void


def _region(ordered: Sequence[StepRow], void: set[str]) -> str:
    """Of the newest step of the best kind that holds. A survey that nobody has approved does not move a known worker:
    else whoever records one would get to see the journey."""
    for kinds in (("SURVEY_APPROVED",), ("WORKER_REGISTERED",), ("SURVEY_RECORDED", "SURVEY_REJECTED")):
        for step in reversed(ordered):
            if step.kind in kinds and step.survey not in void:
                return step.region
    return ordered[-1].region


def _state(holding: Sequence[StepRow]) -> State:
    if any(step.kind == "WORKER_REGISTERED" for step in holding):
        return "REGISTERED"
    newest = {step.survey: step.kind for step in sorted(holding, key=_by_version)}
    reached = {_STATE_AFTER[kind] for kind in newest.values()}
    order: tuple[State, ...] = ("APPROVED", "PENDING", "REJECTED")
    return next((state for state in order if state in reached), "INVALIDATED")


def _by_version(step: StepRow) -> int:
    return step.version


def _in_order(steps: Sequence[StepRow]) -> list[StepRow]:
    """By time, but within a stream by version: an approval is dated when it was asked for, which may be a moment before
    its survey was recorded. At the same moment in the order in which one follows from the other."""
    latest: dict[str, datetime] = {}
    places: list[tuple[datetime, int, str, StepRow]] = []
    for step in sorted(steps, key=_by_version):
        stream = step.event.partition("/")[0]
        at = latest[stream] = max(step.happened_at, latest.get(stream, step.happened_at))
        places.append((at, _ORDER.index(step.kind), step.event, step))
    return [step for _, _, _, step in sorted(places, key=lambda place: place[:3])]


def _shown(step: StepRow, *, counts: bool) -> Step:
    return Step(
        step=cast(StepKind, step.kind),
        at=step.happened_at,
        region=step.region,
        survey=step.survey,
        event=step.event,
        source=step.source,
        reason=step.reason,
        counts=counts,
        trace_id=step.trace.split("-")[1] if step.trace else None,
    )


def _newest() -> Select[Any]:
    row = JOURNEYS.definition.c
    standing = select(CHECKPOINTS.c.position).where(CHECKPOINTS.c.reader == JOURNEYS.reader).scalar_subquery()
    return (
        select(JOURNEYS.definition, standing.label("standing"))
        .where(row.worker == bindparam("worker", type_=String))
        .order_by(row.happened_at.desc(), row.version.desc(), row.event)
        .limit(MOST + 1)
    )


_NEWEST: Final = Query(_newest())
