"""What the routes that show personal data share: record first, open then."""

from collections.abc import Sequence
from typing import Annotated, Final, TypeAlias
from uuid import UUID

import msgspec
from contracts.errors import checked
from eventcore.clock import legal_day
from eventcore.ids import new_id
from eventcore.readers import queries
from eventcore.store import Store
from eventcore.web import CommandRequest, Each, Problem
from eventcore.web.commands import Reply
from eventcore.web.waiting import until_view
from fastapi import Path
from pydantic import AfterValidator, BaseModel, WithJsonSchema
from starlette.responses import Response

from registry.disclosures.disclosure import DISCLOSURE, DiscloseIdentity
from registry.disclosures.purposes import PURPOSES
from registry.disclosures.reveal import Revealed, reveal
from registry.vault import KeyGone, Vault

PurposeCode: TypeAlias = Annotated[str, AfterValidator(checked(PURPOSES.known)), WithJsonSchema(PURPOSES.json_schema())]
WorkerId = Annotated[UUID, Path(description="Id of the worker. 劳动者编号。")]
REFUSED: Final = 409
REFUSED_FROM: Final = 400
"""Statuses of verdicts in a batch."""
PATIENCE: Final = 5.0


class PersonOut(BaseModel):
    """Who it is: in full what the purpose needs, the rest masked or absent. 按目的显示，其余脱敏。"""

    disclosure: str
    name: str | None = None
    number: str | None = None
    phone: str | None = None
    employer: str | None = None
    contact: str | None = None
    former_number: str | None = None


class IdentityOut(PersonOut):
    """By a survey. 摸查所载身份。"""

    survey: str


def disclose(
    request: CommandRequest,
    worker: str,
    surveys: Sequence[str],
    purpose: str,
    *,
    local_request: str | None = None,
    reference: str | None = None,
    record: str | None = None,
) -> DiscloseIdentity:
    """The command that the caller gives."""
    caller = request.caller
    return DiscloseIdentity(
        worker=worker,
        surveys=tuple(surveys),
        purpose=purpose,
        reader=caller.subject,
        organisation=caller.organisation,
        office=caller.office,
        today=legal_day(),
        request=local_request,
        reference=reference,
        record=record,
    )


async def record(request: CommandRequest, command: DiscloseIdentity) -> tuple[str, Response]:
    """The recorded disclosure and its answer; a retry gets the one that was recorded the first time. Problem where the
    rules refuse."""
    key = new_id()
    recorded = await request.handle(
        DISCLOSURE, key, command, reply=lambda _, version: {"disclosure": key, "version": version}
    )
    answer = msgspec.json.decode(bytes(recorded.body))
    if recorded.status_code == REFUSED:
        raise Problem(answer["code"])
    return answer["disclosure"], recorded


async def record_all(request: CommandRequest, commands: Sequence[DiscloseIdentity]) -> tuple[list[str], Response]:
    """The same for many persons at once, in the order of the commands. Problem where one is refused."""
    items = [Each(DISCLOSURE, id := new_id(), command, reply=_named(id)) for command in commands]
    recorded = await request.handle_each(items)
    verdicts = msgspec.json.decode(bytes(recorded.body))["results"]
    for verdict in verdicts:
        if verdict["status"] >= REFUSED_FROM:
            raise Problem(verdict["answer"]["code"])
    return [verdict["answer"]["disclosure"] for verdict in verdicts], recorded


def _named(disclosure: str) -> Reply:
    return lambda _, version: {"disclosure": disclosure, "version": version}


async def opened(store: Store, vault: Vault, disclosure: str) -> Revealed:
    """What the disclosure allows. Problem 410 where the key was destroyed."""
    try:
        return await reveal(store, vault, disclosure)
    except KeyGone:
        raise Problem("personal_data_gone") from None


def shown(recorded: Response, body: object, status: int | None = None) -> Response:
    """The answer with what was opened in place of the stored one."""
    headers = {name: value for name, value in recorded.headers.items() if name not in ("content-length", "etag")}
    return Response(msgspec.json.encode(body), status or recorded.status_code, headers)


async def caught_up(store: Store, reader: str) -> None:
    """What is whole or not shown waits for its view. Problem 503 where that is too far behind."""
    with queries.reading():
        head = await store.pool.fetchval("select pos from log.last()")
    await until_view(store.pool, reader, str(head), PATIENCE)
