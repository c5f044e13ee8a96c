"""Bodies of the routes that record bank accounts."""

from typing import Annotated, Final, cast
from uuid import UUID

from contracts.bank_account import BankAccountText
from contracts.documents import Reference
from eventcore.web import Body, Problem, Text, example
from pydantic import Field, JsonValue

from registry.batches import each_for_itself

MOST: Final = 200
_ACCOUNT: Final[dict[str, JsonValue]] = {
    "account": "6217 0012 1002 4455 220",
    "bank": "中国建设银行",
    "evidence": "威人社〔2026〕31号",
}
_OF_WORKER: Final = {"worker": "0190a1b2-0000-7000-8000-000000000001", **_ACCOUNT}


HolderName = Annotated[
    str, Text(60), Field(description="Where the account is another person's. 户名与本人不一致时填写")
]


class BankAccountIn(Body):
    """On what account a worker is to be paid. 收款账户。"""

    model_config = example(_ACCOUNT)

    account: BankAccountText
    bank: Annotated[str, Text(60), Field(description="Name of the bank. 开户银行")]
    holder_name: HolderName | None = None
    evidence: Reference


class BankAccountOfIn(BankAccountIn):
    """The same in a batch, with whose it is. 批量登记中的一条。"""

    model_config = example(_OF_WORKER)

    worker: UUID


class BankAccountBatchIn(Body):
    """Up to 200 accounts, each for itself. 批量登记，逐条处理。"""

    model_config = example({"accounts": [_OF_WORKER]})

    accounts: Annotated[
        tuple[Annotated[BankAccountOfIn, each_for_itself(BankAccountOfIn)], ...], Field(min_length=1, max_length=MOST)
    ]

    def items(self) -> tuple[BankAccountOfIn | Problem, ...]:
        return cast(tuple[BankAccountOfIn | Problem, ...], self.accounts)
