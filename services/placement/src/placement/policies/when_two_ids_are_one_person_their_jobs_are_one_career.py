"""When the registry finds two ids to be one person, the jobs of both count in one career; when it takes that back, they
do not."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from placement.jobs.careers.career import CAREER
from placement.jobs.careers.commands import CareerCommand, FollowLink, GiveBackJobs, TakeOverJobs
from placement.jobs.careers.events import CareerStoodFor
from placement.jobs.days import day_of
from placement.transfers.persons.events import PersonLinked


def when_two_ids_are_one_person_their_jobs_are_one_career(fact: Fact[Any]) -> Iterable[Do[CareerCommand]]:
    today = day_of(fact)
    match fact.event:
        case PersonLinked(worker=worker, canonical=canonical):
            yield Do(CAREER, worker, FollowLink(worker=worker, canonical=canonical, today=today))
        case CareerStoodFor(worker=other, home=home, canonical=canonical, before=before, jobs=jobs):
            if before is not None and before != canonical:
                yield Do(CAREER, before, GiveBackJobs(worker=before, other=other, today=today))
            if canonical is not None:
                over = TakeOverJobs(worker=canonical, other=other, home=home, jobs=jobs, today=today)
                yield Do(CAREER, canonical, over)
