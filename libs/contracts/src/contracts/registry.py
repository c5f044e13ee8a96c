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
