"""Bodies of the routes that register assessment bodies and change them."""

from datetime import date
from typing import Annotated

from contracts.certificate_codes import (
    AssessmentBodyKindCode,
    AssessmentRoleCode,
    AssessmentRouteCode,
    SuspensionReasonCode,
)
from contracts.credit_code import CreditCodeText
from contracts.documents import Reference
from contracts.money import Fen
from contracts.occupation import OccupationText
from contracts.public_event import EntityId
from contracts.region import RegionCode
from contracts.skills import SkillLevelCode
from eventcore.web import Body, Text, example
from pydantic import Field, StringConstraints

Digits4 = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]


class BodyIn(Body):
    """An assessment body, with what numbers of certificates say of it. 评价机构。"""

    model_config = example(
        {
            "body": "53520526MA000001LW",
            "title": "毕节某技能评价中心",
            "region": "520500",
            "kind": "SOCIAL",
            "filing_code": "9001",
            "site": "000001",
        }
    )

    body: CreditCodeText
    title: Annotated[str, Text(200)]
    region: RegionCode
    kind: AssessmentBodyKindCode
    filing_code: Annotated[Digits4, Field(description="Of the filing, 0001–9999; 0000: by the province. 备案代码")]
    site: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$"), Field(description="Of the site. 站点序号")]
    appraisal_code: Annotated[
        str | None,
        Field(pattern=r"^[0-4][0-9]{3}$", description="Of an appraisal institution: type, number. 鉴定机构代码"),
    ] = None


class ScopeLineIn(Body):
    """What may be assessed, from a day to a last day, and what it costs. 评价范围。"""

    route: AssessmentRouteCode
    occupation: OccupationText
    level: SkillLevelCode
    valid_from: date
    valid_to: date | None = None
    standard_fee: Annotated[Fen, Field(ge=0, le=100_000_000)]


class ScopeIn(Body):
    """Lines, each in place of what was said before of its route, occupation, level and first day. 评价范围变更。"""

    model_config = example(
        {
            "lines": [
                {
                    "route": "LEVEL_RECOGNITION",
                    "occupation": "2022/6-29-01-04",
                    "level": "5",
                    "valid_from": "2026-01-01",
                    "standard_fee": 18000,
                }
            ],
            "evidence": "毕人社备〔2026〕2号",
        }
    )

    lines: Annotated[tuple[ScopeLineIn, ...], Field(min_length=1, max_length=200)]
    evidence: Reference


class PostIn(Body):
    """Where an assessor teaches: the institution, and the staff number there. 任教机构与教师工号。"""

    institution: CreditCodeText
    teacher: EntityId


class MemberIn(Body):
    """An assessor or supervisor, by the id under which they sign in; `teaches`: at which institutions, under which
    staff numbers, since nobody assesses the own class (R-CRT-02). 考评员、督导员。"""

    person: EntityId
    role: AssessmentRoleCode
    valid_from: date
    valid_to: date | None = None
    teaches: Annotated[tuple[PostIn, ...], Field(max_length=20)] = ()


class StaffIn(Body):
    """Each in place of what was said before of the person in the role. 考评人员登记。"""

    model_config = example(
        {
            "members": [
                {
                    "person": "kao-1",
                    "role": "ASSESSOR",
                    "valid_from": "2026-01-01",
                    "teaches": [{"institution": "12520000MA6DT1234P", "teacher": "T-2040"}],
                },
                {"person": "kao-2", "role": "ASSESSOR", "valid_from": "2026-01-01"},
                {"person": "du-1", "role": "SUPERVISOR", "valid_from": "2026-01-01"},
            ],
            "evidence": "毕人社备〔2026〕3号",
        }
    )

    members: Annotated[tuple[MemberIn, ...], Field(min_length=1, max_length=200)]
    evidence: Reference


class MobileFilingIn(Body):
    """Where and when the body may assess at the trainees' place, assessed and filed. 送评价上门备案。"""

    model_config = example(
        {"region": "520526", "valid_from": "2026-05-01", "valid_to": "2026-06-30", "evidence": "毕人社备〔2026〕11号"}
    )

    region: RegionCode
    valid_from: date
    valid_to: date
    evidence: Reference


class BodySuspensionIn(Body):
    """Why. 暂停评价资格。"""

    model_config = example({"reason": "QUALITY"})

    reason: SuspensionReasonCode
