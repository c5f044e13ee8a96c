"""What other services may know of a worker: where the household is, groups, wishes, designation, death, and whether
their data may be used; never who it is, and never which official said so."""

from typing import assert_never

from contracts.public_event import PublicEvent
from contracts.registry import (
    DuplicateDecidedV1,
    PersonalDataErasedV1,
    TraineeDesignatedV1,
    TraineeDesignationEndedV1,
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

from registry.privacy.events import NumberReindexed, PersonalDataErased, UseRestricted, UseRestrictionEnded
from registry.telling import told
from registry.workers.acting_events import ActingResumed, ActingYielded, GuestPlaced
from registry.workers.events import (
    AttentionEnded,
    AttentionOrdered,
    DeathWithdrawn,
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
    WorkerMoved,
    WorkerRegistered,
    WorkerSurveyed,
    WorkerSurveyWithdrawn,
)
from registry.workers.linking_events import CanonicalChanged, DuplicateDecided, LinkConflictDecided, LinkConflictFound


def publish(event: WorkerEvent) -> PublicEvent | None:
    kind = _public(event)
    return told(kind, event) if kind else None


def _public(event: WorkerEvent) -> type[PublicEvent] | None:
    match event:
        case WorkerRegistered():
            return WorkerRegisteredV1
        case WorkerGroupAssigned():
            return WorkerGroupAssignedV1
        case WorkerGroupEnded():
            return WorkerGroupEndedV1
        case WorkerGroupWithdrawn():
            return WorkerGroupWithdrawnV1
        case WishesRecorded():
            return WishesRecordedV1
        case TraineeDesignated():
            return TraineeDesignatedV1
        case DesignationEnded():
            return TraineeDesignationEndedV1
        case WorkerMoved():
            return WorkerMovedV1
        case WorkerDeceased():
            return WorkerDeceasedV1
        case DeathWithdrawn():
            return WorkerDeathWithdrawnV1
        case DuplicateDecided():
            return DuplicateDecidedV1
        case UseRestricted():
            return UseRestrictedV1
        case UseRestrictionEnded():
            return UseRestrictionEndedV1
        case PersonalDataErased():
            return PersonalDataErasedV1
        case (
            WorkerSurveyed()
            | WorkerSurveyWithdrawn()
            | EligibilityAssessed()
            | AttentionOrdered()
            | AttentionEnded()
            | HouseholdJoined()
            | HouseholdLeft()
            | CanonicalChanged()
            | LinkConflictFound()
            | LinkConflictDecided()
            | NumberReindexed()
            | ActingYielded()
            | ActingResumed()
            | GuestPlaced()
        ):
            return None
        case _:
            assert_never(event)
