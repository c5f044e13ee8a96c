"""What becomes public of this service's facts. Disclosures stay at home."""

from typing import Any, assert_never

from contracts.public_event import PublicEvent
from eventcore import Fact

from registry.disclosures.events import DisclosureEvent, PersonalDataDisclosed
from registry.surveys import publishing as surveys
from registry.surveys.events import SurveyApproved, SurveyEvent, SurveyInvalidated, SurveyRecorded, SurveyRejected
from registry.workers import publishing as workers
from registry.workers.events import WorkerEvent, WorkerRegistered


def publish(fact: Fact[Any]) -> PublicEvent | None:
    """A pure function of the event alone, so that a replay sends the same bytes."""
    return published(fact.event)


def published(event: SurveyEvent | WorkerEvent | DisclosureEvent) -> PublicEvent | None:
    match event:
        case SurveyRecorded() | SurveyApproved() | SurveyRejected() | SurveyInvalidated():
            return surveys.publish(event)
        case WorkerRegistered():
            return workers.publish(event)
        case PersonalDataDisclosed():
            return None
        case _:
            assert_never(event)
