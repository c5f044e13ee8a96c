"""Follow-up: visits in their rhythm; help and registration for who lost the last job; only by who is responsible."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from eventcore import Seen, Wake, fold
from eventcore.testing import given
from job_samples import BY, HOME, HOST, WORKER, seeing
from placement.jobs.followups import refusals
from placement.jobs.followups.commands import (
    AssignHelp,
    CallVisit,
    NoteJobBegun,
    NoteJobOver,
    NoteUnemployment,
    RecordVisit,
    RegisterLoss,
    RegisterUnemployment,
)
from placement.jobs.followups.events import (
    FollowUpEvent,
    HelpAssigned,
    JobBegun,
    JobOver,
    UnemploymentNoted,
    UnemploymentRegistered,
    VisitDue,
    VisitMade,
)
from placement.jobs.followups.followup import FOLLOW_UP
from placement.transfers.permission.events import ActingBegun, StewardshipYielded
from placement.transfers.permission.permission import NotSteward

BEGIN = NoteJobBegun(
    worker=WORKER,
    home=HOME,
    region=HOST,
    employment="e1",
    began_on=date(2026, 3, 2),
    known_on=date(2026, 3, 2),
    here=True,
)
BEGUN = JobBegun(
    worker=WORKER,
    home=HOME,
    region=HOST,
    employment="e1",
    began_on=date(2026, 3, 2),
    next_visit_on=date(2026, 4, 1),
)
SECOND = replace(BEGUN, employment="e2")
END = NoteJobOver(
    known_on=date(2026, 9, 1),
    worker=WORKER,
    home=HOME,
    region=HOST,
    employment="e1",
    over_on=date(2026, 9, 1),
    reason="DISMISSED",
)
OVER = JobOver(
    worker=WORKER,
    home=HOME,
    region=HOST,
    employment="e1",
    over_on=date(2026, 9, 1),
    reason="DISMISSED",
    lost=True,
    next_visit_on=date(2026, 10, 1),
)
DUE = VisitDue(worker=WORKER, due_on=date(2026, 4, 1))
VISIT = RecordVisit(
    worker=WORKER, made_on=date(2026, 4, 8), kind="CALL", finding="AT_WORK", evidence="回访〔2026〕8号", by=BY
)
MADE = VisitMade(
    worker=WORKER,
    made_on=date(2026, 4, 8),
    kind="CALL",
    finding="AT_WORK",
    evidence="回访〔2026〕8号",
    next_visit_on=date(2026, 7, 7),
    official="zhao",
    organisation="hr-440306",
)
REGISTER = RegisterUnemployment(worker=WORKER, registered_on=date(2026, 9, 1), by=BY)
REGISTERED = UnemploymentRegistered(
    worker=WORKER,
    home=HOME,
    region=HOST,
    registered_on=date(2026, 9, 1),
    official="zhao",
    organisation="hr-440306",
)
HELP = AssignHelp(worker=WORKER, case_worker="chen", by=BY)
HELPED = HelpAssigned(
    worker=WORKER,
    case_worker="chen",
    assigned_on=BY.today,
    official="zhao",
    organisation="hr-440306",
)
ACTING = ActingBegun(worker=WORKER, epoch=1)
YIELDED = StewardshipYielded(worker=WORKER, epoch=1)


def seen(command: object, *permission: Any) -> Seen:
    return seeing(FOLLOW_UP, command, permission=permission or (ACTING,))


def test_a_visit_is_due_soon_after_a_job_begins_and_again_some_time_after_each_visit() -> None:
    given(FOLLOW_UP).when(BEGIN).then(BEGUN)
    given(FOLLOW_UP, BEGUN).when(BEGIN).then()
    heard_late = replace(BEGIN, known_on=date(2026, 6, 1))
    given(FOLLOW_UP).when(heard_late).then(replace(BEGUN, next_visit_on=date(2026, 7, 1)))
    call = CallVisit(worker=WORKER)
    given(FOLLOW_UP, BEGUN).having_seen(seen(call)).when(call).then(DUE)
    given(FOLLOW_UP, BEGUN, DUE).having_seen(seen(call)).when(call).then()
    given(FOLLOW_UP, BEGUN, DUE).having_seen(seen(VISIT)).when(VISIT).then(MADE)


def test_the_timer_is_that_of_the_next_visit() -> None:
    at = datetime(2026, 3, 31, 16, tzinfo=UTC)
    assert list(FOLLOW_UP.effects(FOLLOW_UP.initial, BEGUN)) == [Wake("visit", at)]
    assert list(FOLLOW_UP.effects(fold(FOLLOW_UP, [BEGUN]), DUE)) == [Wake("visit", None)]
    assert list(FOLLOW_UP.effects(fold(FOLLOW_UP, [BEGUN]), HELPED)) == []


def test_who_works_in_another_province_is_visited_there() -> None:
    elsewhere = replace(BEGIN, here=False)
    given(FOLLOW_UP).when(elsewhere).then(replace(BEGUN, next_visit_on=None))
    given(FOLLOW_UP, BEGUN).when(replace(elsewhere, employment="e2")).then(SECOND)


def test_a_late_visit_counts_from_its_day_and_none_is_of_a_day_to_come() -> None:
    late = replace(VISIT, made_on=date(2026, 3, 20))
    expected = replace(MADE, made_on=date(2026, 3, 20))
    given(FOLLOW_UP, BEGUN, MADE).having_seen(seen(late)).when(late).then(expected)
    tomorrow = replace(VISIT, made_on=date(2026, 11, 25))
    given(FOLLOW_UP, BEGUN).having_seen(seen(tomorrow)).when(tomorrow).rejected(refusals.VisitDayWrong)


def test_a_job_is_lost_where_no_other_is_left_and_work_is_wanted() -> None:
    given(FOLLOW_UP, BEGUN).when(END).then(OVER)
    given(FOLLOW_UP, BEGUN, OVER).when(END).then()
    given(FOLLOW_UP, BEGUN, SECOND).when(END).then(replace(OVER, lost=False, next_visit_on=BEGUN.next_visit_on))
    retired = replace(END, reason="RETIRED")
    given(FOLLOW_UP, BEGUN).when(retired).then(replace(OVER, reason="RETIRED", lost=False, next_visit_on=None))


def test_a_start_that_is_heard_of_after_the_end_begins_nothing() -> None:
    given(FOLLOW_UP, OVER).when(BEGIN).then()


def test_unemployment_is_registered_once_from_the_day_of_the_loss() -> None:
    given(FOLLOW_UP, BEGUN, OVER).having_seen(seen(REGISTER)).when(REGISTER).then(REGISTERED)
    given(FOLLOW_UP, BEGUN, OVER, REGISTERED).having_seen(seen(REGISTER)).when(REGISTER).then()
    given(FOLLOW_UP, BEGUN).having_seen(seen(REGISTER)).when(REGISTER).rejected(refusals.HasJob)
    given(FOLLOW_UP).having_seen(seen(REGISTER)).when(REGISTER).rejected(refusals.NotFollowed)
    early = replace(REGISTER, registered_on=date(2026, 8, 31))
    given(FOLLOW_UP, BEGUN, OVER).having_seen(seen(early)).when(early).rejected(refusals.VisitDayWrong)


def test_who_lost_a_job_is_registered_without_being_asked_by_the_county_that_looks_after_them() -> None:
    loss = RegisterLoss(worker=WORKER, today=date(2026, 8, 31))
    registered = replace(REGISTERED, official="", organisation=HOST)
    ours = replace(OVER, registrar="HERE")
    given(FOLLOW_UP, BEGUN, ours).having_seen(seen(loss)).when(loss).then(registered)
    given(FOLLOW_UP, BEGUN, ours).having_seen(seen(loss, ACTING, YIELDED)).when(loss).then(registered)
    given(FOLLOW_UP, BEGUN, ours, registered).having_seen(seen(loss)).when(loss).then()
    given(FOLLOW_UP, BEGUN).having_seen(seen(loss)).when(loss).then()


def test_a_loss_is_registered_by_one_province_also_when_the_responsibility_moves_at_that_moment() -> None:
    loss, theirs = RegisterLoss(worker=WORKER, today=date(2026, 8, 31)), replace(OVER, region=HOME)
    at_home = replace(REGISTERED, region=HOME, official="", organisation=HOME)
    given(FOLLOW_UP, BEGUN, replace(theirs, registrar="ELSEWHERE")).having_seen(seen(loss)).when(loss).then()
    given(FOLLOW_UP, BEGUN, replace(theirs, registrar="ELSEWHERE")).having_seen(seen(REGISTER)).when(REGISTER).rejected(
        refusals.RegisteredElsewhere
    )
    given(FOLLOW_UP, BEGUN, OVER).having_seen(seen(loss)).when(loss).then()  # nobody was responsible: home does it
    given(FOLLOW_UP, BEGUN, theirs).having_seen(seen(loss)).when(loss).then(at_home)
    given(FOLLOW_UP, BEGUN, theirs).having_seen(seen(loss, ACTING, YIELDED)).when(loss).rejected(NotSteward)


def test_only_the_province_that_is_responsible_visits_helps_and_registers() -> None:
    for command in (VISIT, HELP, REGISTER):
        yielded = seen(command, ACTING, YIELDED)
        given(FOLLOW_UP, BEGUN, OVER).having_seen(yielded).when(command).rejected(NotSteward)
    call = CallVisit(worker=WORKER)
    given(FOLLOW_UP, BEGUN, OVER).having_seen(seen(call, ACTING, YIELDED)).when(call).then()
    given(FOLLOW_UP, BEGUN).having_seen(seen(call, ACTING, YIELDED)).when(call).then(DUE)


def test_one_official_helps_until_there_is_a_job_again() -> None:
    given(FOLLOW_UP, BEGUN, OVER, REGISTERED).having_seen(seen(HELP)).when(HELP).then(HELPED)
    given(FOLLOW_UP, BEGUN, OVER, REGISTERED, HELPED).having_seen(seen(HELP)).when(HELP).then()
    history: list[FollowUpEvent] = [BEGUN, OVER, REGISTERED, HELPED, SECOND]
    state = fold(FOLLOW_UP, history)
    assert (state.case_worker, state.unemployed_on, state.lost_on) == (None, None, None)


def test_what_another_province_registered_is_not_registered_again() -> None:
    note = NoteUnemployment(worker=WORKER, registered_on=date(2026, 9, 1), told_by="440000")
    noted = UnemploymentNoted(worker=WORKER, registered_on=date(2026, 9, 1), told_by="440000")
    given(FOLLOW_UP, BEGUN, OVER).when(note).then(noted)
    given(FOLLOW_UP, BEGUN, OVER, noted).when(note).then()
    given(FOLLOW_UP, BEGUN, OVER, noted, SECOND).when(note).then()
    stranger = replace(note, told_by="330000")
    given(FOLLOW_UP, BEGUN, OVER).when(stranger).rejected(refusals.NotTheirWorker)
    given(FOLLOW_UP, BEGUN, OVER, noted).having_seen(seen(REGISTER)).when(REGISTER).then()
