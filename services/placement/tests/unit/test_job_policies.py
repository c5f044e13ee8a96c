"""What follows from jobs: whose career notes them, who is followed up, and when a loss is registered."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from contracts.employment import UnemploymentRegisteredV1
from eventcore import Do
from eventcore.facts import Fact, Meta
from job_samples import HOME, HOST, JOB, STARTED, TERMS, WORKER, begun
from placement.jobs.careers.commands import NoteJob
from placement.jobs.employments.events import EmploymentEnded
from placement.jobs.employments.publishing import publish
from placement.jobs.followups.commands import NoteJobBegun, NoteUnemployment, RegisterLoss
from placement.policies.when_a_guest_starts_a_job_note_who_nominates import (
    when_a_guest_starts_a_job_note_who_nominates,
)
from placement.policies.when_a_job_begins_or_ends_follow_the_worker_up import (
    when_a_job_begins_or_ends_follow_the_worker_up,
)
from placement.policies.when_a_job_is_lost_register_the_unemployment import (
    when_a_job_is_lost_register_the_unemployment,
)
from placement.policies.when_a_job_is_told_of_note_it_in_the_career import (
    when_a_job_is_told_of_note_it_in_the_career,
)
from placement.transfers.permission.events import ActingBegun
from placement.transfers.persons.events import GuestNoted
from placement.transfers.persons.person import PERSON, Note

LATE = datetime(2026, 3, 2, 17, tzinfo=UTC)
"""In China it is the next day."""
AT_HOME = replace(STARTED, terms=replace(TERMS, region="520102"))
TOLD = publish(STARTED)


def fact(event: object, source: str = "") -> Fact[Any]:
    return Fact(
        event=event,
        id="x/1",
        stream="x",
        version=7,
        position=1,
        occurred_at=LATE,
        recorded_at=LATE,
        meta=Meta(),
        source=source,
    )


def careers(event: object, source: str = "") -> Sequence[Any]:
    return [(do.key, do.command) for do in when_a_job_is_told_of_note_it_in_the_career(fact(event, source))]


def followups(event: object, source: str = "") -> Sequence[Any]:
    return [do.command for do in when_a_job_begins_or_ends_follow_the_worker_up(fact(event, source))]


def test_a_career_notes_jobs_here_and_those_that_their_province_tells_of() -> None:
    ((worker, own),) = careers(AT_HOME)
    ((_, told),) = careers(TOLD, "/cn/440000/placement")
    assert (worker, own.said.job.told_by, own.today) == (WORKER, "520000", date(2026, 3, 3))
    assert told == NoteJob(
        said=replace(begun("e1", date(2026, 3, 2)), noted_on=date(2026, 3, 3)), today=date(2026, 3, 3)
    )
    assert told.said.job == JOB


def test_a_career_is_kept_at_home_alone() -> None:
    assert careers(STARTED) == []
    assert careers(TOLD.model_copy(update={"to": ("520000", "330000")}), "/cn/440000/placement") == []
    assert careers(TOLD.model_copy(update={"to": ("330000",)}), "/cn/440000/placement") == []
    assert careers(TOLD, "/cn/440000/registry") == []


def test_the_county_of_a_guests_work_is_noted_and_not_that_of_the_own_people() -> None:
    (do,) = when_a_guest_starts_a_job_note_who_nominates(fact(STARTED))
    assert do == Do(PERSON, WORKER, Note(event=GuestNoted(worker=WORKER, county=HOST, household_region=HOME)))
    assert [*when_a_guest_starts_a_job_note_who_nominates(fact(AT_HOME))] == []


def test_a_job_is_followed_up_once_where_it_is_and_once_at_a_home_elsewhere() -> None:
    here = NoteJobBegun(
        worker=WORKER,
        home=HOME,
        region=HOST,
        employment="e1",
        began_on=date(2026, 3, 2),
        known_on=date(2026, 3, 3),
        here=True,
    )
    assert followups(STARTED) == [here]
    assert followups(begun("e1", date(2026, 3, 2))) == [replace(here, here=False)]
    own = begun("e1", date(2026, 3, 2))
    assert followups(replace(own, job=replace(own.job, told_by="520000", region="520102"))) == []


def test_the_province_that_was_responsible_when_the_job_ended_is_known_on_both_sides() -> None:
    ended = EmploymentEnded(
        terms=TERMS, ended_on=date(2026, 9, 1), reason="RESIGNED", responsible=True, official="z", organisation="o"
    )
    source = "/cn/440000/placement"
    ((here,), (elsewhere,)) = followups(ended), followups(publish(ended), source)
    assert (here.registrar, elsewhere.registrar) == ("HERE", "ELSEWHERE")
    nobody = replace(ended, responsible=False)
    assert [each.registrar for each in (*followups(nobody), *followups(publish(nobody), source))] == [None, None]
    assert followups(publish(ended), "/cn/330000/placement") == []  # only the province of the work says so


def test_what_another_province_registered_is_noted_and_nothing_of_this_one_comes_back() -> None:
    told = UnemploymentRegisteredV1(
        to=("520000",), worker=WORKER, region=HOST, registered_on=date(2026, 9, 1), organisation="hr-440306"
    )
    noted = NoteUnemployment(worker=WORKER, registered_on=date(2026, 9, 1), told_by="440000")
    assert followups(told, "/cn/440000/placement") == [noted]
    assert followups(told) == []


def test_a_loss_is_looked_for_when_a_province_becomes_responsible_and_not_at_the_first_registration() -> None:
    def asked(epoch: int) -> Sequence[Any]:
        begun = fact(ActingBegun(worker=WORKER, epoch=epoch))
        return [do.command for do in when_a_job_is_lost_register_the_unemployment(begun)]

    assert asked(1) == []
    assert asked(3) == [RegisterLoss(worker=WORKER, today=date(2026, 3, 3))]
