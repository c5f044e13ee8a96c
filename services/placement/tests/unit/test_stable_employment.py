"""The meter of stable employment equals a counter that looks at every month and every day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from career_office import LAST_YEAR, CareerOffice, Counter, definition
from eventcore.testing import given
from hypothesis import example, settings
from hypothesis import given as always
from hypothesis import strategies as st
from job_samples import HOME, WORKER, begun, month, over, seeing
from placement.jobs import months
from placement.jobs.careers import refusals
from placement.jobs.careers.career import CAREER, ring
from placement.jobs.careers.commands import NoteJob
from placement.jobs.careers.events import JobMonthNoted, StableEmploymentAtRisk, StableEmploymentReached
from placement.jobs.careers.meter import Meter
from placement.jobs.careers.state import Career
from placement.jobs.rules.stable_employment import definitions_of
from placement.transfers.persons.events import PersonEnded

END = date(2032, 12, 31)


DAYS = st.dictionaries(
    st.integers(12 * 2026, 12 * LAST_YEAR + 11), st.sampled_from([0, 10, 14, 15, 22]), min_size=1, max_size=60
)


@settings(max_examples=30, deadline=None, derandomize=True)
@always(
    DAYS, st.integers(0, 14), st.integers(1, 12), st.integers(6, 9), st.integers(1, 3), st.dates(date(2025, 1, 1), END)
)
def test_the_meter_equals_a_counter_that_looks_at_every_month_and_day(
    days: Mapping[int, int], before: int, first_month: int, needed: int, years: int, known_on: date
) -> None:
    old, new = definition(first_month, 15, needed, years), definition(first_month, 14, 8, 2)
    meter = Meter(
        definitions=lambda year: old if year < 2029 else new,
        first=min(days) - before,
        known_on=known_on,
        last=None,
        days=days,
    )
    counter = Counter(meter, first_month)
    run = meter.run()
    assert (run.years if run else None) == next(counter.runs(), None)
    for year in range(2025, LAST_YEAR + 1):
        assert meter.hopeless_from(year) == counter.hopeless_from(year), year


@settings(max_examples=30, deadline=None, derandomize=True)
@always(DAYS, st.integers(1, 12))
def test_stable_employment_is_reached_on_the_last_day_of_the_month_that_completed_it(
    days: Mapping[int, int], first_month: int
) -> None:
    meter = Meter(
        definitions=lambda _: definition(first_month, 14, 6, 1),
        first=min(days),
        known_on=date.min,
        last=None,
        days=days,
    )
    if (run := meter.run()) is None:
        return
    last = months.of(run.reached_on)
    assert months.last_day(last) == run.reached_on
    known = {number: worked for number, worked in days.items() if number <= last}
    assert (
        Meter(definitions=meter.definitions, first=meter.first, known_on=date.min, last=None, days=known).run() == run
    )
    del known[last]
    earlier = Meter(definitions=meter.definitions, first=meter.first, known_on=date.min, last=None, days=known).run()
    assert earlier is None or earlier != run


@dataclass(frozen=True)
class Stretch:
    """Months of one job that were confirmed alike, each so many days after its end."""

    employment: str
    first: int
    length: int
    days: int
    late: int


STRETCHES = st.builds(
    Stretch,
    employment=st.sampled_from(["e1", "e2", "e3"]),
    first=st.just(12 * 2026) | st.integers(12 * 2026, 12 * 2028 + 11),
    length=st.sampled_from([1, 9, 33]),
    days=st.sampled_from([0, 7, 8, 15, 22, 22]),
    late=st.integers(0, 200),
)


def expected(career: Career, today: date) -> tuple[tuple[int, ...] | None, frozenset[int]]:
    meter = career.meter
    assert meter is not None
    counter = Counter(meter, 1)
    run = next(counter.runs(), None)
    until = min(run[-1] if run else today.year, today.year)
    alerted = set()
    for year in range(months.first_day(meter.first).year, until + 1):
        followed = meter.last is None or year <= months.first_day(meter.last).year + 1
        since = counter.hopeless_from(year)
        if followed and since is not None and since <= today:
            alerted.add(year)
    return run, frozenset(alerted)


@settings(max_examples=15, deadline=None, derandomize=True)
@always(st.lists(STRETCHES, max_size=6), st.integers(0, 1500), st.booleans())
@example([Stretch(employment="e1", first=12 * 2026, length=33, days=22, late=5)], 100, False)
@example(
    [Stretch(employment="e1", first=12 * 2026, length=33, days=22, late=5), Stretch("e1", 12 * 2027, 9, 0, 150)],
    100,
    False,
)
def test_whatever_is_corrected_and_when_the_events_say_in_the_end_what_a_counter_says(
    stretches: Sequence[Stretch], open_days: int, ends: bool
) -> None:
    office, first = CareerOffice(), date(2026, 1, 12)
    office.hear(begun("e1", first), first)
    confirmed = [(each, number) for each in stretches for number in range(each.first, each.first + each.length)]
    late = sorted(
        (months.last_day(number) + timedelta(days=each.late), n) for n, (each, number) in enumerate(confirmed)
    )
    for today, n in late:
        stretch, number = confirmed[n]
        office.hear(month(stretch.employment, months.named(number), stretch.days, order=n), today)
    last = late[-1][0] if late else first
    if ends:
        for employment in sorted({"e1", *(each.employment for each in stretches)}):
            office.hear(over(employment, last), last)
    end = last + timedelta(days=open_days)
    office.ring_until(end)
    assert office.standing() == expected(office.career, end)


def worked(office: CareerOffice, employment: str, first: int, count: int, days: int = 22) -> None:
    for number in range(first, first + count):
        office.hear(month(employment, months.named(number), days), months.last_day(number) + timedelta(days=5))


def test_three_years_with_eight_months_each_count_over_employers_and_provinces() -> None:
    office = CareerOffice()
    office.hear(begun("e1", date(2026, 1, 5)), date(2026, 1, 5))
    worked(office, "e1", 12 * 2026, 8)
    worked(office, "e2", 12 * 2027 + 4, 8)
    worked(office, "e3", 12 * 2028 + 1, 8)
    reached = office.events[-1]
    assert isinstance(reached, StableEmploymentReached)
    assert (reached.years, reached.reached_on, reached.home) == ((2026, 2027, 2028), date(2028, 9, 30), HOME)
    assert office.timers == {}


def test_days_at_two_employers_in_one_month_add_up_and_a_month_said_again_is_not_counted_twice() -> None:
    office = CareerOffice()
    office.hear(begun("e1", date(2026, 1, 5)), date(2026, 1, 5))
    office.hear(month("e1", "2026-01", 8), date(2026, 2, 3))
    office.hear(month("e1", "2026-01", 8, order=2), date(2026, 2, 4))
    assert office.career.meter is not None
    assert office.career.meter.counting(2026) == ()
    office.hear(month("e2", "2026-01", 7), date(2026, 2, 5))
    assert office.career.meter.counting(2026) == (12 * 2026,)
    assert sum(isinstance(each, JobMonthNoted) for each in office.events) == 2


def test_a_year_is_alerted_of_on_the_day_on_which_it_gets_out_of_reach() -> None:
    office = CareerOffice()
    office.hear(begun("e1", date(2026, 1, 5)), date(2026, 1, 5))
    office.ring_until(date(2026, 7, 1))
    assert office.standing() == (None, frozenset())
    office.ring_until(date(2026, 7, 2))
    assert office.events[-1] == StableEmploymentAtRisk(
        worker=WORKER, home=HOME, year=2026, months=0, alerted_on=date(2026, 7, 2)
    )


def test_an_alert_falls_by_a_correction_and_comes_back_when_the_correction_is_corrected() -> None:
    office = CareerOffice()
    office.hear(begun("e1", date(2026, 1, 5)), date(2026, 1, 5))
    worked(office, "e1", 12 * 2026 + 5, 2)
    office.ring_until(date(2026, 9, 1))
    assert office.standing() == (None, frozenset({2026}))
    office.hear(month("e1", "2026-02", 20), date(2026, 9, 2))
    assert office.standing() == (None, frozenset())
    office.hear(month("e1", "2026-02", 3, order=2), date(2026, 9, 3))
    assert office.standing() == (None, frozenset({2026}))


def test_stable_employment_that_was_reached_falls_by_a_correction() -> None:
    office = CareerOffice()
    office.hear(begun("e1", date(2026, 1, 5)), date(2026, 1, 5))
    worked(office, "e1", 12 * 2026, 36)
    assert office.standing()[0] == (2026, 2027, 2028)
    for name in ("2027-01", "2027-02", "2027-03", "2027-04", "2027-05"):
        office.hear(month("e1", name, 0, order=2), date(2029, 2, 1))
    assert office.standing() == (None, frozenset({2027}))


def test_nobody_is_alerted_of_a_year_that_could_never_have_been_enough() -> None:
    office = CareerOffice()
    office.hear(begun("e1", date(2026, 9, 7)), date(2026, 9, 7))
    office.ring_until(date(2027, 6, 30))
    assert office.standing() == (None, frozenset())
    office.ring_until(date(2027, 7, 2))
    assert office.standing() == (None, frozenset({2027}))


def test_months_before_a_job_became_known_are_waited_for_and_years_that_were_over_are_not_alerted_of() -> None:
    office, known_on = CareerOffice(), date(2026, 6, 1)
    office.hear(replace(begun("e1", date(1998, 3, 2)), noted_on=known_on), known_on)
    office.ring_until(date(2026, 7, 1))
    assert office.standing() == (None, frozenset())
    office.ring_until(date(2026, 7, 2))
    assert office.standing() == (None, frozenset({2026}))


def test_nobody_is_alerted_for_ever_of_who_works_no_more() -> None:
    office = CareerOffice()
    office.hear(begun("e1", date(2026, 1, 5)), date(2026, 1, 5))
    office.hear(over("e1", date(2026, 3, 1)), date(2026, 3, 1))
    office.ring_until(END)
    assert office.standing() == (None, frozenset({2026, 2027}))
    assert office.timers == {}


def test_nobody_is_alerted_of_the_dead() -> None:
    office = CareerOffice()
    office.hear(begun("e1", date(2026, 1, 5)), date(2026, 1, 5))
    (name,) = office.timers
    command = ring(WORKER, name)
    died = PersonEnded(worker=WORKER, ground="DECEASED", transfer=None)
    office.do(command, seeing(CAREER, command, person=(died,)))
    assert office.standing() == (None, frozenset())


def test_only_the_province_of_the_work_says_something_of_a_job() -> None:
    said = begun("e1", date(2026, 1, 5))
    command = NoteJob(said=replace(said, job=replace(said.job, told_by="330000")), today=date(2026, 1, 5))
    given(CAREER).having_seen(seeing(CAREER, command)).when(command).rejected(refusals.NotItsJob)


def test_the_definition_names_its_source_and_says_that_it_is_illustrative() -> None:
    found = definitions_of(HOME)(2026)
    assert (found.months, found.years, found.illustrative) == (8, 3, True)
    assert "R-PLC-02" in found.source
