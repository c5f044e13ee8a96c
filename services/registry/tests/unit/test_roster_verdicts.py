"""What reading finds in a row: one code, the first in order, and a sentence for it in both languages."""

import csv
import re
from dataclasses import replace
from datetime import date
from importlib.resources import files
from inspect import getsource

import pytest
from made_up_numbers import number
from registry.privacy.state import PersonalDataGone
from registry.responsibility import require_responsible
from registry.rosters import Finding, PaidTo, reason
from registry.rosters.tables import fields, title
from registry.surveys import recording, refusals
from registry.surveys.survey import record
from registry.workers.linking_refusals import WorkerIsLinked
from registry.workers.refusals import WorkerIsDeceased
from roster_files import (
    DEFAULTS,
    EMPLOYED,
    HEADERS,
    UNEMPLOYED,
    csv_file,
    person,
    roster,
    table,
    verdict,
    xls_file,
    xlsx_file,
)

NUMBER = UNEMPLOYED["公民身份号码"]


def _with_check(front: str) -> str:
    sums = sum(int(digit) * (1 << (17 - at)) for at, digit in enumerate(front))
    return front + "0123456789X"[(12 - sums % 11) % 11]


@pytest.mark.parametrize(
    ("header", "text", "code"),
    [
        ("公民身份号码", "520599199003070025", "number_check_digit"),
        ("公民身份号码", NUMBER[:17], "number_malformed"),
        ("公民身份号码", NUMBER + "0", "number_malformed"),
        ("公民身份号码", f"{NUMBER[:8]}O{NUMBER[9:]}", "number_malformed"),
        ("公民身份号码", _with_check("02059919900307002"), "number_malformed"),
        ("公民身份号码", "520599900307002", "number_fifteen_digits"),
        ("公民身份号码", _with_check("52059919900230002"), "number_date_impossible"),
        ("公民身份号码", "5.20599E+17", "number_as_float"),
        ("公民身份号码", number("20150307", 2), "age_out_of_range"),
        ("公民身份号码", _with_check("36010219900307002"), "number_of_another_province"),
        ("户籍地", "云上县", "region_unknown"),
        ("户籍地", "440305", "region_of_another_province"),
        ("性别", "男", "sex_conflicts"),
        ("性别", "甲", "value_unknown"),
        ("出生日期", "1990-03-08", "birth_date_conflicts"),
        ("出生日期", "待核实", "date_unreadable"),
        ("姓名", " \u3000", "field_missing"),
        ("公民身份号码", "", "field_missing"),
        ("户籍地", "无", "field_missing"),
        ("摸查日期", "", "field_missing"),
        ("就业状态", "—", "field_missing"),
        ("姓名", "阿卜杜热西提·" * 12, "field_too_long"),
        ("人员类别", "脱贫户" * 100, "field_too_long"),
        ("姓名", "王\x07芳", "control_characters"),
        ("姓名", "王\u202e芳", "control_characters"),
        ("联系电话", '="13800000000"', "formula"),
        ("姓名", "＝A1", "formula"),
        ("姓名", "+A1", "formula"),
        ("就业状态", "@SUM(A1)", "formula"),
        ("摸查日期", "去年赶场那天", "date_unreadable"),
        ("摸查日期", "2026-06-02", "date_in_future"),
        ("就业状态", "在家带娃", "value_unknown"),
        ("人员类别", "种粮大户", "value_unknown"),
        ("采集渠道", "微信接龙", "value_unknown"),
        ("采集方式", "猜的", "value_unknown"),
        ("意愿", "随便都行", "value_unknown"),
        ("联系电话", "13800", "phone_malformed"),
        ("姓名", "王芳2", "name_malformed"),
        ("认定日期", "2018-01-01", "group_not_valid_then"),
        ("认定日期", "2026-03-03", "group_period_wrong"),
    ],
)
def test_a_row_with_one_defect(header: str, text: str, code: str) -> None:
    found = verdict({**({"性别": "", "出生日期": ""} if header == "公民身份号码" else {}), header: text})
    assert found is not None
    assert found[0] == code
    names = {"group_not_valid_then": "groups"}
    assert found[1] == names.get(code, roster(csv_file(table([UNEMPLOYED]))).sheets[0].fields[HEADERS.index(header)])


@pytest.mark.parametrize(
    ("header", "text", "code", "field"),
    [
        ("就业形式", "", "field_missing", "employment_form"),
        ("就业形式", "世袭", "value_unknown", "employment_form"),
        ("就业地", "", "field_missing", "work_region"),
        ("就业地", "南山区", "work_region_unknown", "work_region"),
        ("单位联系方式", "", "field_missing", "contact"),
        ("单位联系方式", "问老板", "phone_malformed", "contact"),
        ("就业单位名称", "", "employer_missing", "employer"),
        ("就业单位名称", "东莞示范电子有限公司" * 13, "field_too_long", "employer"),
    ],
)
def test_who_is_employed_is_asked_more(header: str, text: str, code: str, field: str) -> None:
    assert verdict({header: text}, base=EMPLOYED) == (code, field)


def test_who_works_flexibly_needs_no_employer_and_who_does_not_work_is_not_asked() -> None:
    assert verdict({"就业形式": "灵活就业", "就业单位名称": ""}, base=EMPLOYED) is None
    assert verdict({"就业地": "天上", "单位联系方式": "问老板"}) is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"公民身份号码": "520599199003070025", "姓名": "=A1"}, "formula"),
        ({"公民身份号码": "520599199003070025", "姓名": "王\x01"}, "control_characters"),
        ({"公民身份号码": "520599199003070025", "户籍地": "云上县"}, "number_check_digit"),
        ({"公民身份号码": number("20150307", 2), "户籍地": "云上县"}, "age_out_of_range"),
        ({"公民身份号码": _with_check("36010219900307002"), "户籍地": "云上县"}, "region_unknown"),
        ({"公民身份号码": _with_check("36010219900307002"), "性别": "男"}, "number_of_another_province"),
        ({"性别": "男", "姓名": ""}, "sex_conflicts"),
        ({"姓名": "", "就业状态": "在家" * 200}, "field_missing"),
        ({"摸查日期": "从前", "人员类别": "种粮大户" * 100}, "field_too_long"),
        ({"摸查日期": "从前", "人员类别": "种粮大户"}, "date_unreadable"),
        ({"联系电话": "138", "人员类别": "种粮大户"}, "value_unknown"),
    ],
)
def test_of_several_defects_the_first_in_order_is_told(changes: dict[str, str], code: str) -> None:
    found = verdict(changes)
    assert found is not None
    assert found[0] == code


def test_the_second_of_two_rows_is_the_duplicate_and_a_refused_one_takes_no_number() -> None:
    rows = [
        {**UNEMPLOYED, "联系电话": "138"},
        UNEMPLOYED,
        {**UNEMPLOYED, "性别": "男"},
        {**UNEMPLOYED, "公民身份号码": f"'{NUMBER[:6]} {NUMBER[6:]}"},
    ]
    found = [row.finding and row.finding.code for row in roster(csv_file(table(rows))).rows]
    assert found == ["phone_malformed", None, "duplicate_in_file", "duplicate_in_file"]


def test_ages_at_the_edge() -> None:
    born = {"公民身份号码": number("20100302", 2), "性别": "", "出生日期": ""}
    assert verdict({**born, "摸查日期": "2026-03-02"}) is None
    assert verdict({**born, "摸查日期": "2026-03-01"}) == ("age_out_of_range", "number")
    old = replace(DEFAULTS, oldest=35)
    assert verdict({"摸查日期": "2026-03-06"}, defaults=old) is None
    assert verdict({"摸查日期": "2026-03-07"}, defaults=old) == ("age_out_of_range", "number")


def test_permits_and_foreigners_belong_to_no_province() -> None:
    for front in ("81000019900307002", "91115619900307002"):
        assert verdict({"公民身份号码": _with_check(front)}) is None


def test_the_default_day_is_for_empty_cells_and_not_for_unreadable_ones() -> None:
    given = replace(DEFAULTS, surveyed_on=date(2026, 5, 1))
    assert verdict({"摸查日期": ""}, defaults=given) is None
    assert verdict({"摸查日期": "从前"}, defaults=given) == ("date_unreadable", "surveyed_on")


def test_formulas_of_workbooks_are_seen_though_they_show_a_value() -> None:
    lines = table([UNEMPLOYED, person(1), person(2)])
    lines[1][HEADERS.index("姓名")] = '="王秀英"'
    lines[2][HEADERS.index("联系电话")] = "=13800000000+0"
    for data in (xlsx_file({"名单": [*lines]}), xls_file({"名单": [*lines]})):
        found = [row.finding and (row.finding.code, *row.finding.fields) for row in roster(data).rows]
        assert found == [("formula", "name"), ("formula", "phone"), None]


def test_sex_and_birth_date_may_be_worked_out_and_are_compared_as_they_are_shown() -> None:
    lines = table([UNEMPLOYED, person(2)])
    lines[1][HEADERS.index("出生日期")] = "=DATE(1990,3,7)"
    lines[2][HEADERS.index("性别")] = '="女"'
    xlsx = xlsx_file({"名单": lines}, shown={"=DATE(1990,3,7)": 32939, '="女"': "男"})
    found = [row.finding and (row.finding.code, *row.finding.fields) for row in roster(xlsx).rows]
    assert found == [None, ("sex_conflicts", "sex")]


def test_a_formula_in_a_column_that_nobody_needs_is_no_defect() -> None:
    lines = [[*line, extra] for line, extra in zip(table([UNEMPLOYED]), ("备注", "=1+1"), strict=True)]
    for data in (csv_file(lines), xlsx_file({"名单": lines}), xls_file({"名单": lines})):
        assert [row.finding for row in roster(data).rows] == [None]


def test_a_number_that_the_program_rounded_is_told() -> None:
    line: list[object] = list(table([UNEMPLOYED])[1])
    line[HEADERS.index("公民身份号码")] = float(NUMBER)
    for data in (xlsx_file({"名单": [HEADERS, line]}), xls_file({"名单": [HEADERS, line]})):
        (row,) = roster(data).rows
        assert row.finding == Finding("number_as_float", ("number",))


CARD = "6217001210024455220"


@pytest.mark.parametrize(
    ("account", "bank", "found"),
    [
        (CARD, "中国建设银行", PaidTo(account=CARD, bank="中国建设银行")),
        (" 6217 0012 1002 4455 220", "中国建设银行", PaidTo(account=CARD, bank="中国建设银行")),
        ("６２１７-００１２-１００２-４４５５-２２０", "建行", PaidTo(account=CARD, bank="建行")),
        ("", "", None),
        ("无", "中国建设银行", None),
        ("6217001210024455221", "中国建设银行", Finding("account_check_digit", ("account",))),
        ("62170012100", "中国建设银行", Finding("account_malformed", ("account",))),
        ("6.21700121002446E+18", "中国建设银行", Finding("account_malformed", ("account",))),
        (CARD, "", Finding("field_missing", ("bank",))),
        (CARD, "行" * 61, Finding("field_too_long", ("bank",))),
        (CARD, "=建行", Finding("formula", ("bank",))),
    ],
)
@pytest.mark.parametrize("header", ["银行账号", "社保卡号"])
def test_an_account_is_read_where_there_is_one(header: str, account: str, bank: str, found: object) -> None:
    lines = table([{**UNEMPLOYED, header: account, "开户银行": bank}], (*HEADERS, header, "开户银行"))
    (row,) = roster(csv_file(lines)).rows
    assert (row.paid_to or row.finding) == found
    assert (row.draft is None) == (row.finding is not None)


def test_every_code_has_a_sentence_in_both_languages_and_every_field_a_title() -> None:
    text = (files("registry.rosters") / "verdicts.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len({row["code"] for row in rows}) == len(rows)
    assert all(row["zh"] and row["en"] for row in rows)
    assert reason("number_check_digit", "zh") == "身份号码校验码不正确，请核对"
    assert title("household_region", "zh") == "户籍地"
    assert all(title(field, "en") and title(field, "zh") for field in fields())


OF_NO_ROW = {"AlreadyRecorded", "NotInvalidated", "AlreadyCorrected"}
"""An import mints the survey's id, and corrects none."""


def test_what_the_rules_of_a_survey_refuse_has_a_sentence_and_names_the_columns_it_is_about() -> None:
    rules = "".join(getsource(each) for each in (recording, record, require_responsible))
    raised = {name for name in re.findall(r"raise (?:refusals\.)?(\w+)", rules) if name not in OF_NO_ROW}
    codes = {getattr(refusals, name).code for name in raised}
    assert codes == refusals.COLUMNS.keys()
    assert {field for columns in refusals.COLUMNS.values() for field in columns} <= {*fields()}
    of_accounts = {each.code for each in (PersonalDataGone, WorkerIsLinked, WorkerIsDeceased)}
    assert [code for code in codes | of_accounts if reason(code, "zh") == code] == []
