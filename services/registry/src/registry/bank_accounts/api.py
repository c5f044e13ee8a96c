"""Routes that record where workers are paid. Nothing personal is answered."""

from eventcore.web import BATCH, CommandRequest, Each, Problem, router
from eventcore.web.acting import signed
from starlette.responses import Response

from registry.bank_accounts.bank_account import BANK_ACCOUNT, RecordBankAccount
from registry.bank_accounts.bodies import BankAccountBatchIn, BankAccountIn, BankAccountOfIn
from registry.workers.api import WorkerAnswer, WorkerId
from registry.workers.lookup import look_up, out_of_reach, within_reach
from registry.workers.state import Worker

bank_accounts = router()


@bank_accounts.post("/v1/workers/{worker}/bank-account", status_code=201, tags=["workers"], response_model=WorkerAnswer)
async def record_bank_account(worker: WorkerId, body: BankAccountIn, request: CommandRequest) -> Response:
    """Records on what account a worker is paid, in place of the one before; sealed, and answered nowhere but to the
    payer and the person. 登记收款账户，加密保存。"""
    await within_reach(request, str(worker))
    return await request.handle_one(_recorded(str(worker), body, request))


@bank_accounts.post("/v1/bank-account-batches", tags=["workers"], responses={200: BATCH})
async def record_bank_accounts(body: BankAccountBatchIn, request: CommandRequest) -> Response:
    """Records up to 200 accounts, each for itself, with a verdict each. 批量登记收款账户，逐条答复。"""
    request.leave_region_to_rules()  # each item has its own
    items = body.items()
    named = [str(item.worker) for item in items if isinstance(item, BankAccountOfIn)]
    workers = await look_up(request.web.store, named)
    return await request.handle_each([_item(item, workers, request) for item in items])


def _item(item: BankAccountOfIn | Problem, workers: dict[str, Worker], request: CommandRequest) -> Each | Problem:
    if isinstance(item, Problem):
        return item
    key = str(item.worker)
    return out_of_reach(workers[key], request) or _recorded(key, item, request)


def _recorded(worker: str, body: BankAccountIn, request: CommandRequest) -> Each:
    command = RecordBankAccount(
        worker=worker,
        evidence=body.evidence,
        **signed(request),
        account=body.account,
        bank=body.bank,
        holder_name=body.holder_name,
    )
    return Each(BANK_ACCOUNT, worker, command, reply=lambda _, version: {"worker": worker, "version": version})
