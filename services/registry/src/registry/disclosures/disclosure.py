"""The rules of a disclosure: each has a stream of its own, recorded before anything is opened.

A stream for each, because reads of the same person must not wait for one another, and a worker's own stream must not
grow with everybody who looks at it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from eventcore import Decider, Read, Seen

from registry.bank_accounts.bank_account import BANK_ACCOUNT
from registry.disclosures import purposes
from registry.disclosures.events import DisclosureEvent, PersonalDataDisclosed
from registry.disclosures.purposes import (
    ACCOUNT_FIELDS,
    ENTITLEMENTS,
    FIELDS,
    OWN_FILE,
    RECORD_FIELDS,
    RIGHTS_REQUEST,
    SUBSIDY_PAYMENT,
)
from registry.disclosures.refusals import NoBankAccount, PurposeNotYours
from registry.privacy.state import PersonalDataGone
from registry.surveys.refusals import NotRecorded
from registry.surveys.survey import SURVEY
from registry.surveys.survey import known as known_survey
from registry.workers.refusals import WorkerNotRegistered
from registry.workers.state import Registered, Worker, living
from registry.workers.worker import WORKER

KEPT: Final = frozenset({OWN_FILE, RIGHTS_REQUEST, SUBSIDY_PAYMENT})
"""What restricted data may still be read for: the person's own rights, and what is owed to them. A payment within its
legal term is why data are restricted and not erased, so a restriction does not stop it."""

BY_SURVEY: Final = frozenset({SUBSIDY_PAYMENT, purposes.CERTIFICATE_VERIFICATION})
"""What needs a name or a number, which only a survey says: a guest may be known by a job alone."""

WITH_ACCOUNTS: Final = frozenset({OWN_FILE, SUBSIDY_PAYMENT})
"""What bank accounts are read for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscloseIdentity:
    """Somebody needs to know whom these surveys of one worker are about; without any, which worker somebody is."""

    worker: str
    surveys: tuple[str, ...]
    purpose: str
    reader: str
    organisation: str
    office: str
    today: date
    request: str | None = None
    reference: str | None = None
    record: str | None = None
    """Of somebody whom nobody surveyed here: by which transfer, or grant, the record came."""


def decide(command: DiscloseIdentity, done: bool, seen: Seen) -> Sequence[DisclosureEvent]:
    if done:
        return []
    entitlement = ENTITLEMENTS.get((command.purpose, command.office))
    if entitlement is None or not _has_reason(command, seen.state(WORKER, command.worker)):
        raise PurposeNotYours
    if any(known_survey(seen.state(SURVEY, each)).facts.worker != command.worker for each in command.surveys):
        raise NotRecorded
    _require_use(command, seen)
    accounts = _accounts(command, seen)
    who = FIELDS if command.surveys else RECORD_FIELDS if command.record else ()
    shown = (*who, *(ACCOUNT_FIELDS if accounts else ()))
    return [
        PersonalDataDisclosed(
            worker=command.worker,
            surveys=command.surveys,
            purpose=command.purpose,
            reader=command.reader,
            organisation=command.organisation,
            office=command.office,
            in_full=tuple(each for each in entitlement.in_full if each in shown),
            masked=tuple(each for each in entitlement.masked if each in shown),
            request=command.request,
            accounts=accounts,
            reference=command.reference,
            record=command.record,
        )
    ]


def _accounts(command: DiscloseIdentity, seen: Seen) -> tuple[int, ...]:
    """A person sees all that were recorded, the payer the one that is paid to."""
    if command.purpose not in WITH_ACCOUNTS:
        return ()
    recorded = seen.state(BANK_ACCOUNT, command.worker)
    if command.purpose == OWN_FILE:
        return tuple(range(1, recorded + 1))
    if not recorded:
        raise NoBankAccount
    return (recorded,)


def _has_reason(command: DiscloseIdentity, worker: Worker) -> bool:
    """Some purposes are only for some people: for oneself, for a designated trainee, for who is here now."""
    match command.purpose:
        case purposes.OWN_FILE:
            return command.reader == command.worker or _stands_for(command.reader, worker)
        case purposes.TRAINEE_CONTACT:
            return isinstance(worker, Registered) and worker.designated is not None
        case purposes.LOCAL_WORKERS:
            return command.request is not None
        case purposes.SUBSIDY_PAYMENT | purposes.CERTIFICATE_VERIFICATION | purposes.TRANSFER_RECORD:
            return command.reference is not None
        case _:
            return True


def _stands_for(reader: str, worker: Worker) -> bool:
    return isinstance(worker, Registered) and worker.canonical == reader


def _require_use(command: DiscloseIdentity, seen: Seen) -> None:
    worker = seen.state(WORKER, command.worker)
    if command.purpose not in KEPT:
        worker.privacy.require_use(command.today)
    elif worker.privacy.erased:
        raise PersonalDataGone
    if command.purpose == purposes.SUBSIDY_PAYMENT:
        living(worker)
    if command.purpose in BY_SURVEY and not command.surveys:
        raise WorkerNotRegistered


def evolve(done: bool, event: DisclosureEvent) -> bool:
    return True


def reads(command: DiscloseIdentity) -> Iterable[Read]:
    yield Read(WORKER, command.worker)
    if command.purpose in WITH_ACCOUNTS:
        yield Read(BANK_ACCOUNT, command.worker)
    for each in command.surveys:
        yield Read(SURVEY, each)


DISCLOSURE: Final[Decider[DiscloseIdentity, DisclosureEvent, bool]] = Decider(
    category="disclosure", initial=False, decide=decide, evolve=evolve, events=DisclosureEvent, reads=reads
)
