"""Rates with their denominators, and the targets of the documents beside them."""

from dataclasses import replace
from datetime import date

import pytest
from reporting import groups, occupations, targets
from reporting.funnel.answer import DENOMINATORS, Counts, Rate, rates
from reporting.funnel.query import NOTHING

TODAY = date(2026, 11, 28)


def certified(completed: int, certified_of_completed: int) -> Rate:
    tally = replace(
        NOTHING, persons_completed=completed, persons_certified=completed, certified_of_completed=certified_of_completed
    )
    return next(each for each in rates(tally, TODAY) if each.rate == "certified_of_completed")


@pytest.mark.parametrize(
    ("completed", "of_them", "per_mille", "met"),
    [(1000, 900, 900, True), (1000, 899, 899, False), (10_000, 8_999, 899, False), (3, 3, 1000, True)],
)
def test_the_certificate_rate_is_of_who_completed_and_has_its_target(
    completed: int, of_them: int, per_mille: int, met: bool
) -> None:
    rate = certified(completed, of_them)
    assert (rate.of, rate.numerator, rate.denominator) == ("persons_completed", of_them, completed)
    assert (rate.per_mille, rate.target, rate.met) == (per_mille, "certificate-rate", met)


def test_how_many_had_a_training_at_least_once_is_of_who_is_registered_and_its_target_had_an_end() -> None:
    tally = replace(NOTHING, persons_registered=8, persons_completed=9, completed_of_registered=7)
    last, after = (
        next(each for each in rates(tally, day) if each.rate == "completed_of_registered")
        for day in (date(2020, 12, 31), date(2021, 1, 1))
    )
    assert (last.numerator, last.denominator, last.per_mille) == (7, 8, 875)
    assert (last.target, last.met) == ("trained-once", False)
    assert (after.target, after.met) == (None, None)


def test_a_rate_of_nobody_is_none_and_reaches_nothing() -> None:
    assert (certified(0, 0).per_mille, certified(0, 0).met) == (None, None)


def test_every_part_has_a_denominator_among_the_numbers() -> None:
    assert {*DENOMINATORS, *DENOMINATORS.values()} <= set(Counts.model_fields)


def test_stated_figures_are_kept_with_a_flag_where_something_is_wrong() -> None:
    city = next(each for each in targets.of_day(TODAY) if each.id == "city-trained")
    assert (city.persons, city.stated) == (830_000, "83万")
    assert city.flag
    assert all(each.rate or each.flag for each in targets.of_day(TODAY))


def test_a_target_with_an_end_is_none_afterwards() -> None:
    assert "national-poverty" in {each.id for each in targets.of_day(date(2020, 12, 31))}
    assert "national-poverty" not in {each.id for each in targets.of_day(date(2021, 1, 1))}


def test_old_and_new_words_mean_the_same_groups() -> None:
    assert groups.shown("POOR_HOUSEHOLD", TODAY) == ("MONITORED", "POVERTY_LIFTED")
    assert groups.led(TODAY)["LHS_PAST"] == "RURAL_LEAVER"
    assert groups.led(date(2015, 6, 1))["POVERTY_LIFTED"] == "POOR_HOUSEHOLD"
    assert groups.led(TODAY)["MONITORED"] == "MONITORED"


def test_one_occupation_is_one_whatever_the_edition() -> None:
    joined = occupations.led(TODAY)
    assert joined
    for old, new in joined.items():
        assert occupations.concept(old, TODAY) == occupations.concept(new, TODAY) == new
    assert occupations.concept("1999/1-99-99-99", TODAY) == "1999/1-99-99-99"
