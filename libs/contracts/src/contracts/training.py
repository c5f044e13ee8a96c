"""Public events of training: what an institution may teach, and a worker's way through a class.

Every event of a worker in a class says by itself what there is to count or to pay: worker, class, institution,
occupation, level, place. The stream of the event (`ce_subject`) is the institution, the programme or the worker's
enrolment; its time (`ce_time`) is when it happened.
"""

from datetime import date
from typing import Annotated, TypeAlias

from pydantic import Field

from contracts.public_event import (
    EntityId,
    EventId,
    ListCode,
    OccupationDigits,
    PublicEvent,
    RegionDigits,
    SkillLevel,
)
from contracts.registry import Codes

Institution: TypeAlias = Annotated[
    str, Field(pattern=r"^[0-9A-Z]{18}$", description="Unified social credit code (GB 32100) 统一社会信用代码")
]
Minutes: TypeAlias = Annotated[int, Field(ge=0, le=10_000_000, description="Attended minutes of lessons 学习分钟数")]
Days: TypeAlias = Annotated[int, Field(ge=0, le=10_000, description="Legal days with attendance 出勤天数")]


class BaseAccreditedV1(PublicEvent):
    """An institution may train in these occupations, until it is revoked or accredited anew (R-INS-01, R-INS-18).
    培训机构认定"""

    type = "cn.labourbridge.training.base-accredited.v1"
    institution: Institution
    title: Annotated[str, Field(max_length=200)]
    region: RegionDigits
    grade: ListCode
    occupations: Annotated[tuple[OccupationDigits, ...], Field(min_length=1, max_length=200)]
    accredited_on: date
    organisation: EntityId


class BaseRevokedV1(PublicEvent):
    """The institution may open no class any more, and has to answer for its trainees (R-INS-06, R-RGT-10).
    取消培训机构资格"""

    type = "cn.labourbridge.training.base-revoked.v1"
    institution: Institution
    ground: ListCode
    revoked_on: date
    void_from: Annotated[
        date | None, Field(description="Completions from this day on count no more; None: all that was done stands")
    ] = None
    organisation: EntityId


class Programme(PublicEvent):
    """A line of the public catalogue. What was filed under a version stays under it (R-TRN-24)."""

    programme: EntityId
    version: Annotated[int, Field(ge=1)]
    title: Annotated[str, Field(max_length=200)]
    occupation: OccupationDigits
    level: SkillLevel
    category: ListCode
    minimum_minutes: Minutes
    minimum_days: Days
    valid_from: date
    organisation: EntityId


class ProgrammeListedV1(Programme):
    """A programme came into the catalogue. 培训项目列入目录"""

    type = "cn.labourbridge.training.programme-listed.v1"


class ProgrammeChangedV1(Programme):
    """A programme has another version from a day on. 培训项目变更"""

    type = "cn.labourbridge.training.programme-changed.v1"


class ProgrammeWithdrawnV1(PublicEvent):
    """No class is filed for the programme from a day on. 培训项目撤出目录"""

    type = "cn.labourbridge.training.programme-withdrawn.v1"
    programme: EntityId
    withdrawn_on: date
    organisation: EntityId


class ClassFiledV1(PublicEvent):
    """A class was filed with everybody who may give its lessons: none of them assesses it (R-CRT-02). 班级备案"""

    type = "cn.labourbridge.training.class-filed.v1"
    training_class: EntityId
    institution: Institution
    region: Annotated[RegionDigits, Field(description="Where the class is held")]
    occupation: OccupationDigits
    level: SkillLevel
    starts_on: date
    ends_on: date
    teachers: Annotated[
        tuple[EntityId, ...],
        Field(min_length=1, max_length=50, description="Staff numbers of the institution, no names 教师工号"),
    ]


class InClass(PublicEvent):
    """A worker and the class, with what the class is as it was approved."""

    worker: EntityId
    training_class: EntityId
    institution: Institution
    region: Annotated[RegionDigits, Field(description="Where the class is held")]
    programme: EntityId
    programme_version: Annotated[int, Field(ge=1)]
    occupation: OccupationDigits
    level: SkillLevel
    category: ListCode
    mode: ListCode | None = None
    starts_on: date
    ends_on: date


class EnrolledV1(InClass):
    """A designated worker has a seat in the class that the worker chose (R-REG-07). 录取"""

    type = "cn.labourbridge.training.enrolled.v1"
    choice: Annotated[EventId, Field(description="The recorded choice of the worker")]
    priority: Codes


class WithdrawnV1(InClass):
    """The worker left the class before its end. 退学"""

    type = "cn.labourbridge.training.withdrawn.v1"
    withdrawn_on: date
    reason: ListCode


class TrainingCompletedV1(InClass):
    """The worker has completed the class: hours, days and the closing test are enough (R-CRT-06). 培训合格"""

    type = "cn.labourbridge.training.training-completed.v1"
    completed_on: date
    minutes: Minutes
    attended_days: Days


class TrainingFailedV1(InClass):
    """The class is over, and the worker has not completed it. 培训不合格"""

    type = "cn.labourbridge.training.training-failed.v1"
    failed_on: date
    minutes: Minutes
    attended_days: Days
    reason: ListCode


class AttendanceCorrectedV1(PublicEvent):
    """After the end of the class another attendance became known: these are the right figures, and whether the worker
    has completed it by them. It takes the place of what `corrects` said, from that day. 出勤更正"""

    type = "cn.labourbridge.training.attendance-corrected.v1"
    worker: EntityId
    training_class: EntityId
    corrects: Annotated[EventId, Field(description="TrainingCompleted, TrainingFailed, or the correction before")]
    minutes: Minutes
    attended_days: Days
    completed: bool
    organisation: EntityId
