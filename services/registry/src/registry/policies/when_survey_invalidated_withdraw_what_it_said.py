"""When an approved survey is invalidated, what it said of its worker counts no more."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from registry.surveys.events import SurveyInvalidated
from registry.workers.commands import WithdrawSurvey, WorkerCommand
from registry.workers.worker import WORKER


def when_survey_invalidated_withdraw_what_it_said(fact: Fact[Any]) -> Iterable[Do[WorkerCommand]]:
    match fact.event:
        case SurveyInvalidated(worker=worker, organisation=organisation, approval=approval) if approval is not None:
            yield Do(WORKER, worker, WithdrawSurvey(worker=worker, survey=fact.stream, organisation=organisation))
