"""One of every event of intakes and students, with every field."""

from datetime import date
from typing import Any, Final

from training.intakes.events import AdmissionHeld, Given, IntakeFiled, InternshipsGiven, Specialty
from training.students.events import (
    InternshipArranged,
    MentorAssigned,
    MonthlyCheckMissed,
    MonthlyStudentCheck,
    SchoolYearBegun,
    StudentAdmitted,
    StudentChanged,
    StudentGraduated,
    StudentLeft,
    Study,
)
from training_way import BASE, OCCUPATION, OTHER_BASE, PLAN, worker

INTAKE_KEY: Final = "0190a1b2-0000-7000-8000-0000000000d1"
STUDENT_ID: Final = worker(1)
SCHOOL: Final[dict[str, Any]] = {"by": "teacher-1", "organisation": BASE}
OFFICE_OF: Final[dict[str, Any]] = {"by": "wu", "organisation": "hr-520000"}
STUDY: Final = Study(
    intake=INTAKE_KEY,
    school=BASE,
    region="520100",
    plan=PLAN,
    occupation=OCCUPATION,
    level="3",
    employer=OTHER_BASE,
    starts_on=date(2026, 9, 1),
)
INTAKES: Final = (
    IntakeFiled(
        intake=INTAKE_KEY,
        school=BASE,
        region="520100",
        plan=PLAN,
        starts_on=date(2026, 9, 1),
        specialties=(
            Specialty(occupation=OCCUPATION, level="3", places=1, employer=OTHER_BASE),
            Specialty(occupation=OCCUPATION, level="4", places=2, employer=None),
        ),
        evidence="筑技校〔2026〕3号",
        **SCHOOL,
    ),
    AdmissionHeld(
        intake=INTAKE_KEY,
        given=(
            Given(
                worker=STUDENT_ID,
                priority=("POOR_HOUSEHOLD",),
                wishes=(1, 2),
                wish=1,
                study=STUDY,
                refused=None,
                evidence="志愿表〔2026〕1号",
            ),
            Given(
                worker=worker(2),
                priority=("LEAVER",),
                wishes=(1,),
                wish=None,
                study=None,
                refused="intake_places_given_to_others",
                evidence="志愿表〔2026〕2号",
            ),
        ),
        held_on=date(2026, 8, 20),
        **OFFICE_OF,
    ),
    InternshipsGiven(
        intake=INTAKE_KEY,
        specialty=1,
        employer=OTHER_BASE,
        workers=(STUDENT_ID,),
        starts_on=date(2028, 9, 1),
        ends_on=date(2029, 2, 28),
        evidence="实习协议〔2028〕1号",
        **SCHOOL,
    ),
)
OF_STUDENT: Final[dict[str, Any]] = {"worker": STUDENT_ID, "study": STUDY}
ADMITTED: Final = StudentAdmitted(
    **OF_STUDENT,
    priority=("POOR_HOUSEHOLD",),
    wish=1,
    admitted_on=date(2026, 8, 20),
    evidence="志愿表〔2026〕1号",
    **OFFICE_OF,
)
STUDENTS: Final = (
    ADMITTED,
    StudentChanged(**OF_STUDENT, change="SUSPENDED", changed_on=date(2027, 3, 1), evidence="学籍〔2027〕2号", **SCHOOL),
    MentorAssigned(**OF_STUDENT, duty="ONE_TO_ONE", staff="L-1", assigned_on=date(2026, 9, 1), **SCHOOL),
    MonthlyStudentCheck(
        **OF_STUDENT,
        month="2026-09",
        learning="WELL",
        living="HARD",
        help=("LIVING", "FAMILY"),
        checked_on=date(2026, 9, 28),
        officer="teacher-1",
        organisation=BASE,
    ),
    SchoolYearBegun(**OF_STUDENT, school_year=2026, month="2026-09"),
    MonthlyCheckMissed(**OF_STUDENT, month="2026-10", officer="T-2"),
    InternshipArranged(
        **OF_STUDENT,
        employer=OTHER_BASE,
        starts_on=date(2028, 9, 1),
        ends_on=date(2029, 2, 28),
        evidence="实习协议〔2028〕1号",
        **SCHOOL,
    ),
    StudentGraduated(**OF_STUDENT, graduated_on=date(2029, 6, 30), evidence="毕业〔2029〕1号", **SCHOOL),
    StudentLeft(**OF_STUDENT, left_on=date(2027, 3, 1), reason="TRANSFERRED", evidence="学籍〔2027〕1号", **SCHOOL),
)
