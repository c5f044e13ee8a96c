"""What other services may know of a worker: groups, wishes, designation and death; never who it is, and never which
official said so."""

from typing import assert_never

from contracts.public_event import PublicEvent
from contracts.registry import (
    DuplicateDecidedV1,
    GroupMembership,
    TraineeDesignatedV1,
    WishesRecordedV1,
    WorkerDeceasedV1,
    WorkerGroupAssignedV1,
    WorkerGroupEndedV1,
    WorkerGroupWithdrawnV1,
    WorkerRegisteredV1,
)

from registry.workers import privacy_publishing
from registry.workers.events import (
    AttentionEnded,
    AttentionOrdered,
    DesignationEnded,
    EligibilityAssessed,
    HouseholdJoined,
    HouseholdLeft,
    TraineeDesignated,
    WishesRecorded,
    WorkerDeceased,
    WorkerEvent,
    WorkerGroupAssigned,
    WorkerGroupEnded,
    WorkerGroupWithdrawn,
    WorkerRegistered,
    WorkerSurveyed,
    WorkerSurveyWithdrawn,
)
from registry.workers.linking_events import CanonicalChanged, DuplicateDecided, LinkConflictDecided, LinkConflictFound
from registry.workers.privacy_events import PrivacyEvent


def publish(event: WorkerEvent) -> PublicEvent | None:
    if isinstance(event, PrivacyEvent):
        return privacy_publishing.publish(event)
    match event:
        case WorkerRegistered():
            return _registered(event)
        case WorkerGroupAssigned() | WorkerGroupEnded() | WorkerGroupWithdrawn():
            return _group(event)
        case WishesRecorded():
            return WishesRecordedV1(
                worker=event.worker,
                wishes=event.wishes,
                recorded_on=event.recorded_on,
                evidence=event.evidence,
                organisation=event.organisation,
            )
        case TraineeDesignated():
            return TraineeDesignatedV1(
                worker=event.worker,
                plan=event.plan,
                designated_on=event.designated_on,
                priority=event.priority,
                organisation=event.organisation,
            )
        case DuplicateDecided():
            return DuplicateDecidedV1(
                worker=event.worker,
                other=event.other,
                verdict=event.verdict,
                undone=event.undone,
                reason=event.reason,
                organisation=event.organisation,
            )
        case WorkerDeceased():
            return WorkerDeceasedV1(worker=event.worker, died_on=event.died_on, organisation=event.organisation)
        case (
            WorkerSurveyed()
            | WorkerSurveyWithdrawn()
            | EligibilityAssessed()
            | DesignationEnded()
            | AttentionOrdered()
            | AttentionEnded()
            | HouseholdJoined()
            | HouseholdLeft()
            | CanonicalChanged()
            | LinkConflictFound()
            | LinkConflictDecided()
        ):
            return None
        case _:
            assert_never(event)


def _registered(event: WorkerRegistered) -> WorkerRegisteredV1:
    return WorkerRegisteredV1(
        worker=event.worker,
        survey=event.survey,
        household_region=event.household_region,
        groups=tuple(
            GroupMembership(group=each.group, valid_from=each.valid_from, valid_to=each.valid_to)
            for each in event.groups
        ),
    )


def _group(event: WorkerGroupAssigned | WorkerGroupEnded | WorkerGroupWithdrawn) -> PublicEvent:
    match event:
        case WorkerGroupAssigned():
            return WorkerGroupAssignedV1(
                worker=event.worker,
                group=event.group,
                valid_from=event.valid_from,
                valid_to=event.valid_to,
                evidence=event.evidence,
                organisation=event.organisation,
            )
        case WorkerGroupEnded():
            return WorkerGroupEndedV1(
                worker=event.worker,
                group=event.group,
                valid_from=event.valid_from,
                valid_to=event.valid_to,
                evidence=event.evidence,
                organisation=event.organisation,
            )
        case WorkerGroupWithdrawn():
            return WorkerGroupWithdrawnV1(
                worker=event.worker,
                group=event.group,
                valid_from=event.valid_from,
                evidence=event.evidence,
                organisation=event.organisation,
            )
        case _:
            assert_never(event)
