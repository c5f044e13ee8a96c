"""Routes of vacancies: kept by their employer or its labour office, shared by the office."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final
from uuid import UUID

from contracts.credit_code import CreditCodeText
from contracts.money import PositiveFen
from contracts.occupation import OccupationText
from contracts.placement_codes import VacancyClosingCode, VacancyKindCode
from contracts.region import RegionCode
from contracts.skills import NO_LEVEL, SkillLevelCode
from eventcore.ids import new_id
from eventcore.web import ApiRequest, Body, CommandRequest, example, posts, router
from eventcore.web.acting import acting
from fastapi import APIRouter, Path
from pydantic import BaseModel, Field, JsonValue
from starlette.responses import Response

from placement.offers.employers.api import require_own
from placement.offers.vacancies.commands import (
    ChangeVacancy,
    CloseVacancy,
    PublishVacancy,
    ShareVacancy,
    VacancyCommand,
)
from placement.offers.vacancies.events import Terms
from placement.offers.vacancies.state import HELD, TAKEN, Closed, Open, Unknown, Vacancy, known
from placement.offers.vacancies.vacancy import VACANCY

VacancyId = Annotated[UUID, Path(description="Id of the vacancy. 岗位编号。")]
Wage = Annotated[PositiveFen, Field(le=100_000_000)]
_TERMS: Final[dict[str, JsonValue]] = {
    "kind": "REGULAR",
    "occupation": "2022/6-29-01-04",
    "level": "5",
    "region": "441900",
    "heads": 20,
    "wage_from": 450000,
    "wage_to": 600000,
    "open_until": "2026-12-31",
}


class TermsIn(Body):
    """What is offered, whole; wages in fen a month. 岗位内容。"""

    model_config = example(_TERMS | {"heads": 30, "wage_from": 480000})

    kind: VacancyKindCode
    occupation: OccupationText
    level: Annotated[SkillLevelCode, Field(description="The lowest that is asked for. 最低技能等级。")] = NO_LEVEL
    certificate_needed: Annotated[
        bool, Field(description="A listed occupation: only with a valid certificate (R-PLC-16). 就业准入职业。")
    ] = False
    region: Annotated[RegionCode, Field(description="County of the work. 工作地点。")]
    heads: Annotated[int, Field(ge=1, le=10_000)]
    wage_from: Wage
    wage_to: Wage
    open_until: Annotated[date, Field(description="The last day. 截止日期（含）。")]

    def terms(self) -> Terms:
        """As it is stored."""
        return Terms(**{name: getattr(self, name) for name in TermsIn.model_fields})


class VacancyIn(TermsIn):
    """An employer's vacancy, shared under an agreement or not. 岗位。"""

    model_config = example(
        {"employer": "91441900MA000001LU", "agreement": "0190a1b2-0000-7000-8000-0000000000a1", **_TERMS}
    )

    employer: CreditCodeText
    agreement: UUID | None = None


class SharingIn(Body):
    """The agreement whose other side shall see it. 共享。"""

    model_config = example({"agreement": "0190a1b2-0000-7000-8000-0000000000a1"})

    agreement: UUID


class ClosingIn(Body):
    """Why it is closed. 关闭岗位。"""

    model_config = example({"reason": "FILLED_ELSEWHERE"})

    reason: VacancyClosingCode


class VacancyAnswer(BaseModel):
    """What a command on a vacancy answers. 岗位编号、状态与版本。"""

    vacancy: str
    state: str
    version: int


class VacancyOut(BaseModel):
    """A vacancy with its seats, for its own side. 岗位及名额。"""

    vacancy: str
    state: str
    version: int
    employer: str
    terms: Terms
    agreement: str | None
    held: int
    taken: int
    closed_for: str | None


def state_of(found: Open | Closed) -> str:
    if isinstance(found, Closed):
        return "CLOSED"
    return "FILLED" if found.full else "OPEN"


def answer(found: Vacancy, version: int) -> Mapping[str, object]:
    vacancy = known(found)
    return {"vacancy": vacancy.vacancy, "state": state_of(vacancy), "version": version}


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The routes, with what they need."""

    mint: Callable[[], str] = new_id

    async def publish(self, body: VacancyIn, request: CommandRequest) -> Response:
        """Publishes a vacancy, and shares it where an agreement is named (R-PLC-13, R-XRG-12). 发布岗位。"""
        require_own(request, body.employer, body.region)
        key = self.mint()
        command = PublishVacancy(
            vacancy=key,
            employer=body.employer,
            terms=body.terms(),
            agreement=str(body.agreement) if body.agreement else None,
            by=acting(request),
        )
        return await request.handle(VACANCY, key, command, reply=answer)

    async def change(self, vacancy: VacancyId, body: TermsIn, request: CommandRequest) -> Response:
        """Offers something else from now on; who holds a seat keeps it (R-PLC-13). 变更岗位。"""

        def command(found: Open | Closed) -> VacancyCommand:
            require_own(request, found.employer, body.region)
            return ChangeVacancy(
                terms=body.terms(), employer=found.employer, agreement=found.agreement, by=acting(request)
            )

        return await _on(request, str(vacancy), command)

    async def share(self, vacancy: VacancyId, body: SharingIn, request: CommandRequest) -> Response:
        """Those of the agreement see it, and may nominate for it (R-XRG-12). 共享岗位。"""
        return await _on(
            request, str(vacancy), lambda _: ShareVacancy(agreement=str(body.agreement), by=acting(request))
        )

    async def close(self, vacancy: VacancyId, body: ClosingIn, request: CommandRequest) -> Response:
        """Nobody is nominated any more; who holds a seat goes on. 关闭岗位。"""
        return await _on(request, str(vacancy), lambda _: CloseVacancy(reason=body.reason, by=acting(request)))

    async def read(self, vacancy: VacancyId, request: ApiRequest) -> Response:
        """A vacancy with its seats. 岗位及名额。"""
        found, version = await within_reach(request, str(vacancy))
        standings = list(found.seats.by_transfer.values())
        shown = VacancyOut(
            vacancy=found.vacancy,
            state=state_of(found),
            version=version,
            employer=found.employer,
            terms=found.terms,
            agreement=found.agreement,
            held=standings.count(HELD),
            taken=standings.count(TAKEN),
            closed_for=found.reason if isinstance(found, Closed) else None,
        )
        return Response(shown.model_dump_json(), media_type="application/json", headers={"ETag": f'"{version}"'})


async def within_reach(request: ApiRequest | CommandRequest, key: str) -> tuple[Open | Closed, int]:
    """The vacancy: of the caller, or in the office's region. Problem."""
    found, version = await request.web.store.state(VACANCY, key)
    if isinstance(found, Unknown):
        raise request.not_there()
    require_own(request, found.employer, found.terms.region)
    return found, version


async def _on(request: CommandRequest, vacancy: str, command: Callable[[Open | Closed], VacancyCommand]) -> Response:
    found, _ = await within_reach(request, vacancy)
    return await request.handle(VACANCY, vacancy, command(found), reply=answer)


def routes(handlers: Routes) -> APIRouter:
    """What changes and shows vacancies, by path."""
    found = router()
    post = posts(found, "/v1/vacancies", "vacancies", VacancyAnswer)
    post("", handlers.publish)
    post("/{vacancy}/terms", handlers.change)
    post("/{vacancy}/sharing", handlers.share)
    post("/{vacancy}/closing", handlers.close)
    found.add_api_route(
        "/v1/vacancies/{vacancy}", handlers.read, methods=["GET"], tags=["vacancies"], response_model=VacancyOut
    )
    return found
