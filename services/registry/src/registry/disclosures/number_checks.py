"""Whether somebody who names the end of a worker's number knows it: yes or no, and nothing else."""

import asyncio
import hmac
import math
from typing import Annotated, Final, Literal

import msgspec
from contracts.public_event import EntityId
from eventcore.clock import monotonic
from eventcore.ids import new_id
from eventcore.web import Body, CommandRequest, Problem, example, router
from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints
from starlette.responses import Response

from registry.disclosures.disclosure import DISCLOSURE
from registry.disclosures.purposes import CERTIFICATE_VERIFICATION
from registry.disclosures.reading import REFUSED, WorkerId, disclose
from registry.disclosures.reveal import reveal_all
from registry.pace import Pace
from registry.vault import Vault
from registry.workers.lookup import look_up
from registry.workers.state import Registered, Worker
from registry.workers.surveying import newest_surveys

SLOWEST: Final = 0.1
"""Seconds that every answer takes at least, so that the time says nothing of whether there is such a worker. Where the
log stands is not said either: a refusal leaves it where it was."""


class NumberCheckIn(Body):
    """The last four characters of a resident ID number, and for which verification. 号码后四位与核验编号。"""

    model_config = example(
        {"last_four": "0023", "purpose": "CERTIFICATE_VERIFICATION", "reference": "certificate-check-17"}
    )

    last_four: Annotated[str, StringConstraints(pattern=r"^[0-9]{3}[0-9Xx]$", to_upper=True)]
    purpose: Literal["CERTIFICATE_VERIFICATION"]
    reference: Annotated[EntityId, Field(description="Id of the verification. 核验编号")]


class NumberCheckOut(BaseModel):
    """Whether it is so. 是否相符。"""

    matches: bool


def routes(vault: Vault, pace: Pace) -> APIRouter:
    """The route, with the vault that opens, and how often a number may be tried."""
    found = router()

    @found.post("/v1/workers/{worker}/number-checks", tags=["workers"], response_model=NumberCheckOut)
    async def check_number(worker: WorkerId, body: NumberCheckIn, request: CommandRequest) -> Response:
        """Whether a worker's number ends so. Recorded as a reading, also where it does not. Of nobody, of who was
        erased and of who is restricted it does not, after the same time.

        核对证件号码后四位，只答是否相符；先留痕。
        """
        started, key = monotonic(), str(worker)
        if seconds := pace.wait(key):
            raise Problem("searched_too_often", headers={"Retry-After": str(math.ceil(seconds))})
        recorded = await _recorded(request, key, body.reference)
        matches = recorded.status_code != REFUSED and await _matches(request, vault, recorded, body.last_four)
        await asyncio.sleep(started + SLOWEST - monotonic())
        return Response(msgspec.json.encode({"matches": matches}), media_type="application/json")

    return found


async def _recorded(request: CommandRequest, worker: str, reference: str) -> Response:
    """The recorded reading, of who stands for the worker now; or the rules' refusal."""
    store = request.web.store
    state: Worker = (await look_up(store, [worker]))[worker]
    if isinstance(state, Registered) and state.canonical:
        worker = state.canonical
        state = (await look_up(store, [worker]))[worker]
    command = disclose(request, worker, newest_surveys(state), CERTIFICATE_VERIFICATION, reference=reference)
    key = new_id()
    return await request.handle(DISCLOSURE, key, command, reply=lambda _, version: {"disclosure": key})


async def _matches(request: CommandRequest, vault: Vault, recorded: Response, last_four: str) -> bool:
    disclosure: str = msgspec.json.decode(bytes(recorded.body))["disclosure"]
    revealed = (await reveal_all(request.web.store, vault, [disclosure]))[disclosure]
    if revealed is None:
        return False
    ((number,),) = (shown.values() for shown in revealed.surveys.values())
    return number is not None and hmac.compare_digest(number[-len(last_four) :], last_four)
