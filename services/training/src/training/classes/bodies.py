"""Bodies of the routes that change classes."""

from datetime import date
from typing import Annotated, Final, TypeAlias
from uuid import UUID

from contracts.documents import Reference
from contracts.public_event import EntityId
from contracts.region import RegionCode
from contracts.training_codes import (
    ClassRejectionReasonCode,
    ClosingTestCode,
    ModeCode,
    SessionFormCode,
    VenueCode,
)
from eventcore.web import Body, Text, example
from pydantic import Field, JsonValue

from training.classes.events import Attendance, Lesson
from training.classes.seats import MOST

TimeOfDay: TypeAlias = Annotated[
    str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", description="HH:MM, in China. 北京时间。")
]
LessonMinutes: TypeAlias = Annotated[int, Field(ge=1, le=720)]
Teacher: TypeAlias = Annotated[EntityId, Field(description="Staff number, no name. 教师工号，不填姓名。")]
_LESSON: Final[dict[str, JsonValue]] = {
    "starts_at": "08:30",
    "minutes": 360,
    "subject": "钢筋下料",
    "teacher": "T-1023",
}


class LessonIn(Body):
    """One line of the teaching plan. 教学计划。"""

    on: date
    starts_at: TimeOfDay
    minutes: LessonMinutes
    subject: Annotated[str, Text(100)]
    teacher: Teacher

    def lesson(self) -> Lesson:
        return Lesson(
            on=self.on, starts_at=self.starts_at, minutes=self.minutes, subject=self.subject, teacher=self.teacher
        )


class ClassIn(Body):
    """A class of the calling institution, under a plan and a programme, with its teaching plan. 开班申请。"""

    model_config = example(
        {
            "plan": "520000-2026",
            "programme": "rebar-worker-5",
            "mode": "DIRECTED",
            "venue": "TOWNSHIP",
            "region": "520526",
            "capacity": 50,
            "starts_on": "2026-04-06",
            "ends_on": "2026-04-11",
            "priority_until": "2026-03-31",
            "lessons": [{"on": f"2026-04-{day:02}", **_LESSON} for day in range(6, 12)],
            "teachers": ["T-1023"],
        }
    )

    plan: EntityId
    programme: EntityId
    mode: ModeCode | None = None
    venue: VenueCode
    region: RegionCode
    capacity: Annotated[int, Field(ge=1, le=MOST)]
    starts_on: date
    ends_on: date
    priority_until: date | None = None
    lessons: Annotated[tuple[LessonIn, ...], Field(min_length=1, max_length=400)]
    teachers: Annotated[tuple[Teacher, ...], Field(min_length=1, max_length=50)]


class ClassRejectionIn(Body):
    """Why the class is not approved. 不予批准原因。"""

    model_config = example({"reason": "TEACHERS"})

    reason: ClassRejectionReasonCode


class PresentIn(Body):
    """Who was there; for the whole session where no minutes are said. 出勤。"""

    worker: UUID
    minutes: Annotated[int, Field(ge=0, le=720)] | None = None


class SessionIn(Body):
    """A session and everybody who was there; it counts on its day, however late it comes. 授课与出勤。"""

    model_config = example(
        {
            "on": "2026-04-06",
            "starts_at": "08:30",
            "minutes": 180,
            "form": "DAYTIME",
            "teacher": "T-1023",
            "present": [
                {"worker": "0190a1b2-0000-7000-8000-000000000001"},
                {"worker": "0190a1b2-0000-7000-8000-000000000002", "minutes": 90},
            ],
        }
    )

    on: date
    starts_at: TimeOfDay
    minutes: LessonMinutes
    form: SessionFormCode
    teacher: Teacher
    present: Annotated[tuple[PresentIn, ...], Field(max_length=MOST)]

    def attendance(self) -> tuple[Attendance, ...]:
        """In the order of the ids: the same people are the same attendance."""
        found = (
            Attendance(worker=str(each.worker), minutes=self.minutes if each.minutes is None else each.minutes)
            for each in self.present
        )
        return tuple(sorted(found, key=lambda each: each.worker))


class RightIn(Body):
    """What is right of somebody; 0 minutes: was not there. 更正后的分钟数。"""

    worker: UUID
    minutes: Annotated[int, Field(ge=0, le=720)]


class SessionCorrectionIn(Body):
    """Which session was wrong, and what is right of whom, on which evidence. 出勤更正。"""

    model_config = example(
        {
            "session": 1,
            "attendance": [{"worker": "0190a1b2-0000-7000-8000-000000000002", "minutes": 180}],
            "evidence": "考勤更正单〔2026〕2号",
        }
    )

    session: Annotated[int, Field(ge=1, le=10_000)]
    attendance: Annotated[tuple[RightIn, ...], Field(min_length=1, max_length=MOST)]
    evidence: Reference

    def right(self) -> tuple[Attendance, ...]:
        return tuple(Attendance(worker=str(each.worker), minutes=each.minutes) for each in self.attendance)


class ClosingTestIn(Body):
    """The closing test of somebody. 结业考核。"""

    worker: UUID
    test: ClosingTestCode


class ClosingIn(Body):
    """The end of the class with the closing test of everybody who has a seat. 结业。"""

    model_config = example(
        {
            "closed_on": "2026-04-11",
            "results": [
                {"worker": "0190a1b2-0000-7000-8000-000000000001", "test": "PASSED"},
                {"worker": "0190a1b2-0000-7000-8000-000000000002", "test": "PASSED"},
            ],
        }
    )

    closed_on: date
    results: Annotated[tuple[ClosingTestIn, ...], Field(max_length=MOST)]

    def tests(self) -> tuple[tuple[str, str], ...]:
        return tuple((str(each.worker), each.test) for each in self.results)
