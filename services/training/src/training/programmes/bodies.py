"""Bodies of the routes that change programmes."""

from datetime import date
from typing import Annotated, Final

from contracts.documents import Reference
from contracts.occupation import OccupationText
from contracts.public_event import EntityId
from contracts.skills import SkillLevelCode
from contracts.training_codes import CategoryCode, StandardKindCode
from eventcore.web import Body, Text, example
from pydantic import Field, JsonValue

from training.programmes.events import Content, Standard

_CONTENT: Final[dict[str, JsonValue]] = {
    "title": "钢筋工（五级）",
    "occupation": "2022/6-29-01-04",
    "level": "5",
    "category": "EMPLOYMENT_SKILLS",
    "standard": {"kind": "NATIONAL", "reference": "GZB 6-29-01-04"},
    "minimum_minutes": 2160,
    "minimum_days": 6,
    "valid_from": "2026-01-01",
    "evidence": "黔人社发〔2026〕5号",
}


class StandardIn(Body):
    """What the programme is bound to (R-TRN-36). 培训标准。"""

    kind: StandardKindCode
    reference: Annotated[str, Text(100)]


class ContentIn(Body):
    """What is taught, for how long at least, and from when on. 培训项目内容。"""

    model_config = example(_CONTENT | {"valid_from": "2027-01-01", "evidence": "黔人社发〔2026〕88号"})

    title: Annotated[str, Text(200)]
    occupation: OccupationText
    level: SkillLevelCode
    category: CategoryCode
    standard: StandardIn
    minimum_minutes: Annotated[int, Field(ge=1, le=1_000_000)]
    minimum_days: Annotated[int, Field(ge=1, le=1_000)]
    valid_from: date
    evidence: Reference

    def content(self) -> Content:
        return Content(
            title=self.title,
            occupation=self.occupation,
            level=self.level,
            category=self.category,
            standard=Standard(kind=self.standard.kind, reference=self.standard.reference),
            minimum_minutes=self.minimum_minutes,
            minimum_days=self.minimum_days,
        )


class ProgrammeIn(ContentIn):
    """A programme for the catalogue, by an id that the office gives it. 培训项目列入目录。"""

    model_config = example({"programme": "rebar-worker-5", **_CONTENT})

    programme: EntityId


class WithdrawalIn(Body):
    """The first day on which no class of the programme begins. 撤出目录。"""

    model_config = example({"withdrawn_on": "2027-12-31", "evidence": "黔人社发〔2027〕61号"})

    withdrawn_on: date
    evidence: Reference
