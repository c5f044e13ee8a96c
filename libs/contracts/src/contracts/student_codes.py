"""Code lists of students at technical schools: how they fare, who looks after them, why they change or leave."""

from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, WithJsonSchema

from contracts.codes import Code, CodeList
from contracts.errors import checked

STUDENT_CHANGES: Final = CodeList(
    name="student-changes",
    zh="学生异动",
    en="Changes of students",
    codes=(
        Code(code="SUSPENDED", zh="休学", en="Takes leave", source="R-REG-15, R-ADD-05"),
        Code(code="RESUMED", zh="复学", en="Is back at school", source="R-REG-15, R-ADD-05"),
        Code(code="REPEATS", zh="留级", en="Repeats a year", source="R-REG-15, R-ADD-05"),
    ),
)

STUDENT_DUTIES: Final = CodeList(
    name="student-duties",
    zh="帮扶和监测职责",
    en="Who looks after a student",
    codes=(
        Code(
            code="ONE_TO_ONE", zh="校领导一对一帮扶", en="A leader of the school, for this student", source="R-TRN-13"
        ),
        Code(code="MONTHLY_CHECK", zh="每月监测专人", en="Who looks every month", source="R-REG-16"),
    ),
)

STUDENT_CONDITIONS: Final = CodeList(
    name="student-conditions",
    zh="学习和生活情况",
    en="How a student fares",
    codes=(
        Code(code="WELL", zh="正常", en="Well", source="R-REG-16"),
        Code(code="HARD", zh="有困难", en="It is hard", source="R-REG-16"),
    ),
)

STUDENT_HELP: Final = CodeList(
    name="student-help",
    zh="帮扶措施",
    en="Help for a student",
    codes=(
        Code(code="LESSONS", zh="学业辅导", en="Lessons", source="R-REG-16"),
        Code(code="LIVING", zh="生活帮助", en="Help to live", source="R-REG-16, R-SUB-12"),
        Code(code="FAMILY", zh="家访", en="A visit to the family", source="R-REG-16"),
    ),
)

LEAVING_SCHOOL_REASONS: Final = CodeList(
    name="school-leaving-reasons",
    zh="离校原因",
    en="Why a student leaves without graduating",
    codes=(
        Code(code="OWN_WISH", zh="本人退学", en="The student wishes so", source="R-REG-15"),
        Code(code="TRANSFERRED", zh="转学", en="Goes to another school", source="R-REG-15"),
        Code(code="FOUND_WORK", zh="已就业", en="Found work", source="R-REG-15"),
        Code(code="ILLNESS", zh="患病", en="Illness", source="R-REG-15"),
        Code(code="NEVER_CAME", zh="未报到", en="Never came", source="R-REG-15"),
        Code(code="DECEASED", zh="死亡", en="Death", source="R-REG-15"),
    ),
)

STUDENT_LISTS: Final = (
    STUDENT_CHANGES,
    STUDENT_DUTIES,
    STUDENT_CONDITIONS,
    STUDENT_HELP,
    LEAVING_SCHOOL_REASONS,
)

StudentChangeCode: TypeAlias = Annotated[
    str, AfterValidator(checked(STUDENT_CHANGES.known)), WithJsonSchema(STUDENT_CHANGES.json_schema())
]
StudentDutyCode: TypeAlias = Annotated[
    str, AfterValidator(checked(STUDENT_DUTIES.known)), WithJsonSchema(STUDENT_DUTIES.json_schema())
]
StudentConditionCode: TypeAlias = Annotated[
    str, AfterValidator(checked(STUDENT_CONDITIONS.known)), WithJsonSchema(STUDENT_CONDITIONS.json_schema())
]
StudentHelpCode: TypeAlias = Annotated[
    str, AfterValidator(checked(STUDENT_HELP.known)), WithJsonSchema(STUDENT_HELP.json_schema())
]
LeavingSchoolReasonCode: TypeAlias = Annotated[
    str, AfterValidator(checked(LEAVING_SCHOOL_REASONS.known)), WithJsonSchema(LEAVING_SCHOOL_REASONS.json_schema())
]
