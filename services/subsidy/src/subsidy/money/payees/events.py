"""What can have happened to an organisation's account. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class PayeeAccountRecorded:
    type: ClassVar[str] = "payee-account-recorded"
    payee: str
    """Key of this stream: the credit code."""
    name: str
    account: str
    bank: str
    document: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayeeAccountConfirmed:
    type: ClassVar[str] = "payee-account-confirmed"
    payee: str
    account: str
    official: str
    organisation: str


PayeeEvent: TypeAlias = PayeeAccountRecorded | PayeeAccountConfirmed
