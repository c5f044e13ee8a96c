"""Account numbers: what cannot be an account is refused, whatever else is taken as it is."""

import pytest
from contracts.bank_account import BankAccountText, normalise, parse
from contracts.errors import InvalidBankAccount
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from stdnum import luhn

BODIES = st.from_regex(r"62[0-9]{13,16}", fullmatch=True)


@given(BODIES)
def test_of_ten_check_digits_a_card_has_one(body: str) -> None:
    digit = luhn.calc_check_digit(body)
    assert parse(body + digit) == body + digit
    for wrong in set("0123456789") - {digit}:
        with pytest.raises(InvalidBankAccount) as refused:
            parse(body + wrong)
        assert refused.value.code == "bank_account_checksum"


@pytest.mark.parametrize("number", ["123456789012", "1020000123456789", "620000000001", "9" * 19])
def test_accounts_that_are_no_cards_have_no_check_digit(number: str) -> None:
    assert parse(number) == number


@pytest.mark.parametrize("text", ["", "12345678901", "1" * 20, "62283A0000000000", "账号"])
def test_what_is_no_number_of_that_length_is_refused_without_an_echo(text: str) -> None:
    with pytest.raises(InvalidBankAccount) as refused:
        parse(text)
    assert refused.value.code == "bank_account_format"
    assert not text or text not in str(refused.value)


@given(BODIES)
def test_spaces_and_full_width_digits_do_not_matter(body: str) -> None:
    number = body + luhn.calc_check_digit(body)
    wide = number.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    typed = " ".join(wide[at : at + 4] for at in range(0, len(wide), 4))
    assert normalise(typed) == number
    assert TypeAdapter(BankAccountText).validate_python(typed) == number


def test_the_code_of_the_refusal_is_the_type_of_the_error() -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(BankAccountText).validate_python("1")
    assert [each["type"] for each in refused.value.errors()] == ["bank_account_format"]
