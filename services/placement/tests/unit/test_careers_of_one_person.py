"""Two ids that are one person have one career, whatever is told before and after the registry found it out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from eventcore.facts import Fact, Meta
from hypothesis import given as always
from hypothesis import settings
from hypothesis import strategies as st
from job_samples import HOME, WORKER, begun, job, month, over, seeing
from placement.jobs.careers.career import CAREER
from placement.jobs.careers.commands import CareerCommand, NoteJob
from placement.jobs.careers.events import (
    CareerStoodFor,
    JobEndNoted,
    JobMonthNoted,
    JobNoted,
    StableEmploymentAtRisk,
    StableEmploymentReached,
)
from placement.jobs.careers.state import Career, next_look
from placement.policies.when_two_ids_are_one_person_their_jobs_are_one_career import (
    when_two_ids_are_one_person_their_jobs_are_one_career,
)
from placement.transfers.persons.events import PersonLinked

OTHER, TODAY = "w2", date(2029, 2, 1)
AT = datetime(2029, 2, 1, tzinfo=UTC)
Said = JobNoted | JobMonthNoted | JobEndNoted


class TwoIds:
    """The careers of both, and the policy between them."""

    def __init__(self) -> None:
        self.careers: dict[str, Career] = {WORKER: CAREER.initial, OTHER: CAREER.initial}
        self.events: list[object] = []

    def hear(self, worker: str, said: Said) -> None:
        said = replace(said, job=replace(said.job, worker=worker))
        self._do(worker, NoteJob(said=said, today=TODAY))

    def link(self, canonical: str | None) -> None:
        self._react(PersonLinked(worker=OTHER, canonical=canonical))

    def _do(self, worker: str, command: CareerCommand) -> None:
        for event in CAREER.decide(command, self.careers[worker], seeing(CAREER, command)):
            self.careers[worker] = CAREER.evolve(self.careers[worker], event)
            self.events.append(event)
            self._react(event)

    def _react(self, event: object) -> None:
        fact = Fact(
            event=event,
            id="x/1",
            stream="x",
            version=1,
            position=1,
            occurred_at=AT,
            recorded_at=AT,
            meta=Meta(),
            source="",
        )
        for do in when_two_ids_are_one_person_their_jobs_are_one_career(fact):
            self._do(do.key, do.command)

    def days(self, worker: str) -> dict[int, int]:
        meter = self.careers[worker].meter
        return dict(meter.days) if meter else {}


def year(employment: str, number: int) -> Sequence[Said]:
    return [month(employment, f"{number}-{each:02}", 22) for each in range(1, 9)]


def test_months_under_both_ids_make_employment_stable_and_it_is_said_of_the_one_who_stands_for_both() -> None:
    two = TwoIds()
    for said in (begun("e1", date(2026, 1, 5)), *year("e1", 2026)):
        two.hear(WORKER, said)
    for said in (begun("e2", date(2027, 1, 5)), *year("e2", 2027)):
        two.hear(OTHER, said)
    two.link(WORKER)
    for said in year("e2", 2028):
        two.hear(OTHER, said)
    reached = [each for each in two.events if isinstance(each, StableEmploymentReached)]
    assert reached == [
        StableEmploymentReached(worker=WORKER, home=HOME, years=(2026, 2027, 2028), reached_on=date(2028, 8, 31))
    ]
    assert two.careers[OTHER].reached is None


def test_who_is_stood_for_is_neither_stable_nor_at_risk_and_nobody_waits_for_them() -> None:
    two = TwoIds()
    two.hear(OTHER, begun("e2", date(2026, 1, 5)))
    for number in (2026, 2027, 2028):
        for said in year("e2", number):
            two.hear(OTHER, said)
    assert two.careers[OTHER].reached is not None
    two.link(WORKER)
    assert (two.careers[OTHER].reached, next_look(two.careers[OTHER])) == (None, None)
    assert two.careers[WORKER].reached is not None
    two.link(None)
    assert two.careers[OTHER].reached is not None
    assert two.careers[WORKER].reached is None


def test_a_job_begun_under_the_linked_id_takes_away_the_alert_of_the_other() -> None:
    two = TwoIds()
    two.hear(WORKER, begun("e1", date(2026, 1, 5)))
    assert any(isinstance(each, StableEmploymentAtRisk) for each in two.events)
    two.link(WORKER)
    for said in (begun("e2", date(2026, 1, 5)), *year("e2", 2026)):
        two.hear(OTHER, said)
    assert 2026 not in two.careers[WORKER].alerts


def test_one_without_jobs_takes_over_nothing_and_gives_nothing_back() -> None:
    two = TwoIds()
    two.link(WORKER)
    two.link(None)
    assert [type(each) for each in two.events] == [CareerStoodFor, CareerStoodFor]
    assert two.careers[WORKER] == CAREER.initial


MONTHS = st.builds(
    month,
    st.sampled_from(["e1", "e2"]),
    st.sampled_from(["2026-01", "2026-02", "2027-01"]),
    st.integers(0, 22),
    st.integers(1, 3),
)
TOLD = st.tuples(st.sampled_from([WORKER, OTHER]), MONTHS)


@settings(max_examples=60, deadline=None, derandomize=True)
@always(st.lists(TOLD, max_size=12), st.integers(0, 12))
def test_when_the_link_became_known_changes_nothing_and_undone_it_leaves_nothing(
    told: Sequence[tuple[str, JobMonthNoted]], known_after: int
) -> None:
    """Each id has jobs of its own."""
    two, apart = TwoIds(), TwoIds()
    for n, (worker, said) in enumerate(told):
        if n == known_after:
            two.link(WORKER)
        said = replace(said, job=job(f"{said.job.employment}-{worker}"))
        for office in (two, apart):
            office.hear(worker, said)
    two.link(WORKER)
    both: dict[int, int] = {}
    for worker in (WORKER, OTHER):
        for number, days in apart.days(worker).items():
            both[number] = both.get(number, 0) + days
    assert two.days(WORKER) == both
    two.link(None)
    assert (two.days(WORKER), two.days(OTHER)) == (apart.days(WORKER), apart.days(OTHER))


def test_an_end_counts_for_both() -> None:
    two = TwoIds()
    two.hear(OTHER, begun("e2", date(2026, 1, 5)))
    two.link(WORKER)
    two.hear(OTHER, over("e2", date(2026, 3, 1)))
    meter = two.careers[WORKER].meter
    assert meter is not None
    assert meter.last is not None
