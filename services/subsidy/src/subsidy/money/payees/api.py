"""Routes of organisations' accounts: recorded, confirmed by another person, shown."""

from typing import Annotated

from contracts.bank_account import BankAccountText
from contracts.credit_code import CreditCodeText
from contracts.documents import Reference
from eventcore.web import ApiRequest, Body, CommandRequest, Problem, Text, example, router
from eventcore.web.acting import signed
from fastapi import Path
from pydantic import BaseModel
from starlette.responses import Response

from subsidy.money.looking import accounts_of
from subsidy.money.payees.events import PayeeAccountRecorded
from subsidy.money.payees.payee import PAYEE, ConfirmAccount, RecordAccount
from subsidy.money.requests import of_the_province

PayeeKey = Annotated[CreditCodeText, Path(description="Unified social credit code. 统一社会信用代码。")]


class AccountIn(Body):
    """An organisation's account. 单位收款账户。"""

    model_config = example(
        {
            "name": "贵阳某技工学校",
            "account": "6299990008200000013",
            "bank": "中国农业银行",
            "document": "开户许可〔2026〕1号",
        }
    )

    name: Annotated[str, Text(40)]
    account: BankAccountText
    bank: Annotated[str, Text(40)]
    document: Reference


class ConfirmationIn(Body):
    """The account once more, by another person. 由他人复核账户。"""

    model_config = example({"account": "6299990008200000013"})

    account: BankAccountText


class AccountOut(BaseModel):
    """An account as it was recorded. 账户。"""

    name: str
    account: str
    bank: str
    document: str


class PayeeOut(BaseModel):
    """Where an organisation is paid, and what waits to be confirmed. 单位收款账户及待复核账户。"""

    payee: str
    confirmed: AccountOut | None
    recorded: AccountOut | None


class PayeeAnswer(BaseModel):
    """What a command on a payee answers. 单位与版本。"""

    id: str
    version: int


payees = router()


@payees.post("/v1/payees/{payee}/account", status_code=201, tags=["payees"], response_model=PayeeAnswer)
async def record_account(payee: PayeeKey, body: AccountIn, request: CommandRequest) -> Response:
    """Records where an organisation is paid; another person confirms it (R-SUB-17). 登记单位收款账户，须他人复核。"""
    of_the_province(request)
    command = RecordAccount(
        payee=payee, name=body.name, account=body.account, bank=body.bank, document=body.document, **signed(request)
    )
    return await request.handle(PAYEE, payee, command)


@payees.post("/v1/payees/{payee}/confirmation", status_code=201, tags=["payees"], response_model=PayeeAnswer)
async def confirm_account(payee: PayeeKey, body: ConfirmationIn, request: CommandRequest) -> Response:
    """Another person than who recorded it confirms the account. 复核单位收款账户。"""
    of_the_province(request)
    return await request.handle(PAYEE, payee, ConfirmAccount(account=body.account, **signed(request)))


@payees.get("/v1/payees/{payee}", tags=["payees"])
async def read_payee(payee: PayeeKey, request: ApiRequest) -> PayeeOut:
    """Where an organisation is paid. 单位收款账户。"""
    of_the_province(request)
    found = (await accounts_of(request.web.store, [payee]))[payee]
    if not (found.confirmed or found.recorded):
        raise Problem("not_found")
    return PayeeOut(payee=payee, confirmed=_out(found.confirmed), recorded=_out(found.recorded))


def _out(event: PayeeAccountRecorded | None) -> AccountOut | None:
    if event is None:
        return None
    return AccountOut(name=event.name, account=event.account, bank=event.bank, document=event.document)
