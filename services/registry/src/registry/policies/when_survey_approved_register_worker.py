"""When a survey is approved, its worker is registered."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from registry.surveys.events import SurveyApproved
from registry.workers.commands import RegisterWorker
from registry.workers.worker import WORKER


def when_survey_approved_register_worker(fact: Fact[Any]) -> Iterable[Do[RegisterWorker]]:
    match fact.event:
        case SurveyApproved(worker=worker, household_region=region, groups=groups):
            yield Do(
                WORKER,
                worker,
                RegisterWorker(worker=worker, survey=fact.stream, household_region=region, groups=groups),
            )
