"""What approved surveys say of a worker: the newest that counts says where the household is, what the worker does and
wants, and, for each group that it names, since when. An invalidated survey counts no more."""

from collections.abc import Sequence
from dataclasses import replace

from eventcore import Seen

from registry.surveys.survey import SURVEY, Approved
from registry.workers import groups, moving, wishes
from registry.workers.commands import RegisterWorker, WithdrawSurvey
from registry.workers.events import WorkerEvent, WorkerRegistered, WorkerSurveyed, WorkerSurveyWithdrawn
from registry.workers.folding import folded
from registry.workers.state import Registered, Unknown, Worker, known


def survey_key(stream: str) -> str:
    return stream.removeprefix(f"{SURVEY.category}-")


def newest_surveys(worker: Worker) -> tuple[str, ...]:
    """The key of the newest survey that counts; none where nobody was surveyed here."""
    newest = worker.newest_survey if isinstance(worker, Registered) else None
    return (survey_key(newest),) if newest else ()


def register(command: RegisterWorker, worker: Worker, seen: Seen) -> Sequence[WorkerEvent]:
    """Registers the worker, or says anew what is known. A survey that has fallen in the meantime registers its worker
    all the same (the person is the same), and its own withdrawal follows."""
    if isinstance(worker, Registered) and any(each.survey == command.survey for each in worker.findings):
        return []
    events: list[WorkerEvent] = []
    if isinstance(worker, Unknown) or worker.survey is None:
        events.append(
            WorkerRegistered(
                worker=command.worker,
                survey=command.survey,
                household_region=command.household_region,
                groups=command.groups,
            )
        )
    survey = seen.state(SURVEY, survey_key(command.survey))
    if isinstance(survey, Approved):
        events.append(_surveyed(command, survey))
    return _with_what_follows(worker, events, evidence=command.survey, organisation=command.organisation)


def _surveyed(command: RegisterWorker, survey: Approved) -> WorkerSurveyed:
    facts = survey.facts
    return WorkerSurveyed(
        worker=command.worker,
        survey=command.survey,
        surveyed_on=facts.surveyed_on,
        household_region=facts.household_region,
        groups=facts.groups,
        employment_status=facts.employment_status,
        employment_form=facts.employment_form,
        work_region=facts.work_region,
        wishes=facts.wishes,
        new_generation=facts.new_generation,
    )


def withdraw(command: WithdrawSurvey, worker: Worker) -> Sequence[WorkerEvent]:
    """Takes back what only this survey said. A survey that never counted has nothing to take back."""
    if isinstance(worker, Unknown) or all(each.survey != command.survey for each in worker.findings):
        return []
    return _with_what_follows(
        worker, [_withdrawn(worker, command.survey)], evidence=command.survey, organisation=command.organisation
    )


def _withdrawn(worker: Registered, survey: str) -> WorkerSurveyWithdrawn:
    left = replace(worker, findings=tuple(each for each in worker.findings if each.survey != survey))
    status, surveyed_on = left.status or (None, None)
    return WorkerSurveyWithdrawn(
        worker=worker.worker,
        survey=survey,
        household_region=moving.region_of(left.findings, left.moves) or worker.household_region,
        surveyed_on=surveyed_on,
        employment_status=status.employment_status if status else None,
    )


def _with_what_follows(
    worker: Worker, events: list[WorkerEvent], *, evidence: str, organisation: str
) -> Sequence[WorkerEvent]:
    if not events:
        return []
    after = known(folded(worker, events))
    events += moving.changes(worker, after, survey=evidence, organisation=organisation)
    events += groups.changes(after, evidence=evidence, organisation=organisation)
    events += wishes.changes(after, organisation=organisation)
    return events
