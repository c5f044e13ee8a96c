"""When a survey is approved, its worker is registered, or what is known of them is brought up to date."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from registry.surveys.events import SurveyApproved
from registry.workers.commands import RegisterWorker, WorkerCommand
from registry.workers.worker import WORKER


def when_survey_approved_register_worker(fact: Fact[Any]) -> Iterable[Do[WorkerCommand]]:
    match fact.event:
        case SurveyApproved(worker=worker, household_region=region, groups=groups, organisation=organisation):
            command = RegisterWorker(
                worker=worker, survey=fact.stream, household_region=region, groups=groups, organisation=organisation
            )
            yield Do(WORKER, worker, command)
