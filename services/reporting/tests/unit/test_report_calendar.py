"""When reports are due: the 26th, each quarter, 10 December."""

from datetime import date

import pytest
from contracts import region
from reporting.reports.calendar import NoSuchPeriod, obligation, obligations, periods, report_id
from reporting.reports.deadlines import standing

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("kind", "period", "as_of", "due"),
    [
        ("MONTHLY", "2026-03", date(2026, 3, 25), date(2026, 3, 26)),
        ("MONTHLY", "2026-12", date(2026, 12, 25), date(2026, 12, 26)),
        ("QUARTERLY", "2026-Q1", date(2026, 3, 31), date(2026, 4, 15)),
        ("QUARTERLY", "2026-Q2", date(2026, 6, 30), date(2026, 7, 15)),
        ("QUARTERLY", "2026-Q4", date(2026, 12, 31), date(2027, 1, 15)),
        ("YEARLY", "2026", date(2026, 11, 30), date(2026, 12, 10)),
    ],
)
def test_day_and_deadline_follow_from_the_calendar(kind: str, period: str, as_of: date, due: date) -> None:
    asked = next(each for each in obligations() if each.kind == kind)
    assert (asked.as_of_day(period), asked.due_day(period)) == (as_of, due)


@pytest.mark.parametrize(("kind", "period"), [("MONTHLY", "2026"), ("QUARTERLY", "2026-03"), ("YEARLY", "2026-Q1")])
def test_a_period_of_another_kind_is_none(kind: str, period: str) -> None:
    asked = next(each for each in obligations() if each.kind == kind)
    with pytest.raises(NoSuchPeriod):
        asked.due_day(period)


def test_a_quarterly_report_is_of_a_county_and_has_two_recipients() -> None:
    quarterly = obligation("QUARTERLY")
    assert quarterly.asked_of(region.region("520526", TODAY))
    assert not quarterly.asked_of(region.region("520500", TODAY))
    assert len(quarterly.recipients) == len(obligation("MONTHLY").recipients) == 2


def test_days_that_no_document_states_are_marked() -> None:
    assert {each.kind: each.illustrative for each in obligations()} == {
        "MONTHLY": False,
        "QUARTERLY": True,
        "YEARLY": True,
    }


def test_every_period_of_a_year_is_a_report_of_its_own() -> None:
    ids = [report_id(each.kind, "520526", period) for each in obligations() for period in periods(each.kind, 2026)]
    assert len(set(ids)) == len(ids) == 12 + 4 + 1
    assert ids[0] == "monthly-520526-2026-01"


@pytest.mark.parametrize(
    ("frozen", "now", "expected"),
    [
        (None, date(2026, 3, 24), "open"),
        (None, date(2026, 3, 25), "due"),
        (None, date(2026, 3, 26), "due"),
        (None, date(2026, 3, 27), "overdue"),
        (date(2026, 3, 26), date(2026, 5, 1), "on_time"),
        (date(2026, 3, 27), date(2026, 5, 1), "late"),
    ],
)
def test_what_became_of_a_report(frozen: date | None, now: date, expected: str) -> None:
    assert standing(date(2026, 3, 25), date(2026, 3, 26), frozen, now) == expected
