"""Money is a whole number of fen."""

import pytest
from contracts.errors import InvalidMoney
from contracts.money import MAX_FEN, Fen, PositiveFen, format_yuan, parse_yuan
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

amounts = st.integers(-MAX_FEN, MAX_FEN)


@given(amounts)
def test_what_is_shown_reads_back_to_the_fen(fen: int) -> None:
    assert parse_yuan(format_yuan(fen, "zh").removesuffix("元")) == fen
    assert parse_yuan(format_yuan(fen, "en").removeprefix("CNY ")) == fen


def test_amounts_are_shown_as_people_write_them() -> None:
    assert format_yuan(123450, "zh") == "1,234.50元"
    assert format_yuan(-5, "en") == "CNY -0.05"
    assert [parse_yuan(text) for text in ("500", "0.5", "1,500.05", " 1500.05 ", "-3")] == [
        50000,
        50,
        150005,
        150005,
        -300,
    ]


@pytest.mark.parametrize("text", ["", "1.234", "1,50", "1e3", "NaN", "１００", ".5", "5.", "1 000", "--1", "元"])
def test_nothing_is_guessed_or_rounded(text: str) -> None:
    with pytest.raises(InvalidMoney) as caught:
        parse_yuan(text)
    assert caught.value.code == "money_format"


def test_an_amount_that_a_reader_could_not_keep_exactly_is_refused() -> None:
    assert parse_yuan("90071992547409.91") == MAX_FEN
    with pytest.raises(InvalidMoney) as caught:
        parse_yuan("90071992547409.92")
    assert caught.value.code == "money_range"


@pytest.mark.parametrize("value", [1.0, "1", True, MAX_FEN + 1])
def test_a_field_takes_integers_only(value: object) -> None:
    adapter: TypeAdapter[int] = TypeAdapter(Fen)
    assert adapter.validate_python(-1) == -1
    with pytest.raises(ValidationError):
        adapter.validate_python(value)


def test_a_positive_field_takes_no_zero() -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(PositiveFen).validate_python(0)
