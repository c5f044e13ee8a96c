"""Routes of comparisons: which there are and when they are due, a run, and what it found."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated
from uuid import UUID

from eventcore.web import ApiRequest, Body, CommandRequest, Problem, example, router
from fastapi import APIRouter, Path
from pydantic import AfterValidator, BaseModel, Field
from starlette.responses import Response

from registry.matching.comparison import Comparison, comparisons, sides_of
from registry.matching.rhythm.quarters import Quarter, due_on
from registry.matching.rhythm.rhythm import RHYTHM
from registry.matching.runs.run import RUN
from registry.matching.runs.running import Runner
from registry.matching.snapshots.view import KeptSnapshot, newest


def _quarter(text: str) -> str:
    return str(Quarter.parse(text))


class RunIn(Body):
    """Which snapshots are compared, by system. 指定各系统的数据快照进行比对。"""

    model_config = example(
        {
            "comparison": "three-systems",
            "snapshots": {
                "registered-poverty": "0190a1b2-0000-7000-8000-0000000000a7",
                "technical-school-registration": "0190a1b2-0000-7000-8000-0000000000a8",
                "real-name-training": "0190a1b2-0000-7000-8000-0000000000a9",
            },
            "quarter": "2026-Q4",
        }
    )

    comparison: Annotated[str, Field(max_length=60)]
    snapshots: Annotated[dict[Annotated[str, Field(max_length=60)], UUID], Field(min_length=2, max_length=10)]
    quarter: Annotated[str, AfterValidator(_quarter), Field(max_length=7, examples=["2026-Q4"])] | None = None


class RunAnswer(BaseModel):
    """What a run found. 比对结果。"""

    run: str
    comparison: str
    quarter: str
    found: int
    gone: int
    version: int


class RuleOut(BaseModel):
    """One thing that systems are compared in. 比对规则。"""

    rule: str
    zh: str
    en: str
    sides: list[str]


class SideOut(BaseModel):
    """A system and its newest snapshot, with which a run would be made. 系统及最新快照。"""

    source: str
    snapshot: str | None
    as_of: date | None


class ComparisonOut(BaseModel):
    """A comparison, its rules, and where it stands. 比对项目。"""

    comparison: str
    zh: str
    en: str
    requirement: str
    rules: list[RuleOut]
    sides: list[SideOut]
    quarter: str
    due_on: date
    done: bool
    overdue: bool
    missed: list[str]


class ComparisonsOut(BaseModel):
    """All comparisons. 比对项目列表。"""

    comparisons: list[ComparisonOut]


class Routes:
    """The routes, with what carries runs out."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner

    async def run(self, body: RunIn, request: CommandRequest) -> Response:
        """Compares snapshots, exactly and by blind index; each contradiction is left to a person (R-REG-13).

        三系统精准比对：逐条列出差异，由人工认定。
        """
        request.require_region(request.web.region)
        comparison = comparisons().get(body.comparison)
        if comparison is None or set(body.snapshots) != set(comparison.sides):
            raise Problem("match_sides_wrong")
        chosen = {side: str(key) for side, key in body.snapshots.items()}
        return await self._runner.run(request, comparison, chosen, body.quarter)

    async def list_comparisons(self, request: ApiRequest) -> ComparisonsOut:
        """Which comparisons there are, the newest snapshot of each side, and whether this quarter's is made.

        比对项目、各系统最新快照及本季度完成情况。
        """
        request.require_region(request.web.region)
        return ComparisonsOut(comparisons=[await self._shown(request, each) for each in comparisons().values()])

    async def _shown(self, request: ApiRequest, comparison: Comparison) -> ComparisonOut:
        day = self._runner.today()
        quarter = Quarter.of(day)
        due = due_on(quarter, comparison.within_working_days)
        rhythm, _ = await request.web.store.state(RHYTHM, comparison.id)
        done = str(quarter) in rhythm.made
        kept = {side: await newest(request.web.store.pool, side, day) for side in comparison.sides}
        return ComparisonOut(
            comparison=comparison.id,
            zh=comparison.zh,
            en=comparison.en,
            requirement=comparison.requirement,
            rules=[RuleOut(rule=each.id, zh=each.zh, en=each.en, sides=[*sides_of(each)]) for each in comparison.rules],
            sides=[_side(side, kept) for side in comparison.sides],
            quarter=str(quarter),
            due_on=due,
            done=done,
            overdue=not done and day > due,
            missed=sorted(rhythm.missed - rhythm.made),
        )

    async def read_run(
        self, run: Annotated[UUID, Path(description="Id of the run. 比对编号。")], request: ApiRequest
    ) -> RunAnswer:
        """A completed run. 一次比对的结果。"""
        request.require_region(request.web.region)
        state, _ = await request.web.store.state(RUN, str(run))
        if state.completed is None:
            raise Problem("not_found")
        done = state.completed
        version = state.found + state.gone + 1
        return RunAnswer(
            run=done.run,
            comparison=done.comparison,
            quarter=done.quarter,
            found=done.found,
            gone=done.gone,
            version=version,
        )


def _side(side: str, kept: Mapping[str, KeptSnapshot | None]) -> SideOut:
    found = kept[side]
    return SideOut(source=side, snapshot=found.snapshot if found else None, as_of=found.as_of if found else None)


def routes(runner: Runner) -> APIRouter:
    """Comparisons and runs."""
    found, handlers = router(), Routes(runner)
    found.add_api_route("/v1/comparisons", handlers.list_comparisons, tags=["matching"])
    found.add_api_route("/v1/match-runs/{run}", handlers.read_run, tags=["matching"])
    found.add_api_route(
        "/v1/match-runs",
        handlers.run,
        methods=["POST"],
        status_code=201,
        tags=["matching"],
        response_model=RunAnswer,
    )
    return found
