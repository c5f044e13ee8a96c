"""How much of a person is shown to whom it is not needed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from registry.vault import masks


def test_a_number_shows_its_first_6_and_last_4() -> None:
    assert masks.number("520599189003070024") == "520599********0024"


def test_a_phone_shows_its_first_3_and_last_4() -> None:
    assert masks.phone("13800001234") == "138****1234"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王秀英", "王**"),
        ("李明", "李*"),
        ("欧阳娜娜", "欧阳**"),
        ("欧阳", "欧*"),
        ("买买提·吐尔逊", "买******"),
        ("阿", "阿*"),
    ],
)
def test_a_name_shows_its_surname(name: str, shown: str) -> None:
    assert masks.name(name) == shown


@settings(deadline=None, derandomize=True)
@given(st.text(min_size=1, max_size=9))
def test_what_is_too_short_shows_nothing(text: str) -> None:
    assert masks.number(text) == masks.phone(text) == "*" * len(text)


@settings(deadline=None, derandomize=True)
@given(st.text("0123456789X", min_size=1, max_size=40))
def test_a_mask_never_shows_the_whole(text: str) -> None:
    assert masks.number(text) != text
    assert masks.phone(text) != text
