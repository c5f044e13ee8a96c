"""Bodies of the routes that change students."""

from datetime import date
from typing import Annotated
from uuid import UUID

from contracts.documents import Reference
from contracts.public_event import EntityId
from contracts.student_codes import (
    LeavingSchoolReasonCode,
    StudentChangeCode,
    StudentConditionCode,
    StudentDutyCode,
    StudentHelpCode,
)
from eventcore.web import Body, example
from pydantic import Field

Month = Annotated[str, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", description="Calendar month. 月份。")]
Staff = Annotated[EntityId, Field(description="Staff number, no name. 教职工号，不填姓名。")]
MOST = 500


class StudentChangeIn(Body):
    """What changed, when, by which document (R-REG-15). 学生异动。"""

    model_config = example({"change": "SUSPENDED", "changed_on": "2026-10-08", "evidence": "学籍变动表〔2026〕5号"})

    change: StudentChangeCode
    changed_on: date
    evidence: Reference


class MentorIn(Body):
    """Who of the school looks after the student: a leader, one to one, or who looks every month. 帮扶和监测人员。"""

    model_config = example({"duty": "ONE_TO_ONE", "staff": "T-1023"})

    duty: StudentDutyCode
    staff: Staff


class CheckIn(Body):
    """How a student learned and lived in a month, and what is done where it was hard (R-REG-16). 每月监测。"""

    worker: UUID
    month: Month
    learning: StudentConditionCode
    living: StudentConditionCode
    help: Annotated[tuple[StudentHelpCode, ...], Field(max_length=10)] = ()


class CheckBatchIn(Body):
    """Up to 500 checks, each for itself. 批量登记每月监测，逐条处理。"""

    model_config = example(
        {
            "checks": [
                {
                    "worker": "0190a1b2-0000-7000-8000-000000000001",
                    "month": "2026-09",
                    "learning": "HARD",
                    "living": "WELL",
                    "help": ["LESSONS"],
                }
            ]
        }
    )

    checks: Annotated[tuple[CheckIn, ...], Field(min_length=1, max_length=MOST)]


class GraduationIn(Body):
    """When the student graduated. 毕业。"""

    model_config = example({"graduated_on": "2029-07-01", "evidence": "毕业生名册〔2029〕1号"})

    graduated_on: date
    evidence: Reference


class SchoolLeavingIn(Body):
    """When and why the student left without graduating. 离校。"""

    model_config = example({"left_on": "2026-10-08", "reason": "FOUND_WORK", "evidence": "退学申请表〔2026〕2号"})

    left_on: date
    reason: LeavingSchoolReasonCode
    evidence: Reference
