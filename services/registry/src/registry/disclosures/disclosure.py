"""The rules of a disclosure: each has a stream of its own, recorded before anything is opened.

A stream for each, because reads of the same person must not wait for one another, and a worker's own stream must not
grow with everybody who looks at it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from eventcore import Decider, Read, Seen

from registry.disclosures import purposes
from registry.disclosures.events import DisclosureEvent, PersonalDataDisclosed
from registry.disclosures.purposes import ENTITLEMENTS, OWN_FILE, RIGHTS_REQUEST
from registry.disclosures.refusals import PurposeNotYours
from registry.surveys.refusals import NotRecorded
from registry.surveys.survey import SURVEY, known
from registry.workers.privacy_state import PersonalDataGone
from registry.workers.state import Registered, Worker
from registry.workers.worker import WORKER

KEPT: Final = frozenset({OWN_FILE, RIGHTS_REQUEST})
"""What restricted data may still be read for: the person's own rights."""


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


def decide(command: DiscloseIdentity, done: bool, seen: Seen) -> Sequence[DisclosureEvent]:
    if done:
        return []
    entitlement = ENTITLEMENTS.get((command.purpose, command.office))
    if entitlement is None or not _has_reason(command, seen.state(WORKER, command.worker)):
        raise PurposeNotYours
    if any(known(seen.state(SURVEY, each)).facts.worker != command.worker for each in command.surveys):
        raise NotRecorded
    _require_use(command, seen)
    return [
        PersonalDataDisclosed(
            worker=command.worker,
            surveys=command.surveys,
            purpose=command.purpose,
            reader=command.reader,
            organisation=command.organisation,
            office=command.office,
            in_full=entitlement.in_full if command.surveys else (),
            masked=entitlement.masked if command.surveys else (),
            request=command.request,
        )
    ]


def _has_reason(command: DiscloseIdentity, worker: Worker) -> bool:
    """Some purposes are only for some people: for oneself, for a designated trainee, for who is here now."""
    match command.purpose:
        case purposes.OWN_FILE:
            return command.reader == command.worker
        case purposes.TRAINEE_CONTACT:
            return isinstance(worker, Registered) and worker.designated is not None
        case purposes.LOCAL_WORKERS:
            return command.request is not None
        case _:
            return True


def _require_use(command: DiscloseIdentity, seen: Seen) -> None:
    privacy = seen.state(WORKER, command.worker).privacy
    if command.purpose not in KEPT:
        privacy.require_use(command.today)
    elif privacy.erased:
        raise PersonalDataGone


def evolve(done: bool, event: DisclosureEvent) -> bool:
    return True


def reads(command: DiscloseIdentity) -> Iterable[Read]:
    yield Read(WORKER, command.worker)
    for each in command.surveys:
        yield Read(SURVEY, each)


DISCLOSURE: Final[Decider[DiscloseIdentity, DisclosureEvent, bool]] = Decider(
    category="disclosure", initial=False, decide=decide, evolve=evolve, events=DisclosureEvent, reads=reads
)
