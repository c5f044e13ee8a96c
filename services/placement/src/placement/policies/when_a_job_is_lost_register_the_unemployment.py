"""When a worker has lost the last job, the unemployment is registered at once, by the province that was responsible
(R-PLC-24). Where none was, home does it when it becomes so."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from placement.jobs.days import day_of
from placement.jobs.followups.commands import FollowUpCommand, RegisterLoss
from placement.jobs.followups.events import JobOver
from placement.jobs.followups.followup import FOLLOW_UP
from placement.transfers.permission.events import ActingBegun


def when_a_job_is_lost_register_the_unemployment(fact: Fact[Any]) -> Iterable[Do[FollowUpCommand]]:
    match fact.event:
        case JobOver(worker=worker, lost=True):
            yield Do(FOLLOW_UP, worker, RegisterLoss(worker=worker, today=day_of(fact)))
        case ActingBegun(worker=worker, epoch=epoch) if epoch > 1:  # nobody has lost a job before being registered
            yield Do(FOLLOW_UP, worker, RegisterLoss(worker=worker, today=day_of(fact)))
