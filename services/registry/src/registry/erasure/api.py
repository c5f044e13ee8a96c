"""The routes of a person's rights over their data: restrict, erase, and how far an erasure is."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Literal

from eventcore.web import ApiRequest, Body, CommandRequest, Problem, example, posts, router
from eventcore.web.acting import dated, signed
from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.responses import Response

from registry.disclosures.reading import WorkerId, caught_up
from registry.disclosures.views.persons import PERSONS, person
from registry.duplicates.views.signs import SIGNS
from registry.erasure.erasing import with_what_is_held
from registry.privacy.commands import EndRestriction, ErasePersonalData, PrivacyCommand, RestrictUse
from registry.vault import Vault
from registry.workers.state import Registered, Worker
from registry.workers.worker import WORKER


class RestrictionIn(Body):
    """Why the data are only kept, and the first day on which they may be used again. 限制使用。"""

    model_config = example({"ground": "DISPUTE", "until": "2027-03-01"})

    ground: Literal["LEGAL_RETENTION", "PERSON_REQUEST", "DISPUTE"]
    until: Annotated[date | None, Field(description="None: until it is ended")] = None


class ErasureIn(Body):
    """Why the data are erased. 删除理由。"""

    model_config = example({"ground": "PERSON_REQUEST"})

    ground: Literal["PERSON_REQUEST", "TERM_OVER", "UNLAWFUL"]


class PrivacyOut(BaseModel):
    """What may be done with a worker's data. 个人信息使用状态。"""

    worker: str
    state: Literal["free", "restricted", "erased"]
    version: int


class PrivacyState(BaseModel):
    """What may be done with a worker's data, and whether an erased person's key is destroyed. 使用状态与密钥销毁。"""

    worker: str
    state: Literal["free", "restricted", "erased"]
    ground: str | None
    until: date | None
    key_destroyed: bool


def standing(worker: Worker) -> Literal["free", "restricted", "erased"]:
    """In one word."""
    if worker.privacy.erased:
        return "erased"
    return "restricted" if worker.privacy.restriction else "free"


class Routes:
    """The routes, with the vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def restrict_use(self, worker: WorkerId, body: RestrictionIn, request: CommandRequest) -> Response:
        """A person's data are kept, and nothing else is done with them. 限制使用个人信息，仅予保存。"""
        command = RestrictUse(
            worker=str(worker),
            ground=body.ground,
            until=body.until,
            **dated(request),
        )
        return await self._carry_out(request, str(worker), command)

    async def end_restriction(self, worker: WorkerId, request: CommandRequest) -> Response:
        """A person's data may be used again. 解除限制。"""
        command = EndRestriction(worker=str(worker), **signed(request))
        return await self._carry_out(request, str(worker), command)

    async def erase_personal_data(self, worker: WorkerId, body: ErasureIn, request: CommandRequest) -> Response:
        """Destroys the person's key, for ever. Who has a payment or a reservation within its legal term is restricted
        instead. 销毁个人信息密钥，不可恢复；法定保存期限内者只限制使用。"""
        key = str(worker)
        command = ErasePersonalData(
            worker=key,
            ground=body.ground,
            numbers=(),
            **dated(request),
        )
        await caught_up(request.web.store, SIGNS.reader)
        answer = await with_what_is_held(
            request.web.store,
            key,
            lambda held: self._carry_out(
                request, key, replace(command, numbers=held.numbers, signs=held.signs, linked=held.linked)
            ),
        )
        self._vault.keys.forget(key)
        return answer

    async def read_privacy(self, worker: WorkerId, request: ApiRequest) -> PrivacyState:
        """Whether a person's data may be used, are only kept, or are gone, their key destroyed. 使用状态。"""
        key = str(worker)
        state = await self._found(request, key)
        restriction = state.privacy.restriction
        return PrivacyState(
            worker=key,
            state=standing(state),
            ground=restriction.ground if restriction else None,
            until=restriction.until if restriction else None,
            key_destroyed=await self._vault.keys.is_destroyed(key),
        )

    async def _carry_out(self, request: CommandRequest, worker: str, command: PrivacyCommand) -> Response:
        await self._found(request, worker)
        return await request.handle(
            WORKER,
            worker,
            command,
            reply=lambda state, version: {"worker": worker, "state": standing(state), "version": version},
        )

    async def _found(self, request: ApiRequest, worker: str) -> Worker:
        """Also who was never registered has data here, and a region by their surveys. After an erasure only the log
        knows that there was somebody."""
        store = request.web.store
        (state, _), row = await store.state(WORKER, worker), await person(store.pool, worker)
        if row is None and not isinstance(state, Registered):
            await caught_up(store, PERSONS.reader)
            row = await person(store.pool, worker)
        region = state.county if isinstance(state, Registered) else row.household_region if row else None
        if region is None:
            request.leave_region_to_rules()
            if state.privacy.erased:
                return state
            raise Problem("not_found")
        request.require_region(region)
        return state


def routes(vault: Vault) -> APIRouter:
    """The routes, by path."""
    found, handlers = router(), Routes(vault)
    post = posts(found, "", "workers", PrivacyOut)
    post("/v1/workers/{worker}/restriction", handlers.restrict_use)
    post("/v1/workers/{worker}/restriction-end", handlers.end_restriction)
    post("/v1/workers/{worker}/erasure", handlers.erase_personal_data)
    found.add_api_route("/v1/workers/{worker}/privacy", handlers.read_privacy, methods=["GET"], tags=["workers"])
    return found
