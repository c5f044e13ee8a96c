"""Bodies of the routes that change workers. Whether a value is well-formed is said here; whether it can be so, the
rules say."""

from datetime import date
from typing import Annotated

from contracts.documents import Reference
from contracts.groups import GroupCode
from contracts.public_event import EntityId
from contracts.worker import AttentionReasonCode, DesignationEndReasonCode, IneligibilityReasonCode
from eventcore.web import Body
from pydantic import ConfigDict, Field

from registry.surveys.bodies import Wishes

Plan = Annotated[EntityId, Field(description="The training plan, e.g. 520000-2026. 培训计划编号。")]


class AssignmentIn(Body):
    """The worker belongs to a group from a day, up to but without another. 群体认定。"""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"group": "HARD_TO_EMPLOY", "valid_from": "2026-01-01", "evidence": "威人社就〔2026〕12号"}]
        }
    )

    group: GroupCode
    valid_from: date
    valid_to: date | None = None
    evidence: Reference


class GroupEndIn(Body):
    """`valid_to` is the first day on which the worker does not belong to the group. 群体退出。"""

    group: GroupCode
    valid_to: date
    evidence: Reference


class WishesIn(Body):
    """All that the worker wishes now; an empty list says nothing. 意愿。"""

    wishes: Wishes
    evidence: Reference


class EligibilityIn(Body):
    """Whether the worker is able to work, and why not eligible though there are grounds. 资格认定。"""

    able_to_work: bool
    reason: IneligibilityReasonCode | None = None


class DesignationIn(Body):
    """Under which training plan. 确定为培训对象。"""

    plan: Plan
    evidence: Reference


class DesignationEndIn(Body):
    """Why the worker is no trainee any more. 退出培训对象。"""

    reason: DesignationEndReasonCode


class AttentionIn(Body):
    """Why, and the first day without it. 重点关注。"""

    reason: AttentionReasonCode
    until: date


class DeathWithdrawalIn(Body):
    """By what document it is known that the worker lives. 撤销死亡登记。"""

    evidence: Reference


class DeathIn(Body):
    """On what day, by what document. 死亡登记。"""

    died_on: date
    evidence: Reference
