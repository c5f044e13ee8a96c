"""Bodies of the routes of intakes."""

from datetime import date
from typing import Annotated, Final
from uuid import UUID

from contracts.credit_code import CreditCodeText
from contracts.documents import Reference
from contracts.occupation import OccupationText
from contracts.public_event import EntityId
from contracts.region import RegionCode
from contracts.skills import SkillLevelCode
from eventcore.web import Body, example
from pydantic import Field

MOST_APPLICANTS: Final = 300
Number = Annotated[int, Field(ge=1, le=50, description="Number of the specialty in the intake. 专业序号。")]


class SpecialtyIn(Body):
    """What may be learned by how many; of an order or named class its employer (R-TRN-15). 招生专业。"""

    occupation: OccupationText
    level: SkillLevelCode
    places: Annotated[int, Field(ge=1, le=1000)]
    employer: CreditCodeText | None = None


class IntakeIn(Body):
    """An intake of the calling school under a plan. 招生计划。"""

    model_config = example(
        {
            "plan": "520000-2026",
            "region": "520100",
            "starts_on": "2026-09-01",
            "specialties": [{"occupation": "2022/6-29-01-04", "level": "3", "places": 40}],
            "evidence": "筑技校〔2026〕3号",
        }
    )

    plan: EntityId
    region: RegionCode
    starts_on: date
    specialties: Annotated[tuple[SpecialtyIn, ...], Field(min_length=1, max_length=50)]
    evidence: Reference


class ApplicantIn(Body):
    """Who wishes to learn what: numbers of specialties, the dearest first (R-REG-07, R-TRN-14). 志愿。"""

    worker: UUID
    wishes: Annotated[tuple[Number, ...], Field(min_length=1, max_length=10)]
    chosen_on: date
    evidence: Reference


class AdmissionIn(Body):
    """Everybody who applies, in any order: the round puts them in the order of the priorities. 录取申请名单。"""

    model_config = example(
        {
            "applicants": [
                {
                    "worker": "0190a1b2-0000-7000-8000-000000000001",
                    "wishes": [1],
                    "chosen_on": "2026-07-10",
                    "evidence": "志愿表〔2026〕17号",
                }
            ]
        }
    )

    applicants: Annotated[tuple[ApplicantIn, ...], Field(min_length=1, max_length=MOST_APPLICANTS)]


class InternshipsIn(Body):
    """An employer's posts for students of a specialty. 实习岗位。"""

    model_config = example(
        {
            "specialty": 1,
            "employer": "91441900MA000001LU",
            "posts": 20,
            "starts_on": "2027-03-01",
            "ends_on": "2027-08-31",
            "evidence": "校企合作协议〔2026〕6号",
        }
    )

    specialty: Number
    employer: CreditCodeText
    posts: Annotated[int, Field(ge=1, le=60)]
    starts_on: date
    ends_on: date
    evidence: Reference
