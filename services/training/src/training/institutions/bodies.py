"""Bodies of the routes that change institutions."""

from datetime import date
from typing import Annotated

from contracts.credit_code import CreditCodeText
from contracts.documents import Reference
from contracts.occupation import OccupationText
from contracts.region import RegionCode
from contracts.training_codes import (
    BaseGradeCode,
    CriterionCode,
    InstitutionKindCode,
    ReviewResultCode,
    RevocationGroundCode,
)
from eventcore.web import Body, Text, example
from pydantic import Field


class InstitutionIn(Body):
    """An institution by its credit code. 培训机构登记。"""

    model_config = example(
        {
            "institution": "12520000MA6DT1234P",
            "title": "贵阳某技工学校",
            "kind": "TECHNICAL_SCHOOL",
            "region": "520100",
            "evidence": "筑人社〔2025〕12号",
        }
    )

    institution: CreditCodeText
    title: Annotated[str, Text(200)]
    kind: InstitutionKindCode
    region: RegionCode
    evidence: Reference


class ScoreIn(Body):
    """Points for one criterion. 评分。"""

    criterion: CriterionCode
    points: Annotated[int, Field(ge=0, le=100)]


class AccreditationIn(Body):
    """Grade, scores and occupations in scope (R-INS-02, R-INS-18, R-INS-19). 培训基地认定。"""

    model_config = example(
        {
            "grade": "PROVINCIAL",
            "scores": [
                {"criterion": "TEACHERS", "points": 88},
                {"criterion": "EQUIPMENT", "points": 91},
                {"criterion": "MANAGEMENT", "points": 84},
                {"criterion": "RESULTS", "points": 86},
            ],
            "occupations": ["2022/6-29-01-04"],
            "accredited_on": "2026-02-10",
            "evidence": "黔人社〔2026〕8号",
        }
    )

    grade: BaseGradeCode
    scores: Annotated[tuple[ScoreIn, ...], Field(min_length=1, max_length=20)]
    occupations: Annotated[tuple[OccupationText, ...], Field(min_length=1, max_length=200)]
    accredited_on: date
    evidence: Reference


class ReviewIn(Body):
    """The yearly review and its result (R-INS-05). 年度考核。"""

    model_config = example({"year": 2026, "result": "PASSED", "evidence": "黔人社函〔2027〕6号"})

    year: Annotated[int, Field(ge=2000, le=2100)]
    result: ReviewResultCode
    evidence: Reference


class RevocationIn(Body):
    """On which ground, and from which day on completions count no more (R-INS-06, R-RGT-10). 取消培训基地资格。"""

    model_config = example(
        {"ground": "FUNDS", "revoked_on": "2026-10-01", "void_from": "2026-09-01", "evidence": "黔人社罚〔2026〕2号"}
    )

    ground: RevocationGroundCode
    revoked_on: date
    void_from: date | None = None
    evidence: Reference


class DeliveryIn(Body):
    """Where and when it may teach away from home (R-TRN-37). 送培训上门备案。"""

    model_config = example(
        {"region": "520526", "valid_from": "2026-04-01", "valid_to": "2026-07-01", "evidence": "黔人社备〔2026〕14号"}
    )

    region: RegionCode
    valid_from: date
    valid_to: date | None = None
    evidence: Reference
