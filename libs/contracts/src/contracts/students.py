"""Public events of students at technical schools (R-ADD-05): admitted, seen there in a school year, graduated, left.

Each says by itself who learns what where. The stream of the event (`ce_subject`) is the worker's way through schools;
intake and worker together are one stay at a school.
"""

from datetime import date
from typing import Annotated, Final, TypeAlias

from pydantic import Field

from contracts.public_event import EntityId, ListCode, OccupationDigits, PublicEvent, RegionDigits, SkillLevel
from contracts.registry import Codes
from contracts.training import Institution

SchoolYear: TypeAlias = Annotated[
    int, Field(ge=2000, le=2100, description="The year in which it begins, on 1 September 学年")
]


class Student(PublicEvent):
    """A worker as a student of a school."""

    worker: EntityId
    intake: EntityId
    school: Institution
    region: Annotated[RegionDigits, Field(description="Where the school teaches")]
    occupation: OccupationDigits
    level: SkillLevel


class StudentAdmittedV1(Student):
    """A worker has a place at a key technical school, in the order of the priorities (R-TRN-14, R-TRN-57). 录取入学"""

    type = "cn.labourbridge.training.student-admitted.v1"
    admitted_on: date
    priority: Annotated[Codes, Field(description="Why the worker comes early, the weightiest reason first")]


class SchoolYearBegunV1(Student):
    """The student was seen at school in a school year for the first time, by a monthly check (R-REG-16). 学年注册"""

    type = "cn.labourbridge.training.school-year-begun.v1"
    school_year: SchoolYear
    month: Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$", description="Month of that check")]


class StudentGraduatedV1(Student):
    """The student has graduated. 毕业"""

    type = "cn.labourbridge.training.student-graduated.v1"
    graduated_on: date


class StudentLeftV1(Student):
    """The student left the school without graduating. 离校"""

    type = "cn.labourbridge.training.student-left.v1"
    left_on: date
    reason: ListCode


STUDENT_EVENTS: Final[tuple[type[PublicEvent], ...]] = (
    StudentAdmittedV1,
    SchoolYearBegunV1,
    StudentGraduatedV1,
    StudentLeftV1,
)
