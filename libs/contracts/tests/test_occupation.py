"""Occupations by edition."""

from datetime import date

import pytest
from contracts.errors import InvalidOccupation
from contracts.occupation import EDITIONS, OccupationKey, OccupationText, occupation, occupations, same_in
from pydantic import TypeAdapter, ValidationError

TODAY = date(2026, 11, 24)


def refusal(edition: str, code: str) -> str:
    with pytest.raises(InvalidOccupation) as caught:
        occupation(edition, code)
    return caught.value.code


def test_a_code_means_something_in_its_edition_only() -> None:
    assert occupation("2022", "6-18-01-01").name == "车工"
    assert occupation("2022", "4-04-05-05").name == "人工智能训练师"
    assert refusal("1999", "6-18-01-01") == "occupation_unknown"


def test_codes_without_a_published_source_are_flagged() -> None:
    flagged = {each.name for each in occupations("2022") if not each.verified}
    assert flagged == {"焊工", "家政服务员", "中式烹调师", "美发师", "钳工"}
    assert all(each.source for edition in EDITIONS for each in occupations(edition))


def test_what_is_wrong_has_a_code_of_its_own() -> None:
    assert refusal("2021", "6-18-01-01") == "occupation_edition"
    assert refusal("2022", "6-18-1-1") == "occupation_format"
    assert refusal("2022", "6-99-01-01") == "occupation_unknown"
    with pytest.raises(InvalidOccupation):
        occupations("1982")


def test_the_crosswalk_leads_from_edition_to_edition_from_its_day_on() -> None:
    old, new = OccupationKey("1999", "6-04-02-05"), OccupationKey("2022", "6-18-02-04")
    assert same_in(old, "2022", TODAY) == (new,)
    assert same_in(new, "1999", TODAY) == (old,)
    assert same_in(old, "2022", date(2010, 1, 1)) == ()
    assert same_in(old, "1999", date(2010, 1, 1)) == (old,)
    assert same_in(OccupationKey("2022", "6-18-01-01"), "1999", TODAY) == ()


def test_as_text_it_names_edition_and_code() -> None:
    adapter: TypeAdapter[str] = TypeAdapter(OccupationText)
    assert adapter.validate_python("2022/6-18-01-01") == str(occupation("2022", "6-18-01-01").key)
    with pytest.raises(ValidationError, match="occupation_unknown"):
        adapter.validate_python("2015/6-18-01-01")
