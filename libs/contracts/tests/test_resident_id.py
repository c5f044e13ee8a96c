"""GB 11643-1999. The vectors have birth years 1880 to 1899, so that they can be nobody's number."""

from dataclasses import dataclass
from datetime import date

import pytest
from contracts.errors import InvalidResidentId
from contracts.resident_id import (
    Kind,
    ResidentIdOrMadeUpText,
    ResidentIdText,
    Sex,
    normalise,
    parse,
)
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, ValidationError

VALID = [
    "11010519491231002X",
    "440524188001010014",
    "520502188001010016",
    "52050218800101018X",
    "360102188503070025",
    "330106189009300037",
    "513432188402290059",
]
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check_character(body: str) -> str:
    """By the formula of the standard, independent of the library in use."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


def refusal(number: str, *, allow_made_up: bool = False) -> str:
    with pytest.raises(InvalidResidentId) as caught:
        parse(number, allow_made_up=allow_made_up)
    return caught.value.code


@pytest.mark.parametrize("number", VALID)
def test_a_vector_of_the_standard_is_valid(number: str) -> None:
    assert parse(number, allow_made_up=False).number == number


def test_a_day_that_never_was_is_refused_though_its_check_character_fits() -> None:
    assert check_character("51343218820229005") == "4"
    assert refusal("513432188202290054") == "resident_id_date"


bodies = st.builds(
    lambda address, born, sequence: f"{address}{born:%Y%m%d}{sequence:03}",
    st.sampled_from(["520502", "522401", "110105", "810000", "445321"]),
    st.dates(date(1880, 1, 1), date(1899, 12, 31)),
    st.integers(0, 999),
)


@given(bodies)
def test_exactly_one_check_character_is_valid(body: str) -> None:
    right = check_character(body)
    assert parse(body + right, allow_made_up=False).number == body + right
    for other in "0123456789X":
        if other != right:
            assert refusal(body + other) == "resident_id_checksum"


@given(bodies, st.integers(0, 16), st.integers(1, 9))
def test_no_single_wrong_digit_goes_unnoticed(body: str, place: int, shift: int) -> None:
    wrong = body[:place] + str((int(body[place]) + shift) % 10) + body[place + 1 :]
    with pytest.raises(InvalidResidentId):
        parse(wrong + check_character(body), allow_made_up=True)


def test_a_small_x_is_accepted_and_stored_as_a_capital() -> None:
    assert parse("11010519491231002x", allow_made_up=False).number == "11010519491231002X"


def test_residence_permits_are_valid_and_belong_to_no_province() -> None:
    for prefix in ("810000", "820000", "830000"):
        body = f"{prefix}18900101001"
        permit = parse(body + check_character(body), allow_made_up=False)
        assert (permit.kind, permit.province) == (Kind.PERMIT, None)


def test_a_foreigners_card_is_valid_and_belongs_to_no_province() -> None:
    body = "911840" + "18900101" + "001"
    card = parse(body + check_character(body), allow_made_up=False)
    assert (card.kind, card.province, card.is_made_up) == (Kind.FOREIGNER, None, False)


def test_an_address_code_that_ended_or_that_no_list_has_is_no_reason_to_refuse() -> None:
    for address in ("522401", "445321", "350212", "520598"):
        body = f"{address}18900101001"
        assert parse(body + check_character(body), allow_made_up=False).address_code == address


def test_what_is_wrong_has_a_code_of_its_own() -> None:
    assert refusal("52050218800101001") == "resident_id_length"
    assert refusal("") == "resident_id_length"
    assert refusal("520502880101001") == "resident_id_fifteen_digits"
    assert refusal("52050218800101001A") == "resident_id_format"
    assert refusal("5205O2188001010016") == "resident_id_format"
    assert refusal("５２０５０２１８８００１０１００１６") == "resident_id_format"
    assert refusal("52050218800101001\ud800") == "resident_id_format"
    assert refusal("520502188001010016\n") == "resident_id_length"
    assert refusal("160502188001010016") == "resident_id_address"
    assert refusal("520502188013010018") == "resident_id_date"
    assert refusal("520502188001010017") == "resident_id_checksum"


def test_normalising_is_a_step_of_its_own() -> None:
    typed = " ５２０５０２ 1880 0101　001６\t"
    assert refusal(typed) == "resident_id_length"
    assert normalise(typed) == "520502188001010016"
    assert normalise("11010519491231002ｘ") == "11010519491231002X"
    assert normalise("not a number") == "notanumber"


def test_made_up_people_pass_only_where_the_caller_says_so() -> None:
    body = "520599" + "19900101" + "001"
    number = body + check_character(body)
    assert refusal(number) == "resident_id_made_up"
    assert parse(number, allow_made_up=True).is_made_up
    assert not parse(VALID[0], allow_made_up=True).is_made_up
    assert refusal(body + "X") == "resident_id_checksum"


def test_sex_birth_date_province_and_address_are_read_from_the_number() -> None:
    resident = parse("360102188503070025", allow_made_up=False)
    assert resident.sex is Sex.FEMALE
    assert resident.birth_date == date(1885, 3, 7)
    assert (resident.province, resident.address_code, resident.kind) == ("360000", "360102", Kind.CITIZEN)
    assert parse("330106189009300037", allow_made_up=False).sex is Sex.MALE


def test_age_counts_completed_years() -> None:
    leap = parse("513432188402290059", allow_made_up=False)
    assert leap.age_on(date(1884, 2, 29)) == 0
    assert leap.age_on(date(1900, 2, 28)) == 15
    assert leap.age_on(date(1900, 3, 1)) == 16
    with pytest.raises(InvalidResidentId) as caught:
        leap.age_on(date(1884, 2, 28))
    assert caught.value.code == "resident_id_not_yet_born"


def test_neither_errors_nor_texts_show_the_number() -> None:
    resident = parse(VALID[0], allow_made_up=False)
    assert VALID[0] not in f"{resident} {resident!r}"
    for number in ("520502188001010017", "520502880101001", "520502188013010018"):
        with pytest.raises(InvalidResidentId) as caught:
            parse(number, allow_made_up=False)
        assert number not in f"{caught.value} {caught.value.zh} {caught.value.__cause__} {caught.value.__context__}"


def test_it_is_a_plain_string_in_a_strict_body_and_in_a_frozen_dataclass() -> None:
    class Body(BaseModel):
        model_config = ConfigDict(strict=True, extra="forbid")
        number: ResidentIdText

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Command:
        number: ResidentIdText

    body = Body.model_validate_json('{"number": "11010519491231002x"}')
    assert type(Command(number=body.number).number) is str
    assert body.number == "11010519491231002X"
    assert body.model_dump_json() == '{"number":"11010519491231002X"}'
    with pytest.raises(ValidationError) as caught:
        Body.model_validate_json('{"number": "520502188001010017"}')
    (problem,) = caught.value.errors()
    assert problem["type"] == "resident_id_checksum"
    assert problem["ctx"]["zh"] == "居民身份号码校验码不正确"


def test_a_body_may_let_made_up_people_through_to_where_the_environment_is_known() -> None:
    class Strict(BaseModel):
        number: ResidentIdText

    class Open(BaseModel):
        number: ResidentIdOrMadeUpText

    body = "520599" + "19900101" + "001"
    number = body + check_character(body)
    assert Open(number=number).number == number
    with pytest.raises(ValidationError):
        Strict(number=number)
