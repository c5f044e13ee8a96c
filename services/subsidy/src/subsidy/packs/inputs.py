"""What a rule may ask about: the vocabulary of packs. Names are for ever, since decisions are stored with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import Final, TypeAlias

from contracts.codes import CodeList
from contracts.groups import GROUPS
from contracts.shortage import OCCUPATION_DEMANDS
from contracts.skills import SKILL_LEVELS
from contracts.survey import EMPLOYMENT_FORMS

Value: TypeAlias = str | int | bool | date | tuple[str, ...]


class SoFar(int):
    """A number that may still grow: months of a job that goes on. It reaches what it reaches already; what it does not
    reach, nobody knows yet."""


class Kind(Enum):
    CODE = str
    CODES = tuple
    NUMBER = int
    FLAG = bool
    DAY = date


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An input: what it is, and what people call it."""

    kind: Kind
    zh: str
    en: str
    codes: CodeList | None = None

    def text(self, value: Value) -> str:
        """The value as decisions store it. TypeError where it is of another kind: a fault of the program."""
        match value:
            case SoFar() if self.kind is Kind.NUMBER:
                return f"{int(value)}+"
            case _ if type(value) is not self.kind.value:
                raise TypeError(f"{self.en}: a {self.kind.name} is no {type(value).__name__}")
            case bool():
                return "true" if value else "false"
            case tuple():
                return ",".join(value)
            case _:
                return str(value)

    def value(self, text: str) -> Value:
        """What `text` was made from."""
        match self.kind:
            case Kind.CODE:
                return text
            case Kind.CODES:
                return tuple(text.split(",")) if text else ()
            case Kind.NUMBER:
                return SoFar(text.removesuffix("+")) if text.endswith("+") else int(text)
            case Kind.FLAG:
                return text == "true"
            case Kind.DAY:
                return date.fromisoformat(text)


def _asked(kind: Kind, zh: str, en: str, codes: CodeList | None = None) -> Asked:
    return Asked(kind=kind, zh=zh, en=en, codes=codes)


INPUTS: Final[Mapping[str, Asked]] = MappingProxyType(
    {
        "groups": _asked(Kind.CODES, "当日所属群体", "groups of the worker on the day", GROUPS),
        "age": _asked(Kind.NUMBER, "当日周岁", "age in years on the day"),
        "region": _asked(Kind.CODE, "户籍地", "county of the household"),
        "employment_form": _asked(Kind.CODE, "就业形式", "form of employment", EMPLOYMENT_FORMS),
        "insured": _asked(Kind.FLAG, "参加失业保险", "insured against unemployment"),
        "deceased": _asked(Kind.FLAG, "已死亡", "the person has died"),
        "occupation": _asked(Kind.CODE, "职业（工种）", "occupation"),
        "occupation_demand": _asked(Kind.CODE, "职业需求程度", "demand for the occupation", OCCUPATION_DEMANDS),
        "level": _asked(Kind.CODE, "技能等级", "level of the skill", SKILL_LEVELS),
        "certificate_kind": _asked(Kind.CODE, "证书类别", "kind of the certificate"),
        "certificate_holds": _asked(Kind.FLAG, "证书有效", "the certificate holds"),
        "certificate_day": _asked(Kind.DAY, "发证日期", "day of the certificate"),
        "completed": _asked(Kind.FLAG, "培训合格", "the training was completed"),
        "completed_day": _asked(Kind.DAY, "结业日期", "day of completion"),
        "attended_days": _asked(Kind.NUMBER, "出勤天数", "days attended"),
        "attended_minutes": _asked(Kind.NUMBER, "学习分钟数", "minutes attended"),
        "training_category": _asked(Kind.CODE, "培训类别", "category of the training"),
        "training_mode": _asked(Kind.CODE, "培训方式", "mode of the training"),
        "at_school": _asked(Kind.FLAG, "在校就读", "is at school"),
        "institution": _asked(Kind.CODE, "培训机构", "institution that trained"),
        "standard_fee": _asked(Kind.NUMBER, "鉴定费标准（分）", "fee of the assessment, fen"),
        "charged_fee": _asked(Kind.NUMBER, "已收鉴定费（分）", "fee that the worker paid, fen"),
        "employed_outside_province": _asked(Kind.FLAG, "在省外务工", "works outside the province"),
        "months_outside": _asked(Kind.NUMBER, "连续外出月数", "months outside in a row"),
        "employer": _asked(Kind.CODE, "用人单位", "employer"),
        "months_insured": _asked(Kind.NUMBER, "已缴纳社会保险费月数", "months with social insurance paid"),
        "income_last_year": _asked(Kind.NUMBER, "上年人均收入（分）", "income a head last year, fen"),
        "zone": _asked(Kind.CODE, "务工区域", "zone of the work"),
        "distance_km": _asked(Kind.NUMBER, "距离（公里）", "distance in km"),
        "ticket": _asked(Kind.NUMBER, "票款（分）", "price of the tickets, fen"),
        "wages": _asked(Kind.NUMBER, "工资（分）", "wages paid, fen"),
        "paid_this_year": _asked(Kind.NUMBER, "本年度已享受（分）", "paid of this kind this year, fen"),
        "paid_in_all": _asked(Kind.NUMBER, "累计已享受（分）", "paid of this kind in all, fen"),
        "paid_months": _asked(Kind.NUMBER, "累计已享受（月）", "paid of this kind in all, months"),
    }
)
