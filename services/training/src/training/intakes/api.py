"""Routes of intakes: filed by a school, places given by an office, internships given in the same order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Final
from uuid import UUID

from eventcore.clock import Clock
from eventcore.decider import Undecided
from eventcore.ids import new_id
from eventcore.store import Contended
from eventcore.web import ApiRequest, CommandRequest, posts, router
from eventcore.web.acting import dated, signed
from fastapi import APIRouter, Path
from pydantic import BaseModel
from starlette.responses import Response

from training.intakes import commands
from training.intakes.bodies import AdmissionIn, IntakeIn, InternshipsIn
from training.intakes.events import Given, IntakeFiled, Specialty
from training.intakes.intake import INTAKE
from training.intakes.state import Filed, Intake, known
from training.lookup import require_office

IntakeId = Annotated[UUID, Path(description="Id of the intake. 招生编号。")]
TRIES: Final = 4


class IntakeAnswer(BaseModel):
    """What a command on an intake answers: `free` places by specialty. 招生编号、剩余名额与版本。"""

    intake: str
    free: dict[int, int]
    interns: int
    version: int


class IntakeOut(BaseModel):
    """An intake with what came of everybody who applied. 招生与录取结果。"""

    version: int
    filed: IntakeFiled
    free: dict[int, int]
    given: list[Given]
    interns: list[str]


def answer(intake: Intake, version: int) -> Mapping[str, object]:
    found = known(intake)
    return {
        "intake": found.filed.intake,
        "free": {str(number): places for number, places in found.free().items()},
        "interns": len(found.interns),
        "version": version,
    }


async def _filed(request: ApiRequest | CommandRequest, key: str) -> tuple[Filed, int]:
    found, version = await request.web.store.state(INTAKE, key)
    if not isinstance(found, Filed):
        raise request.not_there()
    require_office(request, found.filed.school, found.filed.region)
    return found, version


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The routes, with what they need."""

    clock: Clock
    mint: Callable[[], str] = new_id

    async def file(self, body: IntakeIn, request: CommandRequest) -> Response:
        """A key technical school files an intake: specialties and places under a plan (R-INS-33). 申报招生计划。"""
        request.require_region(body.region)
        key, by = self.mint(), request.caller
        command = commands.FileIntake(
            intake=key,
            school=by.organisation,
            region=body.region,
            plan=body.plan,
            starts_on=body.starts_on,
            specialties=tuple(Specialty(**each.model_dump()) for each in body.specialties),
            evidence=body.evidence,
            by=by.subject,
            organisation=by.organisation,
        )
        return await request.handle(INTAKE, key, command, reply=answer)

    async def admit(self, intake: IntakeId, body: AdmissionIn, request: CommandRequest) -> Response:
        """Gives the free places: poor households first, who comes first chooses first (R-TRN-14, R-TRN-57).

        按优先顺序录取，贫困家庭学生优先录取、优先选择专业。
        """
        found, _ = await _filed(request, str(intake))
        command = commands.HoldAdmission(
            school=found.filed.school,
            applicants=tuple(
                commands.Applicant(
                    worker=str(each.worker),
                    wishes=tuple(dict.fromkeys(each.wishes)),
                    chosen_on=each.chosen_on,
                    evidence=each.evidence,
                )
                for each in body.applicants
            ),
            **dated(request, self.clock),
        )
        return await request.handle(INTAKE, str(intake), command, reply=answer)

    async def give_internships(self, intake: IntakeId, body: InternshipsIn, request: CommandRequest) -> Response:
        """Gives an employer's posts to students of a specialty in the order of the priorities (R-TRN-15).

        优先安排贫困家庭学生实习。
        """
        for _ in range(TRIES):
            found, _ = await _filed(request, str(intake))
            command = commands.GiveInternships(
                specialty=body.specialty,
                employer=body.employer,
                posts=body.posts,
                starts_on=body.starts_on,
                ends_on=body.ends_on,
                evidence=body.evidence,
                known=found.admitted(body.specialty),
                **signed(request),
            )
            try:
                return await request.handle(INTAKE, str(intake), command, reply=answer)
            except Undecided:  # somebody got a place meanwhile
                continue
        raise Contended

    async def read(self, intake: IntakeId, request: ApiRequest) -> Response:
        """An intake with what came of everybody who applied, in the order of the rounds. 录取结果。"""
        found, version = await _filed(request, str(intake))
        shown = IntakeOut(
            version=version,
            filed=found.filed,
            free=found.free(),
            given=list(found.given),
            interns=sorted(found.interns),
        )
        return Response(shown.model_dump_json(), media_type="application/json", headers={"ETag": f'"{version}"'})


def routes(handlers: Routes) -> APIRouter:
    """What changes and shows intakes, by path."""
    found = router()
    post = posts(found, "/v1/intakes", "intakes", IntakeAnswer)
    post("", handlers.file)
    post("/{intake}/admissions", handlers.admit)
    post("/{intake}/internships", handlers.give_internships)
    found.add_api_route(
        "/v1/intakes/{intake}", handlers.read, methods=["GET"], tags=["intakes"], response_model=IntakeOut
    )
    return found
