"""农村贫困劳动力就业信息表, the form of a rural poor worker's employment (R-REG-34): one survey, to be printed."""

import io
from collections.abc import Sequence
from typing import Annotated, Final, Literal

import xlsxwriter
from contracts import region
from contracts.code_lists import CODE_LISTS
from contracts.errors import InvalidRegion
from eventcore.web import Body, CommandRequest, example, router
from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from registry.disclosures.reading import disclose, opened, record
from registry.disclosures.reveal import Shown
from registry.rosters.workbooks import harmless
from registry.surveys.events import SurveyRecorded
from registry.surveys.lookup import look_up, recorded
from registry.surveys.survey import Unknown
from registry.surveys.views.survey import SurveyId
from registry.vault import Vault

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TITLE: Final = "农村贫困劳动力就业信息表"
A4: Final = 9
WIDTHS: Final = (20, 62)


class FormIn(Body):
    """What the form is printed for. 打印目的。"""

    model_config = example({"purpose": "SURVEY_FORM"})

    purpose: Annotated[Literal["SURVEY_FORM"], Field(description="R-REG-34")]


def routes(vault: Vault) -> APIRouter:
    """The route, with the vault that opens."""
    found = router()

    @found.post(
        "/v1/surveys/{survey}/form",
        status_code=201,
        tags=["surveys"],
        response_class=Response,
        responses={201: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}},
    )
    async def print_form(survey: SurveyId, body: FormIn, request: CommandRequest) -> Response:
        """One survey as the form that the policies name, to be printed and signed; the number is masked. Recorded
        before anything is opened.

        打印农村贫困劳动力就业信息表，证件号码脱敏；先留痕，后显示。
        """
        key, store = str(survey), request.web.store
        seen = (await look_up(store, [key]))[key]
        if isinstance(seen, Unknown):
            raise request.not_there()
        request.require_region(seen.facts.county)
        disclosure, answer = await record(request, disclose(request, seen.facts.worker, [key], body.purpose))
        shown = (await opened(store, vault, disclosure)).surveys[key]
        headers = {
            "Content-Disposition": f'attachment; filename="survey-{key}.xlsx"',
            "Disclosure": disclosure,
            "Log-Position": answer.headers["Log-Position"],
        }
        return Response(workbook(lines(await recorded(store, key), shown)), 201, headers, XLSX)

    return found


def lines(survey: SurveyRecorded, shown: Shown) -> Sequence[tuple[str, str]]:
    """Label and text, in the order of the form (R-REG-31 to R-REG-33)."""
    employed = survey.employment_form is not None
    work = [
        ("就业形式", _zh("employment-forms", survey.employment_form)),
        ("就业地点", _place(survey.work_region, survey)),
        ("就业单位名称", shown.get("employer")),
        ("单位联系方式", shown.get("contact")),
    ]
    return [
        (label, text or "")
        for label, text in (
            ("姓名", shown.get("name")),
            ("公民身份号码", shown.get("number")),
            ("联系电话", shown.get("phone")),
            ("户籍地", _place(survey.household_region, survey)),
            ("人员类别", "、".join(filter(None, (_zh("worker-groups", each.group) for each in survey.groups)))),
            ("就业状况", _zh("employment-statuses", survey.employment_status)),
            *(work if employed else ()),
            ("就业意愿和就业服务需求", "、".join(filter(None, (_zh("wishes", each) for each in survey.wishes)))),
            ("采集渠道", _zh("survey-channels", survey.channel)),
            ("采集方式", _zh("capture-methods", survey.capture_method)),
            ("摸查人员类别", _zh("surveyor-kinds", survey.surveyor_kind)),
            ("摸查单位", survey.organisation),
            ("摸查日期", survey.surveyed_on.isoformat()),
            ("摸查编号", survey.survey),
            ("本人签字", ""),
            ("摸查人签字", ""),
        )
    ]


def _zh(name: str, code: str | None) -> str | None:
    return CODE_LISTS[name].find(code).zh if code else None


def _place(code: str | None, survey: SurveyRecorded) -> str | None:
    if code is None:
        return None
    try:
        return region.region(code, survey.surveyed_on).name
    except InvalidRegion:
        return code


def workbook(form: Sequence[tuple[str, str]]) -> bytes:
    """XLSX, one page of A4; every cell is text that no program runs."""
    target = io.BytesIO()
    # in_memory: nothing of the form may lie in a temporary file
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(target, options)
    head = book.add_format({"bold": True, "font_size": 16, "align": "center", "num_format": "@"})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter", "num_format": "@"})
    page = book.add_worksheet("信息表")
    page.set_paper(A4)
    page.fit_to_pages(1, 1)
    page.merge_range(0, 0, 0, 1, TITLE, head)
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width)
    for row, texts in enumerate(form, 1):
        page.set_row(row, 26)
        for column, text in enumerate(texts):
            page.write_string(row, column, harmless(text), cell)
    book.close()
    return target.getvalue()
