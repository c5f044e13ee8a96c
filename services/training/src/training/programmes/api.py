"""Routes that change the catalogue of programmes."""

from collections.abc import Mapping
from typing import Annotated

from contracts.public_event import EntityId
from eventcore.web import CommandRequest, router
from eventcore.web.acting import signed
from fastapi import Path
from pydantic import BaseModel
from starlette.responses import Response

from training.programmes.bodies import ContentIn, ProgrammeIn, WithdrawalIn
from training.programmes.programme import (
    PROGRAMME,
    ChangeProgramme,
    ListProgramme,
    Programme,
    ProgrammeCommand,
    Unknown,
    WithdrawProgramme,
    known,
)

ProgrammeId = Annotated[EntityId, Path(description="Id of the programme. 项目编号。")]
programmes = router()


class ProgrammeAnswer(BaseModel):
    """What a command on a programme answers. `programme_version` is the newest. 项目编号与版本。"""

    programme: str
    programme_version: int
    version: int


def answer(programme: Programme, version: int) -> Mapping[str, object]:
    found = known(programme)
    return {"programme": found.programme, "programme_version": found.versions[-1].version, "version": version}


async def _on(request: CommandRequest, key: str, command: ProgrammeCommand) -> Response:
    found, _ = await request.web.store.state(PROGRAMME, key)
    if isinstance(found, Unknown):
        raise request.not_there()
    request.require_region(request.web.region)
    return await request.handle(PROGRAMME, key, command, reply=answer)


@programmes.post("/v1/programmes", status_code=201, tags=["programmes"], response_model=ProgrammeAnswer)
async def list_programme(body: ProgrammeIn, request: CommandRequest) -> Response:
    """Lists a programme in the province's catalogue (R-TRN-24, R-TRN-36). 培训项目列入目录。"""
    request.require_region(request.web.region)
    command = ListProgramme(
        programme=body.programme,
        content=body.content(),
        valid_from=body.valid_from,
        evidence=body.evidence,
        **signed(request),
    )
    return await request.handle(PROGRAMME, body.programme, command, reply=answer)


@programmes.post(
    "/v1/programmes/{programme}/versions", status_code=201, tags=["programmes"], response_model=ProgrammeAnswer
)
async def change_programme(programme: ProgrammeId, body: ContentIn, request: CommandRequest) -> Response:
    """Another version from a day on; filed classes stay under theirs (R-TRN-24). 培训项目变更。"""
    command = ChangeProgramme(
        content=body.content(),
        valid_from=body.valid_from,
        evidence=body.evidence,
        **signed(request),
    )
    return await _on(request, programme, command)


@programmes.post(
    "/v1/programmes/{programme}/withdrawal", status_code=201, tags=["programmes"], response_model=ProgrammeAnswer
)
async def withdraw_programme(programme: ProgrammeId, body: WithdrawalIn, request: CommandRequest) -> Response:
    """No class of the programme begins from a day on. 培训项目撤出目录。"""
    command = WithdrawProgramme(
        withdrawn_on=body.withdrawn_on,
        evidence=body.evidence,
        **signed(request),
    )
    return await _on(request, programme, command)
