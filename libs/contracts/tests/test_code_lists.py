"""Code lists as of a date."""

from datetime import date

import pytest
from contracts.code_lists import CODE_LISTS
from contracts.codes import CodeList
from contracts.errors import InvalidCode
from contracts.groups import GROUPS, GroupCode
from contracts.survey import CAPTURE_METHODS, CHANNELS
from pydantic import TypeAdapter, ValidationError

TODAY = date(2026, 11, 24)


def test_there_are_seven_channels_and_two_ways_to_collect() -> None:
    assert [each.zh for each in CHANNELS.as_of(TODAY)] == [
        "公共就业服务机构",
        "乡镇政府",
        "舒心就业服务站",
        "工会组织",
        "行业协会",
        "经营性人力资源服务机构",
        "零工市场",
    ]
    assert len(CAPTURE_METHODS.as_of(TODAY)) == 2


def test_names_of_groups_change_and_reports_map_old_to_new() -> None:
    assert GROUPS.current("POOR_HOUSEHOLD", date(2010, 1, 1)).code == "POOR_HOUSEHOLD"
    assert GROUPS.current("POOR_HOUSEHOLD", date(2019, 5, 21)).code == "REGISTERED_POOR"
    assert GROUPS.current("POOR_HOUSEHOLD", TODAY).code == "POVERTY_LIFTED"
    assert GROUPS.find("REGISTERED_POOR").successors == ("POVERTY_LIFTED", "MONITORED")


def test_a_group_is_valid_from_its_first_to_before_its_last_day() -> None:
    assert GROUPS.on("REGISTERED_POOR", date(2016, 12, 2)).zh == "建档立卡贫困劳动力"
    assert GROUPS.on("REGISTERED_POOR", date(2020, 12, 31))
    for day in (date(2016, 12, 1), date(2021, 1, 1)):
        with pytest.raises(InvalidCode) as caught:
            GROUPS.on("REGISTERED_POOR", day)
        assert caught.value.code == "code_not_valid_then"
    with pytest.raises(InvalidCode) as caught:
        GROUPS.on("NO_SUCH", TODAY)
    assert caught.value.code == "code_unknown"


@pytest.mark.parametrize("codes", CODE_LISTS.values(), ids=CODE_LISTS)
def test_a_list_is_whole(codes: CodeList) -> None:
    assert len({each.code for each in codes.codes}) == len(codes.codes)
    assert all(each.zh and each.en and each.source for each in codes.codes)
    assert all(codes.find(later) for each in codes.codes for later in each.successors)
    assert all(codes.current(each.code, TODAY).is_valid(TODAY) for each in codes.codes)
    assert codes.as_of(TODAY)


def test_a_field_takes_every_code_that_the_list_ever_had() -> None:
    adapter: TypeAdapter[str] = TypeAdapter(GroupCode)
    assert adapter.validate_python("POOR_HOUSEHOLD") == "POOR_HOUSEHOLD"
    assert "POOR_HOUSEHOLD" in adapter.json_schema()["enum"]
    with pytest.raises(ValidationError, match="code_unknown"):
        adapter.validate_python("poor_household")
