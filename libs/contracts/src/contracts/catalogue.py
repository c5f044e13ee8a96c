"""All public events and the topics that carry them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from contracts.certification import (
    CertificateIssuedV1,
    CertificateReinstatedV1,
    CertificateRevokedV1,
    CertificateSuspendedV1,
)
from contracts.public_event import PublicEvent
from contracts.registry import (
    DuplicateDecidedV1,
    HouseholdStatusChangedV1,
    PersonalDataErasedV1,
    SurveyApprovedV1,
    SurveyInvalidatedV1,
    SurveyRecordedV1,
    SurveyRejectedV1,
    TraineeDesignatedV1,
    TraineeDesignationEndedV1,
    TraineeListPublishedV1,
    UseRestrictedV1,
    UseRestrictionEndedV1,
    WishesRecordedV1,
    WorkerDeathWithdrawnV1,
    WorkerDeceasedV1,
    WorkerGroupAssignedV1,
    WorkerGroupEndedV1,
    WorkerGroupWithdrawnV1,
    WorkerMovedV1,
    WorkerRegisteredV1,
)
from contracts.subsidy import (
    ClaimAdjustedV1,
    ClaimDecidedV1,
    ClaimOpenedV1,
    PaymentExecutedV1,
    PaymentFailedV1,
    PaymentOrderedV1,
    PaymentReturnedV1,
    RulePackPublishedV1,
)
from contracts.training import (
    AttendanceCorrectedV1,
    BaseAccreditedV1,
    BaseRevokedV1,
    EnrolledV1,
    ProgrammeChangedV1,
    ProgrammeListedV1,
    ProgrammeWithdrawnV1,
    TrainingCompletedV1,
    TrainingFailedV1,
    WithdrawnV1,
)

PARTITIONS: Final = 12


class UnknownEvent(ValueError):
    """A type that this version of the contracts does not know. A reader that does not ask for it may pass it by."""

    code: Final = "public_event_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    service: str
    stream_kind: str
    series: int
    """What becomes public later goes to the next series, filled from the beginning."""
    events: tuple[type[PublicEvent], ...]
    partitions: int = PARTITIONS

    def name(self, region: str) -> str:
        """`520000.registry.survey.1`"""
        return f"{region}.{self.service}.{self.stream_kind}.{self.series}"

    @property
    def types(self) -> frozenset[str]:
        return frozenset(each.type for each in self.events)


TOPICS: Final = (
    Topic(
        service="registry",
        stream_kind="survey",
        series=1,
        events=(SurveyRecordedV1, SurveyApprovedV1, SurveyRejectedV1, SurveyInvalidatedV1),
    ),
    Topic(
        service="registry",
        stream_kind="worker",
        series=1,
        events=(
            WorkerRegisteredV1,
            WorkerGroupAssignedV1,
            WorkerGroupEndedV1,
            WorkerGroupWithdrawnV1,
            WishesRecordedV1,
            TraineeDesignatedV1,
            WorkerDeceasedV1,
            DuplicateDecidedV1,
            UseRestrictedV1,
            UseRestrictionEndedV1,
            PersonalDataErasedV1,
            TraineeDesignationEndedV1,
            WorkerMovedV1,
            WorkerDeathWithdrawnV1,
        ),
    ),
    Topic(service="registry", stream_kind="household", series=1, events=(HouseholdStatusChangedV1,)),
    Topic(service="registry", stream_kind="trainee-list", series=1, events=(TraineeListPublishedV1,)),
    Topic(service="training", stream_kind="institution", series=1, events=(BaseAccreditedV1, BaseRevokedV1)),
    Topic(
        service="training",
        stream_kind="programme",
        series=1,
        events=(ProgrammeListedV1, ProgrammeChangedV1, ProgrammeWithdrawnV1),
    ),
    Topic(
        service="training",
        stream_kind="enrolment",
        series=1,
        events=(EnrolledV1, WithdrawnV1, TrainingCompletedV1, TrainingFailedV1, AttendanceCorrectedV1),
    ),
    Topic(
        service="certification",
        stream_kind="certificate",
        series=1,
        events=(CertificateIssuedV1, CertificateSuspendedV1, CertificateReinstatedV1, CertificateRevokedV1),
    ),
    Topic(service="subsidy", stream_kind="claim", series=1, events=(ClaimOpenedV1, ClaimDecidedV1, ClaimAdjustedV1)),
    Topic(
        service="subsidy",
        stream_kind="payment",
        series=1,
        events=(PaymentOrderedV1, PaymentExecutedV1, PaymentFailedV1, PaymentReturnedV1),
    ),
    Topic(service="subsidy", stream_kind="rule-pack", series=1, events=(RulePackPublishedV1,)),
)

EVENTS: Final[Mapping[str, type[PublicEvent]]] = MappingProxyType(
    {event.type: event for topic in TOPICS for event in topic.events}
)


def topic_of(event_type: str) -> Topic:
    """Raises `UnknownEvent`."""
    for topic in TOPICS:
        if event_type in topic.types:
            return topic
    raise UnknownEvent(event_type)


def topics_of(service: str) -> tuple[Topic, ...]:
    return tuple(topic for topic in TOPICS if topic.service == service)


def read(event_type: str, data: bytes) -> PublicEvent:
    """The event of that type. Raises `UnknownEvent` or `UnreadableEvent`."""
    known = EVENTS.get(event_type)
    if known is None:
        raise UnknownEvent(event_type)
    return known.from_bytes(data)
