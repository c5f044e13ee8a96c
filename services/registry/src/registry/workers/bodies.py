"""Bodies of the routes that change workers. Whether a value is well-formed is said here; whether it can be so, the
rules say."""

from datetime import date
from typing import Annotated, Final, Generic, TypeVar
from uuid import UUID

from contracts.documents import Reference
from contracts.groups import GroupCode
from contracts.public_event import EntityId
from contracts.worker import AttentionReasonCode, DesignationEndReasonCode, IneligibilityReasonCode
from eventcore.web import Body, example
from pydantic import Field, JsonValue

from registry.surveys.bodies import Wishes

Plan = Annotated[EntityId, Field(description="The training plan, e.g. 520000-2026. 培训计划编号。")]
MOST: Final = 200
_GROUP: Final[dict[str, JsonValue]] = {
    "group": "HARD_TO_EMPLOY",
    "valid_from": "2026-01-01",
    "evidence": "威人社就〔2026〕12号",
}
_WISHES: Final[dict[str, JsonValue]] = {"wishes": ["VOCATIONAL_TRAINING", "JOB"], "evidence": "意愿登记表〔2026〕17号"}
_ELIGIBILITY: Final[dict[str, JsonValue]] = {"able_to_work": True}
_DESIGNATION: Final[dict[str, JsonValue]] = {"plan": "520000-2026", "evidence": "威人社培〔2026〕4号"}
_WORKER: Final[dict[str, JsonValue]] = {"worker": "0190a1b2-0000-7000-8000-000000000001"}


class AssignmentIn(Body):
    """The worker belongs to a group from a day, up to but without another. 群体认定。"""

    model_config = example(_GROUP)

    group: GroupCode
    valid_from: date
    valid_to: date | None = None
    evidence: Reference


class GroupEndIn(Body):
    """`valid_to` is the first day on which the worker does not belong to the group. 群体退出。"""

    model_config = example({"group": "HARD_TO_EMPLOY", "valid_to": "2026-07-01", "evidence": "威人社就〔2026〕58号"})

    group: GroupCode
    valid_to: date
    evidence: Reference


class WishesIn(Body):
    """All that the worker wishes now; an empty list says nothing. 意愿。"""

    model_config = example(_WISHES)

    wishes: Wishes
    evidence: Reference


class EligibilityIn(Body):
    """Whether the worker is able to work, and why not eligible though there are grounds. 资格认定。"""

    model_config = example(_ELIGIBILITY)

    able_to_work: bool
    reason: IneligibilityReasonCode | None = None


class DesignationIn(Body):
    """Under which training plan. 确定为培训对象。"""

    model_config = example(_DESIGNATION)

    plan: Plan
    evidence: Reference


class DesignationEndIn(Body):
    """Why the worker is no trainee any more. 退出培训对象。"""

    model_config = example({"reason": "WITHDRAWN"})

    reason: DesignationEndReasonCode


class AttentionIn(Body):
    """Why, and the first day without it. 重点关注。"""

    model_config = example({"reason": "LOST_JOB", "until": "2027-01-01"})

    reason: AttentionReasonCode
    until: date


class DeathWithdrawalIn(Body):
    """By what document it is known that the worker lives. 撤销死亡登记。"""

    model_config = example({"evidence": "威公函〔2026〕8号"})

    evidence: Reference


class DeathIn(Body):
    """On what day, by what document. 死亡登记。"""

    model_config = example({"died_on": "2026-10-02", "evidence": "死亡证明〔2026〕5号"})

    died_on: date
    evidence: Reference


class OfWorker(Body):
    """Whom it is about. 劳动者编号。"""

    worker: UUID


T = TypeVar("T", bound=OfWorker)


class Many(Body, Generic[T]):
    """Up to 200, each for itself. 批量办理，逐条处理。"""

    items: Annotated[tuple[T, ...], Field(min_length=1, max_length=MOST)]


class AssignmentOfIn(AssignmentIn, OfWorker):
    """A group in a batch. 批量群体认定中的一条。"""

    model_config = example(_WORKER | _GROUP)


class GroupBatchIn(Many[AssignmentOfIn]):
    """Groups of many workers. 批量群体认定。"""

    model_config = example({"items": [_WORKER | _GROUP]})


class WishesOfIn(WishesIn, OfWorker):
    """Wishes in a batch. 批量意愿登记中的一条。"""

    model_config = example(_WORKER | _WISHES)


class WishBatchIn(Many[WishesOfIn]):
    """What many workers wish now. 批量意愿登记。"""

    model_config = example({"items": [_WORKER | _WISHES]})


class EligibilityOfIn(EligibilityIn, OfWorker):
    """A decision in a batch. 批量资格认定中的一条。"""

    model_config = example(_WORKER | _ELIGIBILITY)


class EligibilityBatchIn(Many[EligibilityOfIn]):
    """Decisions on many workers. 批量资格认定。"""

    model_config = example({"items": [_WORKER | _ELIGIBILITY]})


class DesignationOfIn(DesignationIn, OfWorker):
    """A designation in a batch. 批量确定培训对象中的一条。"""

    model_config = example(_WORKER | _DESIGNATION)


class DesignationBatchIn(Many[DesignationOfIn]):
    """Designations of many workers. 批量确定培训对象。"""

    model_config = example({"items": [_WORKER | _DESIGNATION]})
