"""Where a worker's household is: what surveys find and where it moves, told to others from the day on."""

from datetime import UTC, date, datetime
from typing import Any

from contracts.registry import TraineeDesignationEndedV1, WorkerMovedV1
from eventcore import Do, Fact, Meta, Seen, fold
from eventcore.testing import given
from registry.households.events import HouseholdMoved
from registry.policies.when_household_changed_tell_its_workers import when_household_changed_tell_its_workers
from registry.publishing import published
from registry.surveys.survey import Approved, Facts
from registry.workers.commands import MoveWithHousehold, RegisterWorker, WithdrawSurvey
from registry.workers.events import DesignationEnded, WorkerEvent, WorkerMoved, WorkerRegistered
from registry.workers.state import known
from registry.workers.views.workers import WORKERS
from registry.workers.worker import WORKER

AT = datetime(2026, 3, 5, tzinfo=UTC)
REGISTERED = WorkerRegistered(worker="w1", survey="survey-s1", household_region="520526", groups=())
MOVE = MoveWithHousehold(
    household_region="520524", moved_on=date(2026, 3, 10), evidence="household-h1/2", organisation="weining"
)
MOVED = WorkerMoved(
    worker="w1",
    household_region="520524",
    valid_from=date(2026, 3, 10),
    evidence="household-h1/2",
    basis="HOUSEHOLD",
    organisation="weining",
)


def surveyed(events: list[WorkerEvent], survey: str, day: date, region: str) -> list[WorkerEvent]:
    """The history after an approved survey."""
    facts = Facts(
        survey=survey, worker="w1", surveyor="li", household_region=region, groups=(), surveyed_on=day,
        employment_status="UNEMPLOYED", employment_form=None, work_region=None, wishes=(),
    )  # fmt: skip
    command = RegisterWorker(
        worker="w1", survey=f"survey-{survey}", household_region=region, groups=(), organisation="bijie"
    )
    seen = Seen(states={("survey", survey): Approved(facts, AT)})
    return [*events, *WORKER.decide(command, fold(WORKER, events), seen)]


def moves(events: list[WorkerEvent]) -> list[tuple[str, date]]:
    return [(each.household_region, each.valid_from) for each in events if isinstance(each, WorkerMoved)]


def region(events: list[WorkerEvent]) -> str:
    """What the rules say; the list of workers says the same."""
    row = None
    for n, event in enumerate(events, 1):
        fact: Fact[Any] = Fact(
            event=event, id=f"worker-w1/{n}", stream="worker-w1", version=n, position=n, occurred_at=AT,
            recorded_at=AT, meta=Meta(),
        )  # fmt: skip
        row = WORKERS.fold(row, fact)
    said = known(fold(WORKER, events)).household_region
    assert row is not None
    assert row.household_region == said
    return said


FIRST = surveyed([], "s1", date(2026, 3, 2), "520526")


def test_the_first_survey_registers_and_moves_nobody() -> None:
    assert (moves(FIRST), region(FIRST)) == ([], "520526")


def test_a_newer_survey_of_another_county_moves_the_worker_from_its_day_on() -> None:
    later = surveyed(FIRST, "s2", date(2026, 3, 9), "520502")
    assert (moves(later), region(later)) == ([("520502", date(2026, 3, 9))], "520502")
    again = surveyed(later, "s3", date(2026, 3, 11), "520502")
    assert moves(again) == moves(later)


def test_a_survey_of_an_earlier_day_that_is_approved_later_moves_nobody() -> None:
    earlier = surveyed(FIRST, "s0", date(2026, 3, 1), "520502")
    assert (moves(earlier), region(earlier)) == ([], "520526")


def test_a_survey_that_falls_takes_its_move_back_from_its_day_on() -> None:
    later = surveyed(FIRST, "s2", date(2026, 3, 9), "520502")
    withdraw = WithdrawSurvey(worker="w1", survey="survey-s2", organisation="bijie")
    after = [*later, *WORKER.decide(withdraw, fold(WORKER, later), Seen())]
    assert moves(after) == [("520502", date(2026, 3, 9)), ("520526", date(2026, 3, 9))]
    assert region(after) == "520526"


def test_who_belongs_to_a_household_moves_with_it() -> None:
    given(WORKER, *FIRST).when(MOVE).then(MOVED)
    given(WORKER, *FIRST, MOVED).when(MOVE).then()
    assert region([*FIRST, MOVED]) == "520524"


def test_the_newest_word_counts_whatever_came_last() -> None:
    later = surveyed(FIRST, "s2", date(2026, 3, 12), "520526")
    given(WORKER, *later).when(MOVE).then()
    before = surveyed([*FIRST, MOVED], "s0", date(2026, 3, 5), "520502")
    assert (moves(before), region(before)) == (moves([MOVED]), "520524")
    after = surveyed([*FIRST, MOVED], "s2", date(2026, 3, 12), "520526")
    assert (moves(after)[1:], region(after)) == ([("520526", date(2026, 3, 12))], "520526")
    withdraw = WithdrawSurvey(worker="w1", survey="survey-s2", organisation="bijie")
    fallen = [*after, *WORKER.decide(withdraw, fold(WORKER, after), Seen())]
    assert region(fallen) == "520524"


def test_a_household_that_moves_tells_its_workers() -> None:
    moved = HouseholdMoved(
        household="h1", region="520524", moved_on=date(2026, 3, 10), workers=("w1", "w2"), evidence="威公户〔2026〕8号",
        official="zhao", organisation="weining",
    )  # fmt: skip
    fact: Fact[Any] = Fact(
        event=moved, id="household-h1/2", stream="household-h1", version=2, position=9, occurred_at=AT, recorded_at=AT,
        meta=Meta(),
    )  # fmt: skip
    told = list(when_household_changed_tell_its_workers(fact))
    assert told == [Do(WORKER, "w1", MOVE), Do(WORKER, "w2", MOVE)]


def test_moves_and_ended_designations_are_published_without_officials() -> None:
    assert published(MOVED) == WorkerMovedV1(
        worker="w1", household_region="520524", valid_from=date(2026, 3, 10), evidence="household-h1/2",
        organisation="weining",
    )  # fmt: skip
    ended = DesignationEnded(
        worker="w1", plan="520000-2026", reason="WITHDRAWN", official="zhao", organisation="weining"
    )
    said = TraineeDesignationEndedV1(worker="w1", plan="520000-2026", reason="WITHDRAWN", organisation="weining")
    assert published(ended) == said
    assert b"zhao" not in said.to_bytes()
