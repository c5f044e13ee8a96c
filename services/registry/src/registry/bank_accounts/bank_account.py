"""The rules of a worker's bank account: one at a time, the newest.

A stream of its own beside the worker's, whose state and events hold nothing personal. The state is how many accounts
were recorded: the number of the newest, which is the version of its event.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from eventcore import Decider, Read, Seen

from registry.bank_accounts.events import BankAccountEvent, BankAccountRecorded
from registry.privacy.state import PersonalDataGone
from registry.surveys.survey import SURVEY, known
from registry.workers.linking_refusals import WorkerIsLinked
from registry.workers.state import Registered, Worker, living
from registry.workers.worker import WORKER


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordBankAccount:
    """An office has seen on what account the worker is to be paid. Well-formed when it comes here."""

    worker: str
    evidence: str
    official: str
    organisation: str
    account: str = field(repr=False)
    bank: str = field(repr=False)
    holder_name: str | None = field(repr=False)
    survey: str | None = None
    """The worker's, with which the account came: until it is approved nobody may be registered yet."""


def decide(command: RecordBankAccount, recorded: int, seen: Seen) -> Sequence[BankAccountEvent]:
    """Also of who is restricted: what is owed to them is paid. The same account again is recorded again, for what is
    sealed cannot be compared."""
    worker = seen.state(WORKER, command.worker)
    if worker.privacy.erased:
        raise PersonalDataGone
    if not _is_surveyed(command, worker, seen) and living(worker).canonical is not None:
        raise WorkerIsLinked
    return [
        BankAccountRecorded(
            worker=command.worker,
            evidence=command.evidence,
            official=command.official,
            organisation=command.organisation,
            account=command.account,
            bank=command.bank,
            holder_name=command.holder_name,
        )
    ]


def _is_surveyed(command: RecordBankAccount, worker: Worker, seen: Seen) -> bool:
    """Whether the worker is known by this survey alone."""
    if command.survey is None or isinstance(worker, Registered):
        return False
    return known(seen.state(SURVEY, command.survey)).facts.worker == command.worker


def evolve(recorded: int, event: BankAccountEvent) -> int:
    return recorded + 1


def reads(command: RecordBankAccount) -> Iterable[Read]:
    yield Read(WORKER, command.worker)
    if command.survey is not None:
        yield Read(SURVEY, command.survey)


BANK_ACCOUNT: Final[Decider[RecordBankAccount, BankAccountEvent, int]] = Decider(
    category="bank-account", initial=0, decide=decide, evolve=evolve, events=BankAccountEvent, reads=reads
)
