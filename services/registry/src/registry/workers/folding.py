"""What each event means for the worker's state."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import reduce
from typing import assert_never

from contracts.memberships import Membership, without

from registry.privacy.events import (
    NumberReindexed,
    PersonalDataErased,
    PrivacyEvent,
    UseRestricted,
    UseRestrictionEnded,
)
from registry.workers import acting, linking, privacy
from registry.workers.acting_events import ActingEvent, ActingResumed, ActingYielded, GuestPlaced
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
from registry.workers.moving import region_of
from registry.workers.state import (
    Assessment,
    Attention,
    Death,
    Designation,
    Finding,
    Move,
    Registered,
    Status,
    Wishes,
    Worker,
    known,
)


def folded(worker: Worker, events: Iterable[WorkerEvent]) -> Worker:
    """The state after these events."""
    return reduce(evolve, events, worker)


def evolve(worker: Worker, event: WorkerEvent) -> Worker:
    return replace(_evolved(worker, event), version=worker.version + 1)


def _evolved(worker: Worker, event: WorkerEvent) -> Worker:
    if isinstance(event, WorkerRegistered):
        return _registered(worker, event)
    if isinstance(event, PrivacyEvent):
        return privacy.evolve(worker, event)
    if isinstance(event, ActingEvent):
        return acting.evolve(worker, event)
    return _changed(known(worker), event)


def _registered(worker: Worker, event: WorkerRegistered) -> Registered:
    """Of a guest whom a job made known, what was said meanwhile stays."""
    before = worker if isinstance(worker, Registered) else None
    after = before or Registered(
        worker=event.worker,
        survey=event.survey,
        household_region=event.household_region,
        privacy=worker.privacy,
        acting=worker.acting,
    )
    return replace(
        after,
        survey=event.survey,
        household_region=event.household_region,
        groups=ordered({*after.groups, *event.groups}),
        findings=(_first_finding(event),),
    )


def _changed(worker: Registered, event: WorkerEvent) -> Registered:
    match event:
        case WorkerSurveyed() | WorkerSurveyWithdrawn():
            return _with_findings(worker, event)
        case WorkerGroupAssigned() | WorkerGroupEnded() | WorkerGroupWithdrawn():
            return _with_group(worker, event)
        case WishesRecorded():
            return _with_wishes(worker, event)
        case EligibilityAssessed():
            return replace(worker, assessment=Assessment(eligible=event.eligible, assessed_on=event.assessed_on))
        case TraineeDesignated():
            return replace(worker, designated=Designation(plan=event.plan, designated_on=event.designated_on))
        case DesignationEnded():
            return replace(worker, designated=None)
        case AttentionOrdered():
            return replace(worker, attention=Attention(reason=event.reason, until=event.until))
        case AttentionEnded():
            return replace(worker, attention=None)
        case HouseholdJoined():
            return replace(worker, household=event.household)
        case HouseholdLeft():
            return replace(worker, household=None)
        case WorkerMoved():
            return _moved(worker, event)
        case WorkerDeceased():
            return replace(worker, death=_death(worker, event), designated=None, attention=None)
        case DeathWithdrawn():
            return replace(worker, death=None, withdrawn_death=worker.death)
        case WorkerRegistered():
            return worker
        case DuplicateDecided() | CanonicalChanged() | LinkConflictFound() | LinkConflictDecided():
            return linking.evolve(worker, event)
        case UseRestricted() | UseRestrictionEnded() | PersonalDataErased() | NumberReindexed():
            return worker  # folded before
        case ActingYielded() | ActingResumed() | GuestPlaced():
            return worker  # folded before
        case _:
            assert_never(event)


def _death(worker: Registered, event: WorkerDeceased) -> Death:
    return Death(
        version=worker.version + 1,
        died_on=event.died_on,
        official=event.official,
        household=event.household,
        plan=worker.designated.plan if worker.designated else None,
        attention=worker.attention.reason if worker.attention else None,
    )


def _with_findings(worker: Registered, event: WorkerSurveyed | WorkerSurveyWithdrawn) -> Registered:
    """The newest that counts says where the household is."""
    findings = [each for each in worker.findings if each.survey != event.survey]
    if isinstance(event, WorkerSurveyed):
        findings.append(_finding(event))
        findings.sort(key=lambda each: each.surveyed_on)
    surveyed = region_of(findings, worker.moves) if isinstance(event, WorkerSurveyed) else None
    return replace(worker, findings=tuple(findings), household_region=surveyed or event.household_region)


def _moved(worker: Registered, event: WorkerMoved) -> Registered:
    after = replace(worker, household_region=event.household_region)
    if event.basis != "HOUSEHOLD":
        return after
    move = Move(moved_on=event.valid_from, household_region=event.household_region)
    return replace(after, moves=(*worker.moves, move))


def _with_group(worker: Registered, event: WorkerGroupAssigned | WorkerGroupEnded | WorkerGroupWithdrawn) -> Registered:
    others = without(worker.groups, event.group, event.valid_from)
    assigned = without(worker.assigned, event.group, event.valid_from)
    if isinstance(event, WorkerGroupWithdrawn):
        return replace(worker, groups=tuple(others), assigned=tuple(assigned))
    membership = Membership(group=event.group, valid_from=event.valid_from, valid_to=event.valid_to)
    after = replace(worker, groups=ordered([*others, membership]))
    if event.basis == "RULES":
        return after
    if isinstance(event, WorkerGroupAssigned):
        return replace(after, assigned=ordered([*assigned, membership]))
    return replace(after, ends=(*worker.ends, (event.group, event.valid_to)))


def _with_wishes(worker: Registered, event: WishesRecorded) -> Registered:
    said = Wishes(wishes=event.wishes, recorded_on=event.recorded_on, evidence=event.evidence)
    return replace(worker, wishes=said, told=worker.told if event.basis == "RULES" else (*worker.told, said))


def _first_finding(event: WorkerRegistered) -> Finding:
    """Day and status come with the survey's own event, which workers registered by an older version do not have."""
    return Finding(
        survey=event.survey, surveyed_on=date.min, household_region=event.household_region, groups=event.groups
    )


def _finding(event: WorkerSurveyed) -> Finding:
    return Finding(
        survey=event.survey,
        surveyed_on=event.surveyed_on,
        household_region=event.household_region,
        groups=event.groups,
        status=Status(
            employment_status=event.employment_status,
            employment_form=event.employment_form,
            work_region=event.work_region,
        ),
        wishes=event.wishes,
    )


def ordered(memberships: Iterable[Membership]) -> tuple[Membership, ...]:
    """By group and first day."""
    return tuple(sorted(memberships, key=lambda each: (each.group, each.valid_from)))
