"""Numbers of persons, counted plainly from the facts that were known and had happened: what SQL must give."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from contracts.certification import CertificateIssuedV1, CertificateRevokedV1
from contracts.employment import JobNotedV1, StableEmploymentReachedV1, StableEmploymentWithdrawnV1
from contracts.registry import (
    DuplicateDecidedV1,
    TraineeDesignatedV1,
    TraineeDesignationEndedV1,
    WorkerDeceasedV1,
    WorkerGroupAssignedV1,
    WorkerGroupEndedV1,
    WorkerGroupWithdrawnV1,
    WorkerMovedV1,
    WorkerRegisteredV1,
)
from contracts.training import (
    AttendanceCorrectedV1,
    BaseAccreditedV1,
    BaseRevokedV1,
    EnrolledV1,
    TrainingCompletedV1,
    TrainingFailedV1,
)
from contracts.transfer import ArrivedV1, DispatchedV1
from eventcore.clock import LEGAL
from published import Published

Steps = set[tuple[str, str, date, str | None, str | None]]
"""Kind, person, day, institution, occupation."""


def steps(known: Sequence[Published]) -> Steps:
    """What counts of all that is known, told one fact after the other."""
    found: dict[str, tuple[str, str, date, str | None, str | None]] = {}
    kept: dict[str, tuple[str, str, date, str | None, str | None]] = {}
    schools = {e.event.training_class: e.event.institution for e in known if isinstance(e.event, EnrolledV1)}
    for each in known:
        event: Any = each.event
        match event:
            case WorkerRegisteredV1():
                found[each.stream] = ("registered", event.worker, _day(each), None, None)
            case WorkerDeceasedV1():
                found[f"{each.stream} died"] = ("deceased", event.worker, event.died_on, None, None)
            case TraineeDesignatedV1():
                found.setdefault(
                    event.worker + event.plan, ("designated", event.worker, event.designated_on, None, None)
                )
            case TraineeDesignationEndedV1() if event.reason == "WRONG_DESIGNATION":
                found.pop(event.worker + event.plan)
            case EnrolledV1():
                found[f"{each.stream} in"] = ("enrolled", event.worker, _day(each), event.institution, event.occupation)
            case TrainingCompletedV1() | TrainingFailedV1():
                day = event.completed_on if isinstance(event, TrainingCompletedV1) else event.failed_on
                kept[each.stream] = ("completed", event.worker, day, event.institution, event.occupation)
                if isinstance(event, TrainingCompletedV1):
                    found[each.stream] = kept[each.stream]
            case AttendanceCorrectedV1():
                found.pop(each.stream, None)
                if event.completed:
                    found[each.stream] = kept[each.stream]
            case CertificateIssuedV1():
                school = schools.get(event.training_class or "")
                found[each.stream] = ("certified", event.worker, event.issued_on, school, event.occupation)
            case CertificateRevokedV1():
                found.pop(each.stream)
            case _:
                pass
    fallen = _fallen(known)
    return at_work_of(known) | {
        each for each in found.values() if each[0] != "completed" or not fallen(str(each[3]), each[2])
    }


def at_work_of(known: Sequence[Published]) -> Steps:
    said: dict[tuple[str, str, str], date] = {}

    def count(kind: str, worker: str, way: str, day: date) -> None:
        said[kind, worker, way] = min(day, said.get((kind, worker, way), day))

    for each in known:
        event: Any = each.event
        match event:
            case DispatchedV1():
                count("dispatched", event.worker, event.transfer, event.left_on)
            case ArrivedV1():
                count("transferred", event.worker, event.transfer, event.arrived_on)
                count("organised", event.worker, event.transfer, event.arrived_on)
            case JobNotedV1():
                count("employed", event.worker, event.employment, event.started_on)
                if event.home != event.region:
                    count("transferred", event.worker, event.transfer or event.employment, event.started_on)
                if event.home != event.region and not event.self_found:
                    count("organised", event.worker, event.transfer or event.employment, event.started_on)
            case StableEmploymentReachedV1():
                count("stable", event.worker, f"{each.stream}/{each.version}", event.reached_on)
            case StableEmploymentWithdrawnV1():
                said.pop(("stable", event.worker, event.corrects))
            case _:
                pass
    return {(kind, worker, day, None, None) for (kind, worker, _), day in said.items()}


def _day(each: Published) -> date:
    return each.at.astimezone(LEGAL).date()


def _fallen(known: Sequence[Published]) -> Callable[[str, date], bool]:
    bases: list[Any] = [each.event for each in known]

    def fallen(institution: str, day: date) -> bool:
        for revoked in bases:
            if not isinstance(revoked, BaseRevokedV1) or revoked.institution != institution:
                continue
            again = [
                each.accredited_on
                for each in bases
                if isinstance(each, BaseAccreditedV1)
                and each.institution == institution
                and each.accredited_on > revoked.revoked_on
            ]
            if revoked.void_from and revoked.void_from <= day < min(again, default=date.max):
                return True
        return False

    return fallen


class People:
    """Who is who, lives where and belongs to what, as far as it is known."""

    def __init__(self, known: Sequence[Published]) -> None:
        self.canonical: dict[str, str] = {}
        self.homes: dict[str, list[tuple[date, str]]] = {}
        self.members: dict[tuple[str, str, date], date | None] = {}
        for each in known:
            self._learn(each.event)

    def _learn(self, event: Any) -> None:
        match event:
            case DuplicateDecidedV1():
                self.canonical[event.other] = event.worker if event.verdict == "SAME" else event.other
            case WorkerRegisteredV1():
                self.homes.setdefault(event.worker, []).insert(0, (date.min, event.household_region))
                for each in event.groups:
                    self.members[event.worker, each.group, each.valid_from] = each.valid_to
            case WorkerMovedV1():
                self.homes.setdefault(event.worker, []).append((event.valid_from, event.household_region))
            case WorkerGroupAssignedV1() | WorkerGroupEndedV1():
                self.members[event.worker, event.group, event.valid_from] = event.valid_to
            case WorkerGroupWithdrawnV1():
                self.members.pop((event.worker, event.group, event.valid_from), None)
            case _:
                pass

    def person(self, worker: str) -> str:
        return self.canonical.get(worker, worker)

    def home(self, person: str, day: date) -> str | None:
        homes = [
            region for since, region in sorted(self.homes.get(person, []), key=lambda each: each[0]) if since <= day
        ]
        return homes[-1] if homes else None

    def belongs(self, person: str, group: str, day: date) -> bool:
        return any(
            (who, what) == (person, group) and since <= day < (until or date.max)
            for (who, what, since), until in self.members.items()
        )


def recount(
    known: Sequence[Published],
    as_of: date,
    counties: set[str],
    *,
    group: str | None = None,
    cohort: int | None = None,
    school: str | None = None,
) -> dict[str, int]:
    people = People(known)
    named = {(kind, people.person(who), day, where) for kind, who, day, where, _ in steps(known) if day <= as_of}
    named = {(kind, who, day, where or _trained(named, kind, who, day)) for kind, who, day, where in named}
    years: dict[str, int] = {}
    for kind, who, day, _ in named:
        if kind == "designated":
            years[who] = min(day.year, years.get(who, 9999))
    counted = {
        (kind, who)
        for kind, who, day, where in named
        if people.home(who, day) in counties
        and (group is None or people.belongs(who, group, day))
        and (cohort is None or years.get(who) == cohort)
        and (school is None or where == school)
    }
    found = {name: {who for kind, who in counted if kind == name} for name in (*KINDS, "organised")}
    pairs = {f"{part}_of_{of}": len(found[part] & found[of]) for part, of in PAIRS}
    return {f"persons_{name}": len(found[name]) for name in KINDS} | pairs


WORK = ("dispatched", "transferred", "employed", "stable")
KINDS = ("registered", "designated", "enrolled", "completed", "certified", "deceased", *WORK)
PAIRS = (
    *(("enrolled", "designated"), ("completed", "enrolled"), ("certified", "completed"), ("employed", "completed")),
    ("completed", "registered"),
    *(("transferred", "completed"), ("organised", "transferred"), ("stable", "transferred")),
)


def _trained(named: set[tuple[str, str, date, str | None]], kind: str, person: str, day: date) -> str | None:
    """Where who works completed a training last."""
    classes = [(on, where) for what, who, on, where in named if (what, who) == ("completed", person) and on <= day]
    return max(classes, default=(None, None), key=lambda each: each[0])[1] if kind in (*WORK, "organised") else None
