"""Bodies of the routes that change households."""

from datetime import date
from typing import Annotated
from uuid import UUID

from contracts.documents import Reference
from contracts.household import AgeGroupCode, LeavingReasonCode, PovertyStatusCode, RelationCode, SituationCode
from contracts.region import RegionCode
from eventcore.web import Body, example
from pydantic import Field

from registry.households.events import MemberFound
from registry.households.members import MOST
from registry.surveys.bodies import Wishes

MemberNumber = Annotated[int, Field(ge=1, le=10_000, description="Counted within the household. 户内成员序号。")]


class HouseholdIn(Body):
    """A household by its county. Nobody is named. 户籍登记，不含姓名。"""

    model_config = example({"region": "520526", "evidence": "威乡振〔2026〕21号"})

    region: RegionCode
    evidence: Reference


class MoveIn(Body):
    """The household lives in another county of the province from that day on. 迁移。"""

    model_config = example({"region": "520502", "moved_on": "2026-08-01", "evidence": "户迁〔2026〕33号"})

    region: RegionCode
    moved_on: date
    evidence: Reference


class MemberIn(Body):
    """A worker by the id, or somebody who is none by relation and age group: no more is kept of children. 家庭成员。"""

    model_config = example({"relation": "CHILD", "age_group": "UNDER_16", "joined_on": "2015-06-01"})

    worker: UUID | None = None
    relation: RelationCode
    age_group: AgeGroupCode | None = None
    joined_on: date


class RemovalIn(Body):
    """Who left, when and why. 成员离开。"""

    model_config = example({"member": 3, "left_on": "2026-08-01", "reason": "MARRIED"})

    member: MemberNumber
    left_on: date
    reason: LeavingReasonCode


class HeadIn(Body):
    """Who is the head from that day on, and what the one before is to them. 变更户主。"""

    model_config = example({"member": 2, "relation_of_before": "SPOUSE", "named_on": "2026-08-01"})

    member: MemberNumber
    relation_of_before: RelationCode | None = None
    named_on: date


class FoundIn(Body):
    """A member's situation, and the wish to attend a technical school or training (R-REG-09). 成员状况与意愿。"""

    member: MemberNumber
    situation: SituationCode
    wishes: Wishes = ()

    def found(self) -> MemberFound:
        return MemberFound(member=self.member, situation=self.situation, wishes=self.wishes)


class HouseholdSurveyIn(Body):
    """What a named surveyor found out about the family (R-REG-08). Who that is, the token says. 家庭摸底。"""

    model_config = example(
        {
            "surveyed_on": "2026-03-02",
            "members": [{"member": 3, "situation": "LEAVER_CURRENT", "wishes": ["TECHNICAL_SCHOOL"]}],
        }
    )

    surveyed_on: date
    members: Annotated[tuple[FoundIn, ...], Field(min_length=1, max_length=MOST)]


class StatusIn(Body):
    """The poverty status from a day on, under its name of that time; the present one with an end ends there.

    贫困状况及有效期。
    """

    model_config = example({"status": "POVERTY_LIFTED", "valid_from": "2021-01-01", "evidence": "威乡振〔2021〕3号"})

    status: PovertyStatusCode
    valid_from: date
    valid_to: date | None = None
    evidence: Reference
