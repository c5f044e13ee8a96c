"""What personal data may be read for, and how much of it the purpose needs. Nobody needs the whole number."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from contracts.codes import Code, CodeList

FIELDS: Final = ("name", "number", "phone", "employer", "contact")

PURPOSES: Final = CodeList(
    name="disclosure-purposes",
    zh="查阅个人信息的目的",
    en="Purposes of reading personal data",
    codes=(
        Code(code="SURVEY_REVIEW", zh="审核摸查信息", en="To review a survey", source="R-REG-35"),
        Code(code="SURVEY_AGAIN", zh="重新摸查", en="To survey again", source="R-REG-39"),
    ),
)

IN_FULL: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"SURVEY_REVIEW": ("name", "employer"), "SURVEY_AGAIN": ("name", "phone")}
)
