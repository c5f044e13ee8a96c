"""Numbers of persons against a plain recount of the facts that were known and had happened."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

import httpx
import pytest
from contracts.certification import CertificateIssuedV1, CertificateRevokedV1
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
from eventcore.clock import LEGAL
from public_lives import SCHOOL, Institution, Person
from published import Published, Told

pytestmark = pytest.mark.postgres

Ask = Callable[..., Awaitable[httpx.Response]]
START = date(2026, 1, 5)
COUNTIES = ("520525", "520526", "520102", "429004")
SCHOOLS = (SCHOOL, "91520000MA6DJ00X9Z")
OLD_COOK = "2015/4-03-02-01"
Steps = set[tuple[str, str, date, str | None, str | None]]
"""Kind, person, day, institution, occupation."""


def way(random: Random, n: int) -> Iterable[Published]:
    """What becomes known of one worker, each stream in its order."""
    person = Person(key=f"w{n}", region=random.choice(COUNTIES), institution=random.choice(SCHOOLS))
    day = START + timedelta(days=random.randrange(60))
    yield person.registered(day, groups=random.sample(("MONITORED", "LAND_LOST"), random.randrange(3)))
    if random.random() < 0.4:
        yield person.moved(random.choice(COUNTIES), day + timedelta(days=random.randrange(40)))
    if random.random() < 0.4:
        yield person.assigned("HARD_TO_EMPLOY", day, random.choice((None, day + timedelta(days=20))))
        if random.random() < 0.5:
            yield person.group_ended("HARD_TO_EMPLOY", day, day + timedelta(days=30))
        elif random.random() < 0.5:
            yield person.group_withdrawn("HARD_TO_EMPLOY", day, day)
    if random.random() < 0.9:
        plan, on = random.choice((("plan-2025", date(2025, 12, 20)), ("plan-2026", day)))
        yield person.designated(on, plan)
        if random.random() < 0.3:
            yield person.designation_ended(random.choice(("WRONG_DESIGNATION", "WITHDRAWN")), day, plan)
            if random.random() < 0.5:
                yield person.designated(day + timedelta(days=9), plan)
    if random.random() < 0.8:
        yield from trained(random, person, day)
    if random.random() < 0.1:
        yield person.died(day + timedelta(days=70))


def trained(random: Random, person: Person, day: date) -> Iterable[Published]:
    klass = f"class-{person.institution[-1]}"
    yield person.enrolled(day + timedelta(days=3), klass)
    ended = day + timedelta(days=30)
    over = person.completed(ended, klass) if random.random() < 0.7 else person.failed(ended, klass)
    yield over
    while random.random() < 0.4:
        over = person.corrected(over, ended + timedelta(days=5), completed=random.random() < 0.5, training_class=klass)
        yield over
    if random.random() < 0.7:
        yield person.certified(ended + timedelta(days=7), random.choice((klass, None)))
        if random.random() < 0.3:
            yield person.revoked(ended + timedelta(days=20))


def history(random: Random) -> list[Published]:
    streams: dict[str, list[Published]] = {}
    for n in range(40):
        for each in way(random, n):
            streams.setdefault(each.stream, []).append(each)
    for school in SCHOOLS:
        base = Institution(key=school)
        streams[school] = [base.accredited(START)]
        if random.random() < 0.7:
            streams[school].append(base.base_revoked(START + timedelta(days=60), START + timedelta(days=50)))
            streams[school].append(base.accredited(START + timedelta(days=80)))
    canonical = Person(key="w0")
    canonical._versions = {canonical.stream: 100}
    streams["links"] = [canonical.same_as("w1", START), canonical.same_as("w2", START), canonical.undone("w1", START)]
    mixed = []
    waiting = list(streams.values())
    while waiting:
        stream = random.choice(waiting)
        mixed.append(stream.pop(0))
        waiting = [each for each in waiting if each]
    return mixed


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
    return {each for each in found.values() if each[0] != "completed" or not fallen(str(each[3]), each[2])}


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
    found = {name: {who for kind, who in counted if kind == name} for name in KINDS}
    pairs = {f"{part}_of_{of}": len(found[part] & found[of]) for part, of in PAIRS}
    return {f"persons_{name}": len(who) for name, who in found.items()} | pairs


KINDS = ("registered", "designated", "enrolled", "completed", "certified", "deceased")
PAIRS = (("enrolled", "designated"), ("completed", "enrolled"), ("certified", "completed"))


def shown(counts: dict[str, Any]) -> dict[str, int]:
    names = [f"persons_{kind}" for kind in KINDS] + [f"{part}_of_{of}" for part, of in PAIRS]
    return {name: counts[name] for name in names}


async def funnel(ask: Ask, **parameters: Any) -> dict[str, Any]:
    answer = await ask("/v1/funnel", **({"region": "520000"} | parameters))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
async def test_persons_are_what_a_plain_recount_gives(ask: Ask, told: Told, seed: int) -> None:
    random = Random(seed)
    facts = history(random)
    await told(*facts)
    bijie, whole = {"520525", "520526"}, {"520525", "520526", "520102"}
    for _ in range(10):
        position, as_of = random.randrange(len(facts) + 1), START + timedelta(days=random.randrange(120))
        known, asked = facts[:position], {"as_of": as_of.isoformat(), "known_at": position}
        found = await funnel(ask, by="cohort", **asked)
        assert shown(found["total"]) == recount(known, as_of, whole)
        row = next(each for each in found["regions"] if each["region"] == "520500")
        assert shown(row) == recount(known, as_of, bijie)
        for group in ("MONITORED", "HARD_TO_EMPLOY"):
            row = next(each for each in found["groups"] if each["group"] == group)
            assert shown(row) == recount(known, as_of, whole, group=group)
            assert shown((await funnel(ask, group=group, **asked))["total"]) == shown(row)
        for row in found["slices"]:
            assert shown(row) == recount(known, as_of, whole, cohort=int(row["slice"]))
        by_school = await funnel(ask, by="institution", **asked)
        for row in by_school["slices"]:
            assert shown(row) == recount(known, as_of, whole, school=row["slice"])
            alone = await funnel(ask, institution=row["slice"], **asked)
            assert shown(alone["total"]) == shown(row)
