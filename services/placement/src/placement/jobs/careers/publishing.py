"""What services and reports of home read of a worker's jobs, wherever they are."""

from dataclasses import asdict
from typing import assert_never

from contracts.employment import (
    JobEndNotedV1,
    JobMonthNotedV1,
    JobNotedV1,
    StableEmploymentAtRiskV1,
    StableEmploymentReachedV1,
    StableEmploymentWithdrawnV1,
)
from contracts.public_event import PublicEvent

from placement.jobs.careers.events import (
    CareerEvent,
    CareerStoodFor,
    JobEndNoted,
    JobMonthNoted,
    JobNoted,
    JobsGivenBack,
    JobsTakenOver,
    StableEmploymentAtRisk,
    StableEmploymentReached,
    StableEmploymentWithdrawn,
)


def publish(event: CareerEvent) -> PublicEvent | None:
    match event:
        case JobNoted(job=job):
            return JobNotedV1(**asdict(job), started_on=event.started_on)
        case JobMonthNoted(job=job):
            return JobMonthNotedV1(
                **asdict(job), month=event.month, days=event.days, wage=event.wage, insured=event.insured
            )
        case JobEndNoted(job=job):
            return JobEndNotedV1(**asdict(job), ended_on=event.ended_on, reason=event.reason)
        case StableEmploymentReached():
            return StableEmploymentReachedV1(
                worker=event.worker, home=event.home, years=event.years, reached_on=event.reached_on
            )
        case StableEmploymentAtRisk():
            return StableEmploymentAtRiskV1(
                worker=event.worker,
                home=event.home,
                year=event.year,
                months=event.months,
                alerted_on=event.alerted_on,
            )
        case StableEmploymentWithdrawn():
            return StableEmploymentWithdrawnV1(worker=event.worker, home=event.home, corrects=event.corrects)
        case CareerStoodFor() | JobsTakenOver() | JobsGivenBack():
            return None
        case _:
            assert_never(event)
