"""Routes of matching: an office asks for proposals, and records what the workers say to them."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from contracts.documents import Reference
from contracts.placement_codes import MATCH_REASONS, MatchDeclineCode
from contracts.region import RegionCode
from eventcore.ids import new_id
from eventcore.readers import queries
from eventcore.web import ApiRequest, Body, CommandRequest, example, posts, router
from eventcore.web.acting import acting
from eventcore.web.waiting import WaitFor, WaitSeconds, until_view
from fastapi import APIRouter, Path
from pydantic import BaseModel, Field
from starlette.responses import Response

from placement.offers.known.views.offers import OPEN, Wanted
from placement.offers.matching.assignment import assigned
from placement.offers.matching.commands import AcceptMatch, DeclineMatch, RunMatching
from placement.offers.matching.events import MatchAccepted, MatchDeclined, MatchingRun
from placement.offers.matching.inputs import Inputs
from placement.offers.matching.matching import MATCHING, Matching, Proposal, Ran, Unknown, ran
from placement.offers.matching.scoring import Weights
from placement.offers.matching.views.matches import ACCEPTED, DECLINED, MATCHES, PROPOSED, MatchRow, matches_of
from placement.transfers.persons.person import PERSON

RunId = Annotated[UUID, Path(description="Id of the run. 匹配批次编号。")]
Points = Annotated[int, Field(ge=0, le=1000)]
_USUAL = Weights()


class WeightsIn(Body):
    """Points for each reason, and for having a proposal at all. 权重。"""

    proposal: Annotated[int, Field(ge=1, le=1000)] = _USUAL.proposal
    same_county: Points = _USUAL.same_county
    same_prefecture: Points = _USUAL.same_prefecture
    same_province: Points = _USUAL.same_province
    certified: Points = _USUAL.certified
    level_met: Points = _USUAL.level_met
    priority_group: Points = _USUAL.priority_group
    employment_base: Points = _USUAL.employment_base
    agreement: Points = _USUAL.agreement
    open_to_all: Points = _USUAL.open_to_all


class RunIn(Body):
    """Whose workers, and which vacancies. 匹配范围。"""

    model_config = example(
        {"region": "520526", "work_region": "441900", "agreement": "0190a1b2-0000-7000-8000-0000000000a1"}
    )

    region: Annotated[RegionCode, Field(description="County, prefecture or province of the households. 户籍地。")]
    work_region: Annotated[RegionCode | None, Field(description="Where the work is; anywhere. 工作地点。")] = None
    agreement: Annotated[UUID | None, Field(description="Only vacancies shared under it. 协作协议。")] = None
    weights: WeightsIn = WeightsIn()


class AcceptanceIn(Body):
    """Who accepts, by what document. 接受推荐。"""

    model_config = example({"worker": "0190a1b2-0000-7000-8000-000000000001", "evidence": "本人确认书〔2026〕31号"})

    worker: UUID
    evidence: Reference


class DeclinationIn(Body):
    """Who declines, and why. 不接受推荐。"""

    model_config = example({"worker": "0190a1b2-0000-7000-8000-000000000002", "reason": "PLACE"})

    worker: UUID
    reason: MatchDeclineCode


class RunAnswer(BaseModel):
    """What a command on a run answers. 匹配批次与推荐人数。"""

    run: str
    proposals: int
    version: int


class ReasonOut(BaseModel):
    """Why, in both languages, and for how many points. 推荐理由。"""

    reason: str
    zh: str
    en: str
    points: int


class ProposalOut(BaseModel):
    """A worker, a vacancy, and why. 推荐。"""

    worker: str
    vacancy: str
    points: int
    reasons: list[ReasonOut]
    state: str
    declined_for: str | None


class RunOut(BaseModel):
    """A run with all that it looked at, and its proposals. 匹配批次。"""

    version: int
    inputs: MatchingRun
    proposals: list[ProposalOut]


class MatchesOut(BaseModel):
    """Proposals to a worker, the newest first. 劳动者的岗位推荐。"""

    matches: list[MatchRow]


def answer(found: Matching, version: int) -> Mapping[str, object]:
    known = ran(found)
    return {"run": known.run.run, "proposals": len(known.proposals), "version": version}


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The routes, with what they need."""

    mint: Callable[[], str] = new_id

    async def run(self, body: RunIn, request: CommandRequest) -> Response:
        """Proposes jobs to the region's workers who wish one, the best for all together, and says why (R-PLC-08,
        R-XRG-13). 岗位匹配。"""
        request.require_region(body.region)
        by, weights = acting(request), Weights(**body.weights.model_dump())
        wanted = Wanted(region=body.work_region, state=OPEN, agreement=str(body.agreement) if body.agreement else None)
        inputs = Inputs(store=request.web.store, day=by.today)
        candidates, openings = await inputs.candidates(body.region), await inputs.openings(wanted)
        pairs = await asyncio.to_thread(assigned, candidates, openings, weights, by.today)
        key = self.mint()
        command = RunMatching(
            run=key,
            region=body.region,
            candidates=candidates,
            openings=openings,
            weights=weights,
            pairs=pairs,
            by=by,
        )
        return await request.handle(MATCHING, key, command, reply=answer)

    async def accept(self, run: RunId, body: AcceptanceIn, request: CommandRequest) -> Response:
        """Records that the worker wants the job; the nomination follows (R-PLC-10). 登记接受推荐。"""
        await within_reach(request, str(run))
        command = AcceptMatch(worker=str(body.worker), evidence=body.evidence, by=acting(request))
        return await request.handle(MATCHING, str(run), command, reply=answer)

    async def decline(self, run: RunId, body: DeclinationIn, request: CommandRequest) -> Response:
        """Records that the worker does not want the job, and why (R-PLC-10). 登记不接受推荐。"""
        await within_reach(request, str(run))
        command = DeclineMatch(worker=str(body.worker), reason=body.reason, by=acting(request))
        return await request.handle(MATCHING, str(run), command, reply=answer)

    async def read(self, run: RunId, request: ApiRequest) -> Response:
        """A run: what it looked at, by what weights, and what it proposed. 一个匹配批次。"""
        found, version = await within_reach(request, str(run))
        proposals = [shown(each) for each in found.proposals.values()]
        text = RunOut(version=version, inputs=found.run, proposals=proposals).model_dump_json()
        return Response(text, media_type="application/json", headers={"ETag": f'"{version}"'})


def shown(proposal: Proposal) -> ProposalOut:
    proposed = proposal.proposed
    match proposal.answer:
        case MatchAccepted():
            standing, declined_for = ACCEPTED, None
        case MatchDeclined(reason=reason):
            standing, declined_for = DECLINED, reason
        case None:
            standing, declined_for = PROPOSED, None
    named = [(MATCH_REASONS.find(each.reason), each.points) for each in proposed.reasons]
    return ProposalOut(
        worker=proposed.worker,
        vacancy=proposed.vacancy,
        points=proposed.points,
        reasons=[ReasonOut(reason=code.code, zh=code.zh, en=code.en, points=points) for code, points in named],
        state=standing,
        declined_for=declined_for,
    )


async def within_reach(request: ApiRequest | CommandRequest, key: str) -> tuple[Ran, int]:
    """The run, over workers of the office's region. Problem."""
    found, version = await request.web.store.state(MATCHING, key)
    if isinstance(found, Unknown):
        raise request.not_there()
    request.require_region(found.run.region)
    return found, version


async def list_matches(
    worker: Annotated[UUID, Path(description="Id of the worker. 劳动者编号。")],
    request: ApiRequest,
    wait_for: WaitFor = None,
    wait_seconds: WaitSeconds = 5,
) -> MatchesOut:
    """What was proposed to a worker, and what came of it (R-PLC-08, R-PLC-10). 劳动者的岗位推荐。"""
    store = request.web.store
    person, _ = await store.state(PERSON, str(worker))
    if person.region is None:
        raise request.not_there()
    request.require_region(person.region)
    await until_view(store.pool, MATCHES.reader, wait_for, wait_seconds)
    rows = await queries.Query(matches_of(str(worker))).fetch(store.pool)
    return MatchesOut(matches=[MatchRow(**row) for row in rows])


def routes(handlers: Routes) -> APIRouter:
    """What runs, answers and shows matching, by path."""
    found = router()
    post = posts(found, "/v1/matching-runs", "matching", RunAnswer)
    post("", handlers.run)
    post("/{run}/acceptance", handlers.accept)
    post("/{run}/declination", handlers.decline)
    found.add_api_route(
        "/v1/matching-runs/{run}", handlers.read, methods=["GET"], tags=["matching"], response_model=RunOut
    )
    found.add_api_route("/v1/workers/{worker}/matches", list_matches, methods=["GET"], tags=["matching"])
    return found
