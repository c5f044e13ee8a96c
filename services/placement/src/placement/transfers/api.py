"""Routes of transfers: home nominates, withdraws and dispatches; the host accepts, rejects and tells how it ended."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Final
from uuid import UUID

from eventcore.clock import CLOCK, Clock
from eventcore.exchange.stewards import AS_STEWARD
from eventcore.ids import new_id
from eventcore.web import ApiRequest, CommandRequest, posts, router
from eventcore.web.acting import acting
from fastapi import APIRouter, Path
from starlette.responses import Response

from placement.transfers.bodies import (
    ArrivalIn,
    DispatchIn,
    NominationIn,
    PermissionOut,
    RejectionIn,
    ReturnIn,
    TransferAnswer,
    TransferOut,
    WithdrawalIn,
    home_side,
    host_side,
)
from placement.transfers.home import state as home
from placement.transfers.home.commands import Dispatch, Propose, TransferCommand, Withdraw
from placement.transfers.home.transfer import TRANSFER
from placement.transfers.host import state as host
from placement.transfers.host.commands import (
    Accept,
    ReceptionCommand,
    RecordAbsence,
    RecordArrival,
    RecordReturn,
    Reject,
)
from placement.transfers.host.reception import RECEPTION
from placement.transfers.permission.permission import PERMISSION, Acting, Ending, newest
from placement.transfers.persons.person import PERSON
from placement.transfers.standing import at_home, at_host

ANSWER: Final = timedelta(days=7)
DEPARTURE: Final = timedelta(days=14)
ARRIVAL: Final = timedelta(days=7)
TransferId = Annotated[UUID, Path(description="Id of the transfer. 输送编号。")]
WorkerId = Annotated[UUID, Path(description="Id of the worker. 劳动者编号。")]


def home_answer(found: home.Transfer, version: int) -> Mapping[str, object]:
    known = home.known(found)
    return {"transfer": known.plan.way.transfer, "state": at_home(known), "version": version}


def host_answer(found: host.Reception, version: int) -> Mapping[str, object]:
    known = host.known(found)
    return {"transfer": known.way.transfer, "state": at_host(known), "version": version}


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The routes, with what they need."""

    clock: Clock = CLOCK
    mint: Callable[[], str] = new_id

    async def nominate(self, body: NominationIn, request: CommandRequest) -> Response:
        """Nominates a worker who agreed (R-XRG-01, R-XRG-13). The host hears of it once the agreement has a place.
        推荐劳动者，协议有名额后送达接收方。"""
        worker = str(body.worker)
        await _require_person(request, worker)
        key, now = self.mint(), self.clock.now()
        answer_until = body.answer_until or now + ANSWER
        command = Propose(
            transfer=key,
            worker=worker,
            vacancy=str(body.vacancy),
            agreement=str(body.agreement),
            consented_on=body.consented_on,
            consent=body.consent,
            answer_until=answer_until,
            dispatch_until=body.dispatch_until or answer_until + DEPARTURE,
            now=now,
            by=acting(request),
        )
        return await request.handle(TRANSFER, key, command, reply=home_answer)

    async def withdraw(self, transfer: TransferId, body: WithdrawalIn, request: CommandRequest) -> Response:
        """Takes the worker back before the departure, also after the confirmation. 出发前撤回。"""
        return await _at_home(request, transfer, Withdraw(reason=body.reason, by=acting(request)))

    async def dispatch(self, transfer: TransferId, body: DispatchIn, request: CommandRequest) -> Response:
        """A confirmed worker leaves. 确认后派出。"""
        now = self.clock.now()
        command = Dispatch(
            left_on=body.left_on, arrive_until=body.arrive_until or now + ARRIVAL, now=now, by=acting(request)
        )
        return await _at_home(request, transfer, command)

    async def accept(self, transfer: TransferId, request: CommandRequest) -> Response:
        """Takes the worker if the vacancy has a seat, which then stays held until home's answer.
        接收，岗位保留至输出方答复。"""
        vacancy = (await _received(request, transfer)).way.vacancy
        return await _at_host(request, transfer, Accept(vacancy=vacancy, by=acting(request)))

    async def reject(self, transfer: TransferId, body: RejectionIn, request: CommandRequest) -> Response:
        """Does not take the worker. 不予接收。"""
        return await _at_host(request, transfer, Reject(reason=body.reason, by=acting(request)))

    async def arrive(self, transfer: TransferId, body: ArrivalIn, request: CommandRequest) -> Response:
        """The worker is here. 登记到岗。"""
        return await _at_host(request, transfer, RecordArrival(arrived_on=body.arrived_on, by=acting(request)))

    async def miss(self, transfer: TransferId, request: CommandRequest) -> Response:
        """The worker did not come in time: the seat is free again. 登记未到岗，释放岗位。"""
        return await _at_host(
            request, transfer, RecordAbsence(transfer=str(transfer), now=self.clock.now(), by=acting(request))
        )

    async def give_back(self, transfer: TransferId, body: ReturnIn, request: CommandRequest) -> Response:
        """The worker went home again without the job: the seat is free again. 登记返乡，释放岗位。"""
        command = RecordReturn(
            transfer=str(transfer), reason=body.reason, returned_on=body.returned_on, by=acting(request)
        )
        return await _at_host(request, transfer, command)

    async def read(self, transfer: TransferId, request: ApiRequest) -> TransferOut:
        """A transfer as the sides know it that lie where the caller may look. 一次输送，按所属一方显示。"""
        store, key, sides = request.web.store, str(transfer), []
        sent, version = await store.state(TRANSFER, key)
        if not isinstance(sent, home.Unknown) and request.may_touch(sent.plan.way.home):
            sides.append(home_side(sent, version))
        received, version = await store.state(RECEPTION, key)
        if not isinstance(received, host.Unknown) and request.may_touch(received.way.host):
            sides.append(host_side(received, version))
        if not sides:
            raise request.not_there()
        return TransferOut(sides=sides)

    async def permission(self, worker: WorkerId, request: ApiRequest) -> PermissionOut:
        """Whether this province acts for the worker (R-XRG-03). 本省是否对该劳动者履职。"""
        await _require_person(request, str(worker))
        found, _ = await request.web.store.state(PERMISSION, str(worker))
        return PermissionOut(
            worker=str(worker),
            acts=isinstance(found, Acting),
            epoch=newest(found),
            waits_for=found.transfer if isinstance(found, Ending) else None,
            steward=found.holder.region,
        )


async def _require_person(request: ApiRequest | CommandRequest, worker: str) -> None:
    """Of the caller's region, where the worker is known; who is not known, the rules refuse."""
    person, _ = await request.web.store.state(PERSON, worker)
    if person.county is None:
        request.leave_region_to_rules()
    else:
        request.require_region(person.county)


async def _at_home(request: CommandRequest, transfer: UUID, command: TransferCommand) -> Response:
    found, _ = await request.web.store.state(TRANSFER, str(transfer))
    if isinstance(found, home.Unknown):
        raise request.not_there()
    request.require_region(found.plan.way.home)
    return await request.handle(TRANSFER, str(transfer), command, reply=home_answer)


async def _received(request: CommandRequest, transfer: UUID) -> host.Known:
    found, _ = await request.web.store.state(RECEPTION, str(transfer))
    if isinstance(found, host.Unknown):
        raise request.not_there()
    request.require_region(found.way.host)
    return found


async def _at_host(request: CommandRequest, transfer: UUID, command: ReceptionCommand) -> Response:
    await _received(request, transfer)
    return await request.handle(RECEPTION, str(transfer), command, reply=host_answer)


def routes(handlers: Routes) -> APIRouter:
    """What changes and shows transfers, by path."""
    found = router()
    post = posts(found, "/v1/transfers", "transfers", TransferAnswer)
    post("", handlers.nominate, dependencies=AS_STEWARD)
    post("/{transfer}/withdrawal", handlers.withdraw)
    post("/{transfer}/dispatch", handlers.dispatch)
    post("/{transfer}/acceptance", handlers.accept)
    post("/{transfer}/rejection", handlers.reject)
    post("/{transfer}/arrival", handlers.arrive)
    post("/{transfer}/absence", handlers.miss)
    post("/{transfer}/return", handlers.give_back)
    found.add_api_route("/v1/transfers/{transfer}", handlers.read, methods=["GET"], tags=["transfers"])
    found.add_api_route("/v1/permissions/{worker}", handlers.permission, methods=["GET"], tags=["transfers"])
    return found
