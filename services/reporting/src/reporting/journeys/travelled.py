"""What a person's steps make: their order, what of them still holds, how far the person has come. Pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal, TypeAlias, cast, get_args

from pydantic import BaseModel, ConfigDict, Field

from reporting.employment.standing import Standing
from reporting.journeys.view import KINDS, StepKind, StepRow

MOST: Final = 500
"""Steps of one answer, the newest. Nobody has so many; a bound keeps the answer small where somebody does."""

State: TypeAlias = Literal[
    "DECEASED",
    "STABLE",
    "EMPLOYED",
    "TRANSFERRED",
    "DISPATCHED",
    "CERTIFIED",
    "COMPLETED",
    "ENROLLED",
    "DESIGNATED",
    "REGISTERED",
    "APPROVED",
    "PENDING",
    "REJECTED",
    "INVALIDATED",
]
"""The furthest first."""
_STATE_AFTER: Final[dict[str, State]] = {
    "WORKER_DECEASED": "DECEASED",
    "STABLE_EMPLOYMENT_REACHED": "STABLE",
    "EMPLOYMENT_STARTED": "EMPLOYED",
    "JOB_NOTED": "EMPLOYED",
    "ARRIVED": "TRANSFERRED",
    "DISPATCHED": "DISPATCHED",
    "CERTIFICATE_ISSUED": "CERTIFIED",
    "TRAINING_COMPLETED": "COMPLETED",
    "ENROLLED": "ENROLLED",
    "TRAINEE_DESIGNATED": "DESIGNATED",
    "WORKER_REGISTERED": "REGISTERED",
    "SURVEY_APPROVED": "APPROVED",
    "SURVEY_RECORDED": "PENDING",
    "SURVEY_REJECTED": "REJECTED",
}
_WORKPLACES: Final = ("EMPLOYMENT_STARTED", "ARRIVED", "ACCEPTED")
"""Where a worker of another province is answered for, who has no household here."""
_ORDER: Final = tuple(KINDS.values())
_HOMES: Final[tuple[tuple[str, ...], ...]] = (
    ("SURVEY_APPROVED", "WORKER_MOVED"),
    ("WORKER_REGISTERED",),
    ("SURVEY_RECORDED", "SURVEY_REJECTED"),
)


class Step(BaseModel):
    model_config = ConfigDict(frozen=True)

    step: StepKind
    at: datetime = Field(description="When it happened. 发生时间。")
    region: str | None = Field(
        description="Household region of a survey, a move or a claim; place of a class, an assessment or a job. "
        "摸查、迁移、补贴事项的户籍地，或培训、评价、就业地点。",
        examples=["520526"],
    )
    survey: str | None = Field(description="Stream id of the survey. 摸查记录。")
    about: str | None = Field(
        description="Plan, class, intake, certificate, claim, payment, job or transfer, or the linked worker. "
        "所涉计划、班级、招生、证书、事项、支付、就业、转移或关联人员。"
    )
    amount: int | None = Field(description="Money, or the wage of a month, in fen. 金额或月工资（分）。")
    event: str = Field(description="Id of the public event. 公共事件标识。")
    source: str = Field(examples=["/cn/520000/registry"])
    reason: str | None = Field(description="Why it was rejected, ended, failed or taken back. 原因。")
    counts: bool = Field(
        description="False: it was invalidated or corrected, and counts no more. 否：已作废或更正，此步骤不再计入。"
    )
    trace_id: str | None = Field(
        description="Trace of the request that caused it. 引发此事的调用链标识。",
        examples=["4bf92f3577b34da6a3ce929d0e0e4736"],
    )


class Journey(BaseModel):
    model_config = ConfigDict(frozen=True)

    worker: str = Field(description="Who stands for all who were found to be this person. 代表此人的劳动者标识。")
    linked: list[str] = Field(description="Found to be the same person. 判定为同一人的其他标识。")
    state: State = Field(description="The furthest that was reached and holds. 目前所处状态。")
    region: str = Field(
        description="Where the household is by the newest approved survey or move, or by what there is. "
        "最近一次审核通过的摸查或迁移的户籍地。"
    )
    employment: Standing = Field(description="Whether the person has work, and how old that is. 就业状况及其时效。")
    position: int = Field(description="How far of reporting's log this is known. 截至的日志位置。")
    steps: list[Step] = Field(description="In the order of time. 按时间先后。")
    complete: bool = Field(description=f"False: only the newest {MOST} are shown. 否：仅显示最近 {MOST} 步。")


def travelled(
    worker: str,
    steps: Sequence[StepRow],
    *,
    employment: Standing,
    position: int,
    complete: bool,
    linked: Sequence[str] = (),
) -> Journey:
    """The journey that these steps make, in whatever order they are given; there is at least one."""
    ordered = _in_order(steps)
    void = {step.survey for step in ordered if step.kind == "SURVEY_INVALIDATED"}
    fallen = {step.corrects for step in ordered if step.corrects}
    holding = [step for step in ordered if _counts(step, void, fallen)]
    own = [step for step in ordered if step.worker == worker]
    return Journey(
        worker=worker,
        linked=list(linked),
        state=_state(holding),
        region=_region(own, void) or _region(ordered, void) or "",
        employment=employment,
        position=position,
        steps=[_shown(step, counts=step in holding) for step in ordered],
        complete=complete,
    )


def _counts(step: StepRow, void: set[str | None], fallen: set[str]) -> bool:
    """A registration holds for good: the person stays known, whatever becomes of the survey."""
    if step.kind == "WORKER_REGISTERED":
        return True
    return (step.survey is None or step.survey not in void) and _event_of(step) not in fallen


def _event_of(step: StepRow) -> str:
    """`stream/version`, as corrections name it."""
    return step.event.rpartition("/")[0]


def _region(ordered: Sequence[StepRow], void: set[str | None]) -> str | None:
    """Of the newest step of the best kind that holds. A survey that nobody has approved does not move a known worker:
    else whoever records one would get to see the journey."""
    for kinds in _HOMES:
        for step in reversed(ordered):
            if step.kind in kinds and _is_of_own_province(step) and (step.survey is None or step.survey not in void):
                return step.region
    surveyed = [step.region for step in ordered if step.survey is not None and _is_of_own_province(step)]
    placed = surveyed or [step.region for step in ordered if step.kind in _WORKPLACES]
    return placed[-1] if placed else None


def _is_of_own_province(step: StepRow) -> bool:
    """Whether the household lies in the province that says so. A guest's does not: the place of work answers."""
    province = step.source.split("/")[2]
    return step.region is not None and step.region[:2] == province[:2]


def _state(holding: Sequence[StepRow]) -> State:
    """Of a survey its newest step; of everything else what still holds."""
    newest = {step.survey or step.event: step for step in sorted(holding, key=_by_version)}
    later = [step for step in holding if step.kind not in ("SURVEY_RECORDED", "SURVEY_APPROVED", "SURVEY_REJECTED")]
    reached = {_STATE_AFTER.get(step.kind) for step in (*newest.values(), *later)}
    return next((state for state in get_args(State) if state in reached), "INVALIDATED")


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
        places.append((at, _ORDER.index(cast(StepKind, step.kind)), step.event, step))
    return [step for _, _, _, step in sorted(places, key=lambda place: place[:3])]


def _shown(step: StepRow, *, counts: bool) -> Step:
    return Step(
        step=cast(StepKind, step.kind),
        at=step.happened_at,
        region=step.region,
        survey=step.survey,
        about=step.about,
        amount=step.amount,
        event=step.event,
        source=step.source,
        reason=step.reason,
        counts=counts,
        trace_id=step.trace.split("-")[1] if step.trace else None,
    )
