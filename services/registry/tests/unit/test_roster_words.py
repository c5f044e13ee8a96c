"""Words of clerks brought into one form: spaces, digits, days, names, regions, groups, telephones."""

from datetime import date

import pytest
from contracts.memberships import Membership
from registry.rosters.days import day, from_1904
from registry.rosters.places import Unplaced, household, workplace
from registry.rosters.refusals import Refusal
from registry.rosters.text import compact, is_person_name, key, person_name, tidy
from registry.rosters.values import memberships, one, phone, resident, several

TODAY = date(2026, 6, 1)
GUIZHOU = "520000"


def test_spaces_zero_widths_and_apostrophes_go() -> None:
    assert tidy("\ufeff\u3000 王\u00a0秀英\u200b\t\n") == "王 秀英"
    assert compact("＇５２０５９９ １９９０\u30000307\u200b００２４'") == "520599199003070024"
    assert compact("'ｘ") == "x"
    assert key("应届 “两后生”") == key("应届“两后生”") == "应届两后生"


@pytest.mark.parametrize(
    "written",
    [
        *(
            "2024-01-02",
            "2024/1/2",
            "2024.1.2",
            "20240102",
            "2024年1月2日",
            "2024 年 1 月 2 日",
            "2024－01－02",
            "'2024-1-2",
        ),
        *(
            "２０２４年１月２日",
            "2024-01-02 00:00:00",
            "2024/1/2 0:00",
            "45293",
            "45293.5",
            "2024年1月2号",
            "20240102.0",
        ),
    ],
)
def test_a_day_in_all_the_ways_that_are_sure(written: str) -> None:
    assert day(written) == date(2024, 1, 2)


@pytest.mark.parametrize(
    "written",
    ["", "2024-02-30", "2024年13月5日", "24-1-2", "1/2/2024", "去年赶场那天", "2024", "2024-01", "99999", "2024-1-2-3"],
)
def test_no_day_is_guessed(written: str) -> None:
    assert day(written) is None


def test_a_workbook_may_count_from_1904() -> None:
    assert day(from_1904("43831")) == date(2024, 1, 2)
    assert from_1904("2024-01-02") == "2024-01-02"


@pytest.mark.parametrize("dot", list("·•‧・.．･∙⋅。﹒"))
def test_names_of_minorities_have_one_kind_of_dot(dot: str) -> None:
    assert person_name(f"阿卜力孜 {dot} 买买提") == "阿卜力孜·买买提"


def test_names_lose_spaces_only_where_their_script_has_none() -> None:
    assert person_name("王　 芳") == "王芳"
    assert person_name("John  Smith Jr.") == "John Smith Jr."
    assert person_name("ＪＯＨＮ Smith") == "JOHN Smith"


@pytest.mark.parametrize(
    "name", ["王䶮", "陈𬱖", "吴𠮷", "周𫖮", "李\U00031350", "赵\ue123", "杨〇", "བཀྲ་ཤིས", "次仁·卓玛"]
)
def test_rare_characters_are_kept(name: str) -> None:
    assert person_name(name) == name
    assert is_person_name(name)


@pytest.mark.parametrize("name", ["王芳1", "张*", "李?", "王\ufffd", "·", "-", "王芳（大）", ""])
def test_what_no_name_has(name: str) -> None:
    assert not is_person_name(person_name(name))


@pytest.mark.parametrize(
    "written",
    [
        *("520526", "522427", "520526001000", "威宁县", "威宁", "威宁彝族回族苗族自治县", "毕节市威宁县"),
        *("贵州省毕节市威宁彝族回族苗族自治县", "贵州威宁县", "贵州省毕节地区威宁县", "威宁自治县"),
    ],
)
def test_a_county_by_code_old_code_name_and_short_name(written: str) -> None:
    assert household(written, GUIZHOU, TODAY) == "520526"


def test_a_code_of_the_day_of_the_survey_stays_and_an_old_name_leads_to_its_successor() -> None:
    assert household("522427", GUIZHOU, date(2009, 5, 1)) == "522427"
    assert household("威宁县", GUIZHOU, date(2009, 5, 1)) == "522427"
    assert household("毕节县", GUIZHOU, TODAY) == "520502"
    assert household("黔西县", GUIZHOU, TODAY) == household("黔西市", GUIZHOU, TODAY) == "520581"


@pytest.mark.parametrize(
    "written", ["529977", "999999", "云上县", "毕节市", "520500", "520000", "遵义县", "县", "贵州贵州"]
)
def test_no_county_is_guessed(written: str) -> None:
    with pytest.raises(Unplaced) as caught:
        household(written, GUIZHOU, TODAY)
    assert caught.value.code == "region_unknown"


@pytest.mark.parametrize("written", ["440305", "广东省深圳市南山区", "南山区", "广东省", "530627"])
def test_a_county_of_another_province_is_known_as_such(written: str) -> None:
    with pytest.raises(Unplaced) as caught:
        household(written, GUIZHOU, TODAY)
    assert caught.value.code == "region_of_another_province"


def test_work_may_be_anywhere_and_at_any_level() -> None:
    named = ("440305", "东莞", "浙江省", "兴义市", "南山区", "北京市朝阳区", "吉林")
    found = [workplace(text, GUIZHOU, TODAY) for text in named]
    assert found == ["440305", "441900", "330000", "522301", None, "110105", None]


def test_words_for_codes() -> None:
    assert one("sex", "女性") == one("sex", "Ｆ") == "female"
    assert one("employment_status", "失业") == one("employment_status", " unemployed ") == "UNEMPLOYED"
    assert one("groups", "脱贫户") == "POVERTY_LIFTED"
    assert one("channel", "赶场时听说") is None
    assert several("wishes", "求职就业；参加职业培训/JOB") == ("JOB", "VOCATIONAL_TRAINING")
    assert several("wishes", "无") == ()


def test_a_name_with_a_separator_in_it_stays_whole() -> None:
    text = "大龄、有就业意愿和能力、确实难以通过市场渠道就业的劳动力，脱贫户"
    found = memberships(text, date(2024, 1, 1), TODAY)
    assert [each.group for each in found] == ["OLDER_HARD_TO_PLACE", "POVERTY_LIFTED"]


def test_an_old_name_is_the_group_that_it_became_with_the_names_between() -> None:
    assert memberships("贫困户", None, TODAY) == (Membership(group="POVERTY_LIFTED", valid_from=TODAY),)
    assert memberships("贫困户", date(2015, 6, 1), TODAY) == (
        Membership(group="POOR_HOUSEHOLD", valid_from=date(2015, 6, 1), valid_to=date(2016, 12, 2)),
        Membership(group="REGISTERED_POOR", valid_from=date(2016, 12, 2), valid_to=date(2021, 1, 1)),
        Membership(group="POVERTY_LIFTED", valid_from=date(2021, 1, 1)),
    )
    then = memberships("建档立卡贫困户", date(2017, 1, 1), date(2018, 1, 1))
    assert then == (Membership(group="REGISTERED_POOR", valid_from=date(2017, 1, 1)),)


@pytest.mark.parametrize(
    ("text", "since", "code"),
    [
        ("REGISTERED_POOR", None, "group_not_valid_then"),
        ("防止返贫监测对象", date(2018, 1, 1), "group_not_valid_then"),
        ("脱贫户", date(2026, 6, 2), "group_period_wrong"),
        ("脱贫户、村干部亲戚", None, "value_unknown"),
        ("贫困户、脱贫户", date(2020, 12, 1), "group_repeated"),
    ],
)
def test_groups_that_cannot_be_so(text: str, since: date | None, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        memberships(text, since, TODAY)
    assert caught.value.finding.code == code


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("138 0000 0000", "13800000000"),
        ("+86-13800000000", "13800000000"),
        ("8613800000000", "13800000000"),
        ("１３８００００００００", "13800000000"),
        ("13800000000.0", "13800000000"),
        ("（0857）8220000", "0857-8220000"),
        ("0857—8220000", "0857-8220000"),
        ("+852-2123-4567", "+852-2123-4567"),
        ("400-800-1234", "400-800-1234"),
        ("暂无", None),
    ],
)
def test_telephones(written: str, number: str | None) -> None:
    assert phone(written, "phone") == number


@pytest.mark.parametrize(
    "written", ["13800", "1380000000O", "13800000000x", "13800000000/13900000000", "+8", "1.38E+10"]
)
def test_what_is_no_telephone(written: str) -> None:
    with pytest.raises(Refusal):
        phone(written, "phone")


def test_old_numbers_of_fifteen_digits_are_told_and_not_completed() -> None:
    with pytest.raises(Refusal) as caught:
        resident("520599900307002")
    assert caught.value.finding.code == "number_fifteen_digits"
