"""Bodies of the routes that change plans."""

from typing import Annotated, Literal

from contracts.credit_code import CreditCodeText
from contracts.documents import Reference
from contracts.money import Fen
from contracts.occupation import OccupationText
from contracts.public_event import EntityId
from contracts.region import RegionCode
from eventcore.web import Body, Text, example
from pydantic import Field

Heads = Annotated[int, Field(ge=0, le=10_000_000, description="Persons. 人数。")]


class LineIn(Body):
    """Heads and funds in fen for an occupation. 培训专业、人数与资金（分）。"""

    occupation: OccupationText
    heads: Heads
    funds: Annotated[Fen, Field(ge=0)]


class PlanIn(Body):
    """The plan of a year: heads, specialties, content, institutions, funds (R-TRN-04). 年度培训实施方案。"""

    model_config = example(
        {
            "plan": "520000-2026",
            "region": "520000",
            "year": 2026,
            "content": "建筑、家政等就业技能培训",
            "lines": [{"occupation": "2022/6-29-01-04", "heads": 2000, "funds": 360000000}],
            "institutions": ["12520000MA6DT1234P"],
            "evidence": "黔人社发〔2026〕3号",
        }
    )

    plan: EntityId
    region: RegionCode
    year: Annotated[int, Field(ge=2000, le=2100)]
    content: Annotated[str, Text(500)]
    lines: Annotated[tuple[LineIn, ...], Field(min_length=1, max_length=200)]
    institutions: Annotated[tuple[CreditCodeText, ...], Field(min_length=1, max_length=500)]
    evidence: Reference


class TargetIn(Body):
    """What a document states for a region; a contradiction is flagged, not repaired (R-ADD-16). 目标任务。"""

    model_config = example({"region": "520526", "stated": 200, "evidence": "毕人社发〔2026〕9号"})

    region: RegionCode
    of: Literal["TRAINEES", "POOR_STUDENTS"] = "TRAINEES"
    stated: Heads
    of_them_free: Heads | None = None
    flag: Annotated[str, Text(200)] | None = None
    evidence: Reference
