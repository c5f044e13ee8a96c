"""GB/T 2260 as a tree with dates."""

import subprocess
import sys
from datetime import date

import pytest
from contracts import region as regions
from contracts._region_table import table
from contracts.errors import InvalidRegion
from contracts.region import RegionCode, current, is_county_level, is_within, named, parents, province_of, region
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, ValidationError

TODAY = date(2026, 11, 24)
BACK_THEN = date(2005, 6, 1)

NAMES = {
    "110101": "东城区",
    "110105": "朝阳区",
    "150102": "新城区",
    "210212": "旅顺口区",
    "210921": "阜新蒙古族自治县",
    "230102": "道里区",
    "310115": "浦东新区",
    "320583": "昆山市",
    "330203": "海曙区",
    "360730": "宁都县",
    "410225": "兰考县",
    "422801": "恩施市",
    "433122": "泸溪县",
    "440112": "黄埔区",
    "441900": "东莞市",
    "451002": "右江区",
    "460105": "秀英区",
    "500101": "万州区",
    "500236": "奉节县",
    "513432": "喜德县",
    "520181": "清镇市",
    "520281": "盘州市",
    "520502": "七星关区",
    "520526": "威宁彝族回族苗族自治县",
    "522301": "兴义市",
    "533301": "泸水市",
    "540102": "城关区",
    "610722": "城固县",
    "622921": "临夏县",
    "640104": "兴庆区",
    "653101": "喀什市",
}


def codes(found: tuple[regions.Region, ...]) -> list[str]:
    return [each.code for each in found]


def refusal(code: str, on: date) -> str:
    with pytest.raises(InvalidRegion) as caught:
        region(code, on)
    return caught.value.code


@pytest.mark.parametrize(("code", "name"), NAMES.items())
def test_a_code_has_its_published_name(code: str, name: str) -> None:
    assert region(code, TODAY).name == name


def test_the_whole_country_is_there() -> None:
    in_use = [code for code in table().rows if regions.exists(code, TODAY)]
    assert len(codes(regions.children(None, TODAY))) == 34
    assert sum(is_county_level(code, TODAY) for code in in_use) == 2846 + len(("441900", "442000", "460400", "620200"))


def test_a_prefecture_without_counties_is_of_county_level_itself() -> None:
    assert regions.children("441900", TODAY) == ()
    assert is_county_level("441900", TODAY)
    assert codes(parents("441900", TODAY)) == ["440000"]
    assert not is_county_level("520500", TODAY)
    assert not is_county_level("520000", TODAY)
    assert not is_county_level("999999", TODAY)


def test_directly_administered_counties_lie_right_in_their_province() -> None:
    for code, province in {"429004": "420000", "419001": "410000", "469001": "460000", "659001": "650000"}.items():
        assert codes(parents(code, TODAY)) == [province]
        assert region(code, TODAY).parent == province
    assert "429004" in codes(regions.children("420000", TODAY))
    assert codes(parents("110101", TODAY)) == ["110000"]
    assert codes(parents("500236", TODAY)) == ["500000"]


def test_most_counties_lie_in_a_prefecture() -> None:
    assert codes(parents("520502", TODAY)) == ["520500", "520000"]
    assert region("520502", TODAY).parent == "520500"
    assert region("520500", TODAY).level == "prefecture"
    assert parents("520000", TODAY) == ()
    assert region("520000", TODAY).parent is None
    assert "520502" in codes(regions.children("520500", TODAY))
    assert "520502" not in codes(regions.children("520000", TODAY))


def test_the_old_codes_of_bijie_lead_to_todays() -> None:
    assert region("522401", BACK_THEN).name == "毕节市"
    assert codes(parents("522401", BACK_THEN)) == ["522400", "520000"]
    assert region("522401", BACK_THEN).successors == ("520502",)
    assert codes(current("522401", TODAY)) == ["520502"]
    assert codes(current("522421", TODAY)) == ["520502"], "a county, then a city, then a district"
    assert codes(current("522400", TODAY)) == ["520500"]
    assert refusal("522401", TODAY) == "region_not_valid_then"


def test_pulandian_and_tongren_lead_to_todays() -> None:
    assert codes(current("210282", TODAY)) == ["210214"]
    assert codes(current("522200", TODAY)) == ["520600"]
    assert codes(current("522201", TODAY)) == ["520602", "520603"], "it was divided"


def test_a_code_that_was_given_out_twice_means_what_it_meant_then() -> None:
    assert region("419001", date(1988, 5, 1)).name == "义马市"
    assert region("419001", TODAY).name == "济源市"
    assert codes(current("419001", TODAY, date(1988, 5, 1))) == ["411281"]
    assert codes(current("419001", TODAY)) == ["419001"]


def test_a_new_name_keeps_the_code() -> None:
    assert region("130502", date(2015, 1, 1)).name == "桥东区"
    assert region("130502", TODAY).name == "襄都区"
    assert current("130502", TODAY, date(2015, 1, 1))[0].name == "襄都区"


def test_a_code_that_only_another_list_had_leads_to_todays() -> None:
    assert codes(current("429009", TODAY)) == ["420981"]
    assert refusal("429009", TODAY) == "region_unknown"


def test_in_the_year_of_a_change_old_and_new_are_both_valid() -> None:
    assert [refusal("520502", date(2010, 12, 31)), refusal("522401", date(2012, 1, 1))] == [
        "region_not_valid_then",
        "region_not_valid_then",
    ]
    for day in (date(2011, 1, 1), date(2011, 12, 31)):
        assert region("520502", day).valid_from == date(2011, 1, 1)
        assert region("522401", day).valid_to == date(2012, 1, 1)


def test_every_code_that_ever_was_leads_to_regions_of_today() -> None:
    for code in table().rows:
        for meaning in regions.history(code):
            found = current(code, TODAY, meaning.valid_from or date(1981, 1, 1))
            assert found, f"{code} {meaning.name}"
            assert all(each.is_valid(TODAY) for each in found)
    for alias in table().aliases:
        assert current(alias, TODAY)


def test_no_code_ever_had_the_county_part_of_made_up_people() -> None:
    assert not [code for code in (*table().rows, *table().aliases) if code.endswith("99")]


@given(st.sampled_from(sorted(table().rows)), st.dates(date(1981, 1, 1), TODAY))
def test_a_region_is_within_itself_its_parents_and_nothing_else(code: str, on: date) -> None:
    if not regions.exists(code, on):
        assert refusal(code, on) == "region_not_valid_then"
        return
    above = codes(parents(code, on))
    assert is_within(code, code, on)
    assert all(is_within(code, each, on) for each in above)
    assert not is_within(code, "990000", on)
    assert province_of(code) == (above[-1] if above else code)
    if above:
        assert code in codes(regions.children(above[0], on))


def test_a_name_is_found_as_often_as_it_is_used() -> None:
    assert codes(named("朝阳区", TODAY)) == ["110105", "220104"]
    assert codes(named("朝阳区", TODAY, within="110000")) == ["110105"]
    assert codes(named("毕节市", BACK_THEN)) == ["522401"]
    assert codes(named("毕节市", TODAY)) == ["520500"]
    assert named("没有这个县", TODAY) == ()


def test_what_is_wrong_has_a_code_of_its_own() -> None:
    assert refusal("52050", TODAY) == "region_format"
    assert refusal("520502 ", TODAY) == "region_format"
    assert refusal("５20502", TODAY) == "region_format"
    assert refusal("520599", TODAY) == "region_unknown"
    with pytest.raises(InvalidRegion):
        is_within("520599", "520599", TODAY)


def test_it_is_a_plain_string_in_a_strict_body() -> None:
    class Body(BaseModel):
        model_config = ConfigDict(strict=True)
        region: RegionCode

    assert Body.model_validate_json('{"region": "520502"}').region == "520502"
    with pytest.raises(ValidationError, match="region_unknown"):
        Body.model_validate_json('{"region": "520599"}')


def test_the_tables_are_read_with_the_first_question_and_in_at_most_50_ms() -> None:
    program = (
        "import time; from datetime import date; from contracts import region, _region_table as t;"
        "assert t.table.cache_info().currsize == 0; start = time.process_time();"
        "region.region('520502', date(2026, 1, 1)); print(time.process_time() - start)"
    )
    runs = [subprocess.run([sys.executable, "-c", program], capture_output=True, check=True) for _ in range(3)]  # noqa: S603
    assert min(float(run.stdout) for run in runs) <= 0.050
