"""A report: frozen once, never changed, restated by what became known later."""

from dataclasses import replace
from datetime import date
from typing import Any

from eventcore.testing import given
from hypothesis import given as for_all
from hypothesis import strategies as st
from reporting.reports import refusals
from reporting.reports.commands import Counted, FreezeReport, RestateReport
from reporting.reports.events import Difference, DifferencesListed, Number, ReportFrozen, ReportRestated, Row
from reporting.reports.report import MOST, PART, REPORT, Frozen, decide, digest, evolve

KEY = "monthly-520526-2026-03"
AS_OF, DUE = date(2026, 3, 25), date(2026, 3, 26)


def counted(known_at: int, certified: int, **changes: Any) -> Counted:
    numbers = (Number(name="persons_certified", value=certified),)
    rows = (Row(region="520526", name="威宁县", numbers=numbers),)
    found = Counted(known_at=known_at, incarnation="log-1", parked=0, numbers=numbers, rows=rows)
    return replace(found, **changes)


FREEZE = FreezeReport(
    report=KEY,
    kind="MONTHLY",
    region="520526",
    name="威宁县",
    period="2026-03",
    as_of=AS_OF,
    due_on=DUE,
    recipients=("职业能力建设处",),
    counted=counted(40, 7),
    signature="signed-40",
    by="wang",
    organisation="hr-520526",
    today=DUE,
)
FROZEN = ReportFrozen(
    report=KEY,
    kind="MONTHLY",
    region="520526",
    name="威宁县",
    period="2026-03",
    as_of=AS_OF,
    due_on=DUE,
    recipients=("职业能力建设处",),
    known_at=40,
    incarnation="log-1",
    numbers=FREEZE.counted.numbers,
    rows=FREEZE.counted.rows,
    digest=digest(KEY, AS_OF, FREEZE.counted),
    signature="signed-40",
    frozen_on=DUE,
    by="wang",
    organisation="hr-520526",
)
GONE = Difference(subject="w1", number="persons_certified", change=-1, causes=("certificate-c1/2/x",))
RESTATE = RestateReport(
    since=40,
    counted=counted(90, 6),
    signature="signed-90",
    differences=(GONE,),
    by="wang",
    organisation="hr-520526",
    today=date(2026, 5, 4),
)
RESTATED = ReportRestated(
    report=KEY,
    restatement=1,
    since=40,
    known_at=90,
    numbers=RESTATE.counted.numbers,
    rows=RESTATE.counted.rows,
    digest=digest(KEY, AS_OF, RESTATE.counted),
    signature="signed-90",
    differences=1,
    restated_on=date(2026, 5, 4),
    by="wang",
    organisation="hr-520526",
)
LISTED = DifferencesListed(report=KEY, restatement=1, part=1, differences=(GONE,))


def test_a_report_is_frozen_with_both_times_and_a_digest() -> None:
    given(REPORT).when(FREEZE).then(FROZEN)


def test_who_freezes_again_gets_what_was_frozen() -> None:
    given(REPORT, FROZEN).when(replace(FREEZE, counted=counted(80, 9))).then()


def test_nothing_is_frozen_before_its_day() -> None:
    given(REPORT).when(replace(FREEZE, today=date(2026, 3, 24))).rejected(refusals.PeriodNotOver)


def test_nothing_is_frozen_or_restated_while_a_stream_is_parked() -> None:
    parked = counted(90, 6, parked=1)
    given(REPORT).when(replace(FREEZE, counted=parked)).rejected(refusals.StreamsParked)
    given(REPORT, FROZEN).when(replace(RESTATE, counted=parked)).rejected(refusals.StreamsParked)


def test_late_facts_make_a_restatement_with_their_causes() -> None:
    given(REPORT, FROZEN).when(RESTATE).then(RESTATED, LISTED)


def test_where_nothing_changed_nothing_is_restated() -> None:
    given(REPORT, FROZEN).when(replace(RESTATE, counted=counted(90, 7), differences=())).then()


def test_one_for_another_is_a_restatement_though_the_numbers_are_the_same() -> None:
    new = Difference(subject="w2", number="persons_certified", change=1, causes=("certificate-c2/1/x",))
    command = replace(RESTATE, counted=counted(90, 7), differences=(GONE, new))
    assert len(decide(command, evolve(REPORT.initial, FROZEN), given(REPORT).seen)) == 2


def test_differences_between_other_positions_are_not_taken() -> None:
    given(REPORT, FROZEN, RESTATED, LISTED).when(RESTATE).rejected(refusals.RestatedMeanwhile)
    restored = replace(RESTATE, counted=counted(90, 6, incarnation="log-2"))
    given(REPORT, FROZEN).when(restored).rejected(refusals.LogRestored)


def test_what_was_never_frozen_is_not_restated() -> None:
    given(REPORT).when(RESTATE).rejected(refusals.NotFrozen)


def test_more_than_a_restatement_holds_is_refused() -> None:
    given(REPORT, FROZEN).when(replace(RESTATE, differences=(GONE,) * (MOST + 1))).rejected(refusals.TooManyDifferences)


@for_all(st.integers(min_value=1, max_value=3 * PART))
def test_no_difference_is_lost_between_the_parts(count: int) -> None:
    found = tuple(replace(GONE, subject=f"w{n}") for n in range(count))
    events = decide(replace(RESTATE, differences=found), evolve(REPORT.initial, FROZEN), given(REPORT).seen)
    listed = [each for event in events if isinstance(event, DifferencesListed) for each in event.differences]
    assert tuple(listed) == found
    assert max(len(event.differences) for event in events if isinstance(event, DifferencesListed)) <= PART


def test_a_restatement_leaves_what_was_frozen_as_it_is_and_is_the_base_of_the_next() -> None:
    report = evolve(evolve(evolve(REPORT.initial, FROZEN), RESTATED), LISTED)
    assert isinstance(report, Frozen)
    assert (report.restatements, report.known_at, report.as_of) == (1, 90, AS_OF)
    following = replace(RESTATE, since=90, counted=counted(120, 5))
    given(REPORT, FROZEN, RESTATED, LISTED).when(following).then(
        replace(
            RESTATED,
            restatement=2,
            since=90,
            known_at=120,
            numbers=following.counted.numbers,
            rows=following.counted.rows,
            digest=digest(KEY, AS_OF, following.counted),
        ),
        replace(LISTED, restatement=2),
    )


def test_the_digest_is_of_every_number_and_both_times() -> None:
    same = digest(KEY, AS_OF, counted(40, 7))
    assert same == FROZEN.digest
    others = {
        digest(KEY, AS_OF, counted(40, 8)),
        digest(KEY, AS_OF, counted(41, 7)),
        digest(KEY, DUE, counted(40, 7)),
        digest(KEY, AS_OF, counted(40, 7, rows=())),
    }
    assert len(others) == 4
    assert same not in others
