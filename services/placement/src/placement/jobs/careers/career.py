"""The rules of a career: what was said last of a job counts, in whatever order it came, and the meter follows it both
ways (R-PLC-02, R-PLC-03)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Final, assert_never

from contracts.region import province_of
from eventcore import Decider, Effect, Read, Seen, Wake
from eventcore.clock import LEGAL

from placement.jobs import months
from placement.jobs.careers import linked, refusals
from placement.jobs.careers.commands import (
    CareerCommand,
    FollowLink,
    GiveBackJobs,
    LookAtMeter,
    NoteJob,
    TakeOverJobs,
)
from placement.jobs.careers.events import (
    CareerEvent,
    CareerStoodFor,
    Job,
    JobEndNoted,
    JobMonthNoted,
    JobNoted,
    JobsGivenBack,
    JobsTakenOver,
    StableEmploymentAtRisk,
    StableEmploymentReached,
    StableEmploymentWithdrawn,
)
from placement.jobs.careers.meter import Meter, Run
from placement.jobs.careers.state import Career, Reached, hopeless, next_look
from placement.transfers.persons.person import PERSON, Person


def decide(command: CareerCommand, career: Career, seen: Seen) -> Sequence[CareerEvent]:
    match command:
        case NoteJob(said=said, today=today):
            if said.job.told_by != province_of(said.job.region):
                raise refusals.NotItsJob
            news = linked.noted(career, said) if _is_news(career, said) else []
            return _with_consequences(career, news, today, seen.state(PERSON, said.job.worker))
        case LookAtMeter(worker=worker, today=today):
            return list(_consequences(career, today, seen.state(PERSON, worker)))
        case FollowLink() | TakeOverJobs() | GiveBackJobs():
            told = linked.decide(command, career)
            return _with_consequences(career, told, command.today, seen.state(PERSON, command.worker))
        case _:
            assert_never(command)


def _with_consequences(
    career: Career, noted: Sequence[CareerEvent], today: date, person: Person
) -> Sequence[CareerEvent]:
    if not noted:
        return []
    after = career
    for event in noted:
        after = evolve(after, event)
    return [*noted, *_consequences(after, today, person)]


def _is_news(career: Career, said: JobNoted | JobMonthNoted | JobEndNoted) -> bool:
    """A start and an end are said once; of a month the later counts."""
    match said:
        case JobNoted():
            return said.job.employment not in career.own.started
        case JobEndNoted():
            return said.job.employment not in career.own.ended
        case JobMonthNoted():
            known = career.own.said.get((said.job.employment, months.number(said.month)))
            return known is None or (known.order < said.order and replace(known, order=said.order) != said)
        case _:
            assert_never(said)


def _consequences(career: Career, today: date, person: Person) -> Iterable[CareerEvent]:
    """What the meter says now in place of what it said before. Nobody is alerted of who has died or was erased."""
    meter = None if career.canonical else career.meter
    if meter is None:
        said = [career.reached.event] if career.reached else []
        yield from (_withdrawn(career, each) for each in (*said, *career.alerts.values()))
        return
    yield from _reached(career, meter.run())
    out_of_reach = hopeless(career, meter, today)
    for year in sorted(career.alerts.keys() - out_of_reach):
        yield _withdrawn(career, career.alerts[year])
    if person.ended is None:
        yield from _alerted(career, meter, sorted(out_of_reach - career.alerts.keys()), today)


def _reached(career: Career, run: Run | None) -> Iterable[CareerEvent]:
    before = career.reached
    if before is not None and before.run != run:
        yield _withdrawn(career, before.event)
    if run is not None and (before is None or before.run != run):
        yield StableEmploymentReached(
            worker=career.worker, home=career.home, years=run.years, reached_on=run.reached_on
        )


def _alerted(career: Career, meter: Meter, years: Iterable[int], today: date) -> Iterable[CareerEvent]:
    """Each once; and again where a correction had made it possible in between."""
    for year in years:
        yield StableEmploymentAtRisk(
            worker=career.worker,
            home=career.home,
            year=year,
            months=len(meter.counting(year)),
            alerted_on=today,
        )


def _withdrawn(career: Career, event: str) -> StableEmploymentWithdrawn:
    return StableEmploymentWithdrawn(worker=career.worker, home=career.home, corrects=event)


def evolve(before: Career, event: CareerEvent) -> Career:
    """Events count: what is said of an event names it by its place in the stream."""
    career = replace(before, version=before.version + 1)
    match event:
        case JobNoted(job=job) | JobMonthNoted(job=job) | JobEndNoted(job=job):
            return replace(_of(career, job), own=career.own.after(event))
        case CareerStoodFor(canonical=canonical):
            return replace(career, worker=event.worker, canonical=canonical)
        case JobsTakenOver(worker=worker, home=home, other=other, jobs=jobs):
            return replace(career.taking_over(other, jobs), worker=worker, home=home)
        case JobsGivenBack(other=other):
            return replace(career, others={each: said for each, said in career.others.items() if each != other})
        case StableEmploymentReached(years=years, reached_on=reached_on):
            reached = Reached(event=_id(career), run=Run(years=years, reached_on=reached_on))
            return replace(career, reached=reached)
        case StableEmploymentAtRisk(year=year):
            return replace(career, alerts={**career.alerts, year: _id(career)})
        case StableEmploymentWithdrawn(corrects=corrects):
            return _without(career, corrects)
        case _:
            assert_never(event)


def _of(career: Career, job: Job) -> Career:
    return replace(career, worker=job.worker, home=job.home)


def _id(career: Career) -> str:
    return f"{CAREER.stream(career.worker)}/{career.version}"


def _without(career: Career, corrected: str) -> Career:
    alerts: Mapping[int, str] = {year: each for year, each in career.alerts.items() if each != corrected}
    reached = career.reached
    return replace(career, alerts=alerts, reached=None if reached and reached.event == corrected else reached)


def reads(command: CareerCommand) -> Iterable[Read]:
    match command:
        case NoteJob(said=said):
            yield Read(PERSON, said.job.worker)
        case LookAtMeter(worker=worker) | FollowLink(worker=worker) | TakeOverJobs(worker=worker):
            yield Read(PERSON, worker)
        case GiveBackJobs(worker=worker):
            yield Read(PERSON, worker)
        case _:
            assert_never(command)


def effects(before: Career, event: CareerEvent) -> Iterable[Effect]:
    """One timer: the day on which the next year gets out of reach."""
    old, new = next_look(before), next_look(evolve(before, event))
    if old == new:
        return
    if old is not None:
        yield Wake(old.isoformat(), None)
    if new is not None:
        yield Wake(new.isoformat(), datetime.combine(new, time.min, LEGAL))


def ring(worker: str, name: str) -> LookAtMeter:
    """What a timer asks; its name is its day."""
    return LookAtMeter(worker=worker, today=date.fromisoformat(name))


CAREER: Final[Decider[CareerCommand, CareerEvent, Career]] = Decider(
    category="career", initial=Career(), decide=decide, evolve=evolve, events=CareerEvent, reads=reads, effects=effects
)
