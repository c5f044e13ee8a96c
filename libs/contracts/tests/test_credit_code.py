"""GB 32100-2015."""

import pytest
from contracts.credit_code import INNER_CHECKSUM, CreditCodeText, inner_check_character, parse
from contracts.errors import InvalidCreditCode
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, ValidationError

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
VALID = [
    "91350100M000100Y43",
    "91350200MA2YJ1XR9G",
    "91350500798359476R",
    "11320000MB151840XJ",
    "91330106MA00001700",
    "91330106MA0000357Y",
    "91330106MA000004X1",
]


def check_character(body: str) -> str:
    """By the formula of the standard, independent of the library in use."""
    total = sum(ALPHABET.index(symbol) * pow(3, place, 31) for place, symbol in enumerate(body))
    return ALPHABET[(31 - total % 31) % 31]


def refusal(code: str) -> str:
    with pytest.raises(InvalidCreditCode) as caught:
        parse(code)
    return caught.value.code


@pytest.mark.parametrize("code", VALID)
def test_a_published_code_is_valid_inside_and_out(code: str) -> None:
    found = parse(code)
    assert (found.code, found.warnings) == (code, ())
    assert check_character(code[:17]) == code[17]


def test_a_letter_outside_the_alphabet_is_refused() -> None:
    assert refusal("91350100M000100Y4Z") == "credit_code_format"
    for letter in "IOSVZ":
        assert refusal(f"91350100M000100{letter}43") == "credit_code_format"


bodies = st.builds(
    "".join,
    st.tuples(
        st.sampled_from("1259ANY"),
        st.sampled_from(ALPHABET),
        st.text("0123456789", min_size=6, max_size=6),
        st.text(ALPHABET, min_size=9, max_size=9),
    ),
)


@given(bodies)
def test_exactly_one_check_character_is_valid(body: str) -> None:
    right = check_character(body)
    assert parse(body + right).code == body + right
    for other in ALPHABET:
        if other != right:
            assert refusal(body + other) == "credit_code_checksum"


def test_a_wrong_inner_check_character_is_only_a_warning() -> None:
    body = "91330106MA0000012"
    assert inner_check_character("MA000001") != "2"
    assert parse(body + check_character(body)).warnings == (INNER_CHECKSUM,)


def test_inner_check_characters_include_x_and_zero() -> None:
    assert inner_check_character("MB151840") == "X"
    assert inner_check_character("MA000017") == "0"
    assert inner_check_character("79835947") == "6"


def test_a_village_cooperative_registered_by_agriculture_is_valid() -> None:
    body = "N2520502MF0000001"
    assert parse(body + check_character(body)).department == "N"


def test_parts_are_read_from_the_code() -> None:
    found = parse("91350200ma2yj1xr9g")
    assert (found.department, found.entity_type) == ("9", "1")
    assert (found.region, found.organisation) == ("350200", "MA2YJ1XR9")


def test_what_is_wrong_has_a_code_of_its_own() -> None:
    assert refusal("91350100M000100Y4") == "credit_code_length"
    assert refusal("9135010 M000100Y43") == "credit_code_format"
    assert refusal("９1350100M000100Y43") == "credit_code_format"
    assert refusal("91350100M000100Y44") == "credit_code_checksum"


def test_it_is_a_plain_string_in_a_strict_body() -> None:
    class Body(BaseModel):
        model_config = ConfigDict(strict=True)
        employer: CreditCodeText

    assert Body.model_validate_json('{"employer": "91350100m000100y43"}').employer == "91350100M000100Y43"
    with pytest.raises(ValidationError, match="credit_code_checksum"):
        Body.model_validate_json('{"employer": "91350100M000100Y44"}')
