"""What can have happened to a worker's bank account. Storage format: names and fields are for ever."""

from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias

from eventcore import Personal, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class BankAccountRecorded:
    """From now on the worker is paid here; accounts of before are not paid to any more."""

    type: ClassVar[str] = "bank-account-recorded"
    worker: Subject[str]
    evidence: str
    official: str
    organisation: str
    account: Personal[str] = field(repr=False)
    bank: Personal[str] = field(repr=False)
    holder_name: Personal[str | None] = field(repr=False)
    """Where the account is another person's."""


BankAccountEvent: TypeAlias = BankAccountRecorded
