"""Kinds of certificates grow with the policies."""

from datetime import date

import pytest
from contracts.certificate_codes import CERTIFICATE_KINDS
from contracts.code_lists import CODE_LISTS


@pytest.mark.parametrize(
    ("day", "kinds"),
    [
        (date(2010, 1, 1), ["QUALIFICATION", "SINGLE_ABILITY"]),
        (date(2019, 5, 20), ["QUALIFICATION", "SINGLE_ABILITY"]),
        (date(2019, 5, 21), ["QUALIFICATION", "SKILL_LEVEL", "SPECIAL_ABILITY"]),
        (date(2024, 1, 19), ["QUALIFICATION", "SKILL_LEVEL", "SPECIAL_ABILITY", "TRAINING_COMPLETION"]),
    ],
)
def test_two_kinds_became_three_and_then_four(day: date, kinds: list[str]) -> None:
    assert [each.code for each in CERTIFICATE_KINDS.as_of(day)] == kinds


def test_the_single_ability_became_the_special_one() -> None:
    assert CERTIFICATE_KINDS.current("SINGLE_ABILITY", date(2026, 1, 1)).code == "SPECIAL_ABILITY"
    assert "certificate-kinds" in CODE_LISTS
