"""Public events of the registry: never a name, a number or a surveyor, always the organisation that answers for it.

Every event of a survey says by itself what there is to count: worker, household region, groups, day. A consumer adds
up what it gets, in whatever order it comes: the sums never depend on which of two streams was read first. The stream
of the event (`ce_subject`) is the survey or the worker, its time (`ce_time`) is when it happened.
"""

from datetime import date
from typing import Annotated, TypeAlias

from pydantic import AwareDatetime, Field

from contracts.public_event import EntityId, EventId, ListCode, Part, PublicEvent, RegionDigits

Codes: TypeAlias = Annotated[tuple[ListCode, ...], Field(max_length=50)]
Evidence: TypeAlias = Annotated[
    str, Field(max_length=150, description="Number of a document, or id of a stream or an event of the registry")
]


class SurveyFacts(PublicEvent):
    """What a survey counts as. Groups and region are those of the survey, also in the events that follow it."""

    worker: EntityId
    household_region: RegionDigits
    groups: Codes
    surveyed_on: Annotated[date, Field(description="Legal day in Asia/Shanghai")]
    organisation: Annotated[EntityId, Field(description="Who answers for this fact: surveying or reviewing office")]


class SurveyRecordedV1(SurveyFacts):
    """A worker was surveyed (R-REG-37). 摸查登记"""

    type = "cn.labourbridge.registry.survey-recorded.v1"
    employment_status: ListCode
    employment_form: ListCode | None = None
    wishes: Codes
    channel: ListCode
    capture_method: ListCode


class SurveyApprovedV1(SurveyFacts):
    """Another person approved the survey (R-REG-35). 审核通过"""

    type = "cn.labourbridge.registry.survey-approved.v1"


class SurveyRejectedV1(SurveyFacts):
    """Another person rejected the survey (R-REG-35). 审核不通过"""

    type = "cn.labourbridge.registry.survey-rejected.v1"
    reason: ListCode


class FallenApproval(Part):
    """The approval that falls with its survey."""

    event: EventId
    at: Annotated[AwareDatetime, Field(description="When it had happened")]


class SurveyInvalidatedV1(SurveyFacts):
    """The survey was wrong: it and its approval count no more, from the day they had counted on (R-REG-39). 作废"""

    type = "cn.labourbridge.registry.survey-invalidated.v1"
    corrects: Annotated[EventId, Field(description="The SurveyRecorded that was wrong")]
    approval: FallenApproval | None = None
    reason: ListCode


class GroupMembership(Part):
    """A group that the worker belongs to, from a day, up to but without another."""

    group: ListCode
    valid_from: date
    valid_to: date | None = None


class WorkerRegisteredV1(PublicEvent):
    """An approved survey made its worker known to the province. 劳动者登记"""

    type = "cn.labourbridge.registry.worker-registered.v1"
    worker: EntityId
    survey: Annotated[EntityId, Field(description="Stream id of the approved survey")]
    household_region: RegionDigits
    groups: Annotated[tuple[GroupMembership, ...], Field(max_length=50)]


class DuplicateDecidedV1(PublicEvent):
    """A person decided whether two workers are one. SAME: from now on `worker` stands for both, and what is said of
    `other` is said of it. DIFFERENT: they are two; where that is `undone`, they were found to be one before. 重复判定
    """

    type = "cn.labourbridge.registry.duplicate-decided.v1"
    worker: EntityId
    other: EntityId
    verdict: ListCode
    undone: Annotated[bool, Field(description="Takes back that they were one")]
    reason: ListCode
    organisation: Annotated[EntityId, Field(description="Who answers for this decision")]

    @property
    def links(self) -> bool:
        """Whether it changes who stands for `other`. That two are two who never were one is no news."""
        return self.verdict == "SAME" or self.undone

    @property
    def canonical(self) -> str | None:
        """Who stands for `other` from now on; None: `other` does."""
        return self.worker if self.verdict == "SAME" else None


class UseRestrictedV1(PublicEvent):
    """A worker's personal data are only kept from now on, until the first day without the restriction. 限制使用"""

    type = "cn.labourbridge.registry.use-restricted.v1"
    worker: EntityId
    ground: ListCode
    until: date | None = None
    organisation: EntityId


class UseRestrictionEndedV1(PublicEvent):
    """A worker's personal data may be used again. 解除限制使用"""

    type = "cn.labourbridge.registry.use-restriction-ended.v1"
    worker: EntityId
    organisation: EntityId


class PersonalDataErasedV1(PublicEvent):
    """Nobody can find out any more who this worker was. What was counted stays; nothing new is asked of the person.
    个人信息删除"""

    type = "cn.labourbridge.registry.personal-data-erased.v1"
    worker: EntityId
    organisation: EntityId


class WorkerGroupAssignedV1(PublicEvent):
    """A worker belongs to a group from a day, up to but without another. Worker, group and first day name the
    membership: said again, it has this end (R-REG-17, R-REG-23). 群体认定"""

    type = "cn.labourbridge.registry.worker-group-assigned.v1"
    worker: EntityId
    group: ListCode
    valid_from: date
    valid_to: date | None = None
    evidence: Evidence
    organisation: EntityId


class WorkerGroupEndedV1(PublicEvent):
    """The membership ended: `valid_to` is the first day without it. 群体退出"""

    type = "cn.labourbridge.registry.worker-group-ended.v1"
    worker: EntityId
    group: ListCode
    valid_from: date
    valid_to: date
    evidence: Evidence
    organisation: EntityId


class WorkerGroupWithdrawnV1(PublicEvent):
    """The membership was found by a survey that counts no more: it never held, from its first day on. 群体认定撤销"""

    type = "cn.labourbridge.registry.worker-group-withdrawn.v1"
    worker: EntityId
    group: ListCode
    valid_from: date
    evidence: Evidence
    organisation: EntityId


class WishesRecordedV1(PublicEvent):
    """What a worker wishes, in place of what was known before (R-REG-09, R-REG-18). 意愿登记"""

    type = "cn.labourbridge.registry.wishes-recorded.v1"
    worker: EntityId
    wishes: Codes
    recorded_on: date
    evidence: Evidence
    organisation: EntityId


class TraineeDesignatedV1(PublicEvent):
    """A worker was designated as a trainee; base and project are the worker's choice (R-REG-04, R-REG-07).

    培训对象确定。"""

    type = "cn.labourbridge.registry.trainee-designated.v1"
    worker: EntityId
    plan: EntityId
    designated_on: date
    priority: Annotated[Codes, Field(description="Why the worker comes early, the weightiest reason first")]
    organisation: EntityId


class TraineeDesignationEndedV1(PublicEvent):
    """A worker is no trainee under this plan any more; a death ends the designation by itself. 退出培训对象"""

    type = "cn.labourbridge.registry.trainee-designation-ended.v1"
    worker: EntityId
    plan: EntityId
    reason: ListCode
    organisation: EntityId


class WorkerMovedV1(PublicEvent):
    """A worker's household is registered in this county from a day on, until another day is said. Said again for a day,
    this is what counts of it. 户籍地变更"""

    type = "cn.labourbridge.registry.worker-moved.v1"
    worker: EntityId
    household_region: RegionDigits
    valid_from: date
    evidence: Evidence
    organisation: EntityId


class WorkerDeceasedV1(PublicEvent):
    """A worker has died. 死亡登记"""

    type = "cn.labourbridge.registry.worker-deceased.v1"
    worker: EntityId
    died_on: date
    organisation: EntityId


class WorkerDeathWithdrawnV1(PublicEvent):
    """A worker's death was recorded wrongly: the worker lives, and always did. What others ended because of it, they
    decide on anew. 撤销死亡登记"""

    type = "cn.labourbridge.registry.worker-death-withdrawn.v1"
    worker: EntityId
    corrects: Annotated[EventId, Field(description="The WorkerDeceased that was wrong")]
    died_on: date
    organisation: EntityId


class HouseholdStatusChangedV1(PublicEvent):
    """A household's poverty status from a day on, in place of the one before (R-REG-08). `members` are the workers in
    it. 家庭贫困状况变更"""

    type = "cn.labourbridge.registry.household-status-changed.v1"
    household: EntityId
    region: RegionDigits
    status: ListCode
    valid_from: date
    valid_to: date | None = None
    members: Annotated[tuple[EntityId, ...], Field(max_length=50)]
    evidence: Evidence
    organisation: EntityId


class ListReceiver(Part):
    """An office or institution that the list is for."""

    kind: ListCode
    organisation: EntityId


class TraineeListPublishedV1(PublicEvent):
    """The list of trainees, poor households first, for the labour department and the institutions (R-REG-06).
    培训对象名单"""

    type = "cn.labourbridge.registry.trainee-list-published.v1"
    trainee_list: EntityId
    region: RegionDigits
    plan: EntityId
    trainees: Annotated[tuple[EntityId, ...], Field(min_length=1, max_length=500)]
    receivers: Annotated[tuple[ListReceiver, ...], Field(min_length=1, max_length=50)]
    due_on: Annotated[date, Field(description="By when each receiver confirms")]
    organisation: EntityId
