"""The route that shows whom a survey is about: recorded first, opened then."""

from typing import Annotated, Final, TypeAlias

import msgspec
from contracts.errors import checked
from eventcore.web import Body, CommandRequest, Problem, router
from fastapi import APIRouter
from pydantic import AfterValidator, BaseModel, WithJsonSchema
from starlette.responses import Response

from registry.disclosures.disclosure import DISCLOSURE, DiscloseIdentity
from registry.disclosures.purposes import PURPOSES
from registry.disclosures.reveal import reveal
from registry.surveys.api import new_id
from registry.surveys.lookup import look_up
from registry.surveys.survey import Unknown
from registry.surveys.views.survey import SurveyId
from registry.vault import KeyGone, Vault

PurposeCode: TypeAlias = Annotated[str, AfterValidator(checked(PURPOSES.known)), WithJsonSchema(PURPOSES.json_schema())]
REFUSED: Final = 409


class PurposeIn(Body):
    """What the data are needed for. 查阅目的。"""

    purpose: PurposeCode


class IdentityOut(BaseModel):
    """Whom a survey is about: in full what the purpose needs, the rest masked. 按目的显示，其余脱敏。"""

    disclosure: str
    name: str | None
    number: str | None
    phone: str | None
    employer: str | None
    contact: str | None


def routes(vault: Vault) -> APIRouter:
    """The route, with the vault that opens."""
    found = router()

    @found.post("/v1/surveys/{survey}/identity", status_code=201, tags=["surveys"], response_model=IdentityOut)
    async def show_identity(survey: SurveyId, body: PurposeIn, request: CommandRequest) -> Response:
        """Shows whom a survey is about, for a purpose; the disclosure is recorded before anything is opened.

        按目的查阅被摸查人信息；先留痕，后显示。
        """
        key = str(survey)
        await _require_region(request, key)
        disclosure = new_id()
        command = DiscloseIdentity(
            survey=key, purpose=body.purpose, reader=request.caller.subject, organisation=request.caller.organisation
        )
        recorded = await request.handle(
            DISCLOSURE, disclosure, command, reply=lambda _, version: {"disclosure": disclosure, "version": version}
        )
        if recorded.status_code == REFUSED:
            return recorded
        return await _shown(request, vault, recorded)

    return found


async def _require_region(request: CommandRequest, key: str) -> None:
    found = (await look_up(request.web.store, [key]))[key]
    if isinstance(found, Unknown):
        request.leave_region_to_rules()
        raise Problem("not_found")
    request.require_region(found.facts.household_region)


async def _shown(request: CommandRequest, vault: Vault, recorded: Response) -> Response:
    """What the recorded disclosure allows; a retry opens under the disclosure that was recorded the first time."""
    disclosure: str = msgspec.json.decode(bytes(recorded.body))["disclosure"]
    try:
        fields = await reveal(request.web.store, vault, disclosure)
    except KeyGone:
        raise Problem("personal_data_gone") from None
    headers = {name: value for name, value in recorded.headers.items() if name not in ("content-length", "etag")}
    return Response(msgspec.json.encode({"disclosure": disclosure, **fields}), recorded.status_code, headers)
