"""What becomes public of this service's facts. Bank accounts, disclosures, imports and comparisons stay
at home."""

from typing import Any, assert_never

from contracts.public_event import PublicEvent
from eventcore import Fact
from eventcore.roll import RollEvent

from registry.bank_accounts.events import BankAccountEvent, BankAccountRecorded
from registry.disclosures.events import DisclosureEvent, PersonalDataDisclosed
from registry.households import publishing as households
from registry.households.events import HouseholdEvent
from registry.identity import publishing as identity
from registry.identity.events import AskEvent, IdentityAnswered
from registry.imports.events import ImportEvent
from registry.indexes.rotation import RotationBegun, RotationEvent, VersionRetired
from registry.local_workers.request import LocalWorkersAsked
from registry.matching.events import MatchingEvent
from registry.records import publishing as records
from registry.records.events import RecordEvent
from registry.retention.events import RetentionBegun
from registry.stewardship import publishing as stewardship
from registry.stewardship.events import LedgerEvent
from registry.stewardship.tenure_events import TenureEvent
from registry.surveys import publishing as surveys
from registry.surveys.events import SurveyApproved, SurveyEvent, SurveyInvalidated, SurveyRecorded, SurveyRejected
from registry.trainee_lists import publishing as trainee_lists
from registry.trainee_lists.events import TraineeListEvent
from registry.workers import publishing as workers
from registry.workers.events import WorkerEvent


def publish(fact: Fact[Any]) -> PublicEvent | None:
    """A pure function of the event alone, so that a replay sends the same bytes."""
    return published(fact.event)


def published(
    event: SurveyEvent
    | WorkerEvent
    | HouseholdEvent
    | TraineeListEvent
    | BankAccountEvent
    | DisclosureEvent
    | LocalWorkersAsked
    | RotationEvent
    | RetentionBegun
    | ImportEvent
    | MatchingEvent
    | LedgerEvent
    | TenureEvent
    | RollEvent
    | AskEvent
    | IdentityAnswered
    | RecordEvent,
) -> PublicEvent | None:
    if isinstance(event, WorkerEvent):
        return workers.publish(event)
    if isinstance(event, HouseholdEvent):
        return households.publish(event)
    if isinstance(event, TraineeListEvent):
        return trainee_lists.publish(event)
    if isinstance(event, LedgerEvent | TenureEvent | RollEvent):
        return stewardship.publish(event)
    if isinstance(event, AskEvent | IdentityAnswered):
        return identity.publish(event)
    if isinstance(event, RecordEvent):
        return records.publish(event)
    if isinstance(event, RetentionBegun | ImportEvent | MatchingEvent):
        return None
    match event:
        case SurveyRecorded() | SurveyApproved() | SurveyRejected() | SurveyInvalidated():
            return surveys.publish(event)
        case BankAccountRecorded() | PersonalDataDisclosed() | LocalWorkersAsked() | RotationBegun() | VersionRetired():
            return None
        case _:
            assert_never(event)
