"""Whom the payer pays, and where: for the payments of a file, each person a recorded disclosure before anything is
opened."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal
from uuid import UUID

import msgspec
from contracts.public_event import EntityId
from eventcore.ids import new_id
from eventcore.store import Store
from eventcore.web import Body, CommandRequest, Each, Problem, example, router
from fastapi import APIRouter
from pydantic import AfterValidator, BaseModel, Field
from starlette.responses import Response

from registry.disclosures.disclosure import DISCLOSURE
from registry.disclosures.purposes import SUBSIDY_PAYMENT
from registry.disclosures.reading import disclose, shown
from registry.disclosures.refusals import NoBankAccount
from registry.disclosures.reveal import Revealed, reveal_all
from registry.privacy.state import PersonalDataGone
from registry.surveys.bodies import distinct
from registry.vault import Vault
from registry.workers.lookup import look_up
from registry.workers.refusals import WorkerIsDeceased, WorkerNotRegistered
from registry.workers.state import Registered, Worker
from registry.workers.surveying import newest_surveys

MOST: Final = 500
ERASED: Final = "erased"
REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        NoBankAccount.code: "no_account",
        PersonalDataGone.code: ERASED,
        WorkerIsDeceased.code: "deceased",
        WorkerNotRegistered.code: "unknown_worker",
        "region_not_yours": "region_not_yours",
    }
)
"""Code of a refusal -> why nobody is paid."""


class PayeesIn(Body):
    """For which payment file, which workers. 支付批次与收款人。"""

    model_config = example(
        {
            "purpose": "SUBSIDY_PAYMENT",
            "reference": "PAY-2026-0612-1",
            "workers": ["0190a1b2-0000-7000-8000-000000000001", "0190a1b2-0000-7000-8000-000000000002"],
        }
    )

    purpose: Literal["SUBSIDY_PAYMENT"]
    reference: Annotated[EntityId, Field(description="Id of the payment file. 支付文件编号")]
    workers: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=MOST), AfterValidator(distinct)]


class PayeeOut(BaseModel):
    """Where one worker is paid, or the reason why not. 收款信息，或不能支付的原因。"""

    worker: str
    canonical: str | None = Field(None, description="The worker who stands for this one; these are that one's data")
    disclosure: str | None = None
    name: str | None = None
    account: str | None = None
    bank: str | None = None
    holder_name: str | None = None
    reason: Literal["no_account", "erased", "deceased", "unknown_worker", "region_not_yours"] | None = None


class PayeesOut(BaseModel):
    """In the order of the request. 逐人答复。"""

    reference: str
    payees: list[PayeeOut]


def routes(vault: Vault) -> APIRouter:
    """The route, with the vault that opens."""
    found = router()

    @found.post("/v1/payee-disclosures", tags=["workers"], response_model=PayeesOut)
    async def disclose_payees(body: PayeesIn, request: CommandRequest) -> Response:
        """Name and account of up to 500 workers for a payment, or why not; each is recorded first. Of a linked worker,
        the canonical one's. Who is restricted is paid all the same: a payment owed within its legal term is what the
        data are kept for. Who was erased or has died is not.

        为发放补贴查阅收款信息；逐人先留痕，后答复；限制使用者照付。
        """
        request.leave_region_to_rules()  # each worker has its own
        asked, store = [str(each) for each in body.workers], request.web.store
        workers = await _workers(store, asked)
        recorded = await request.handle_each([_each(request, workers[key], body.reference) for key in asked])
        verdicts = msgspec.json.decode(bytes(recorded.body))["results"]
        done = [each["answer"]["disclosure"] for each in verdicts if each["status"] in (200, 201)]
        revealed = await reveal_all(store, vault, done)
        payees = [_payee(key, verdict, revealed) for key, verdict in zip(asked, verdicts, strict=True)]
        return shown(recorded, {"reference": body.reference, "payees": payees})

    return found


async def _workers(store: Store, asked: list[str]) -> Mapping[str, tuple[str, Worker]]:
    """Each with who stands for it."""
    found = await look_up(store, asked)
    canonical = {key: state.canonical or key for key, state in found.items() if isinstance(state, Registered)}
    found |= await look_up(store, set(canonical.values()) - found.keys())
    return {key: (stands := canonical.get(key, key), found[stands]) for key in asked}


def _each(request: CommandRequest, payee: tuple[str, Worker], reference: str) -> Each | Problem:
    worker, state = payee
    if isinstance(state, Registered) and not request.may_touch(state.household_region):
        return Problem("region_not_yours")
    command = disclose(request, worker, newest_surveys(state), SUBSIDY_PAYMENT, reference=reference)
    return Each(DISCLOSURE, id := new_id(), command, reply=lambda _, version: {"disclosure": id})


def _payee(asked: str, verdict: Mapping[str, Any], revealed: Mapping[str, Revealed | None]) -> Mapping[str, Any]:
    """A verdict of another kind than the rules' (the log is away, say) is the answer to the whole request."""
    answer = verdict["answer"]
    if verdict["status"] >= 400:
        if answer["code"] not in REASONS:
            raise Problem(answer["code"])
        return {"worker": asked, "reason": REASONS[answer["code"]]}
    opened = revealed[answer["disclosure"]]
    if opened is None:
        return {"worker": asked, "reason": ERASED}
    worker = opened.disclosed.worker
    (survey,), (account,) = opened.surveys.values(), opened.accounts.values()
    canonical = {"canonical": worker} if worker != asked else {}
    return {"worker": asked, **canonical, "disclosure": answer["disclosure"], **survey, **account}
