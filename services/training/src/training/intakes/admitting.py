"""A round: who comes first by the priorities gets the dearest wish that is still free (R-TRN-14, R-REG-02)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from eventcore import Rejected, Seen

from training.enrolments.enrolment import ENROLMENT
from training.enrolments.refusals import ChoiceDayWrong
from training.enrolments.rounds import rank
from training.intakes import refusals
from training.intakes.commands import Applicant, HoldAdmission
from training.intakes.events import AdmissionHeld, Given, IntakeFiled
from training.intakes.state import Filed
from training.students.events import Study
from training.students.refusals import AtASchool
from training.students.state import AT_SCHOOL

MOST_TOLD: Final = 60
"""What follows from an event is done in one call, which holds so many commands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An applicant, and whether the worker may be given a place at all."""

    applicant: Applicant
    priority: tuple[str, ...]
    refused: str | None

    @property
    def order(self) -> tuple[int, date, str]:
        return rank(self.priority), self.applicant.chosen_on, self.applicant.worker


def hold(command: HoldAdmission, intake: Filed, seen: Seen) -> Sequence[AdmissionHeld]:
    """One event for every so many, in the order of the priorities."""
    if len({each.worker for each in command.applicants}) < len(command.applicants):
        raise refusals.ApplicantRepeated
    for each in command.applicants:
        for wish in each.wishes:
            intake.specialty(wish)
    everybody = (_standing(each, intake, command.today, seen) for each in command.applicants)
    line = sorted(everybody, key=lambda each: each.order)
    given = tuple(_give(line, intake))
    return [
        AdmissionHeld(
            intake=intake.filed.intake,
            given=given[n : n + MOST_TOLD],
            held_on=command.today,
            by=command.official,
            organisation=command.organisation,
        )
        for n in range(0, len(given), MOST_TOLD)
    ]


def _standing(applicant: Applicant, intake: Filed, today: date, seen: Seen) -> Standing:
    enrolment = seen.state(ENROLMENT, applicant.worker)
    try:
        enrolment.require_present(today)
        priority = enrolment.designation(intake.filed.plan).priority
        if applicant.chosen_on > today:
            raise ChoiceDayWrong
        if seen.holder(AT_SCHOOL, applicant.worker) is not None:
            raise AtASchool
    except Rejected as refusal:
        return Standing(applicant=applicant, priority=(), refused=refusal.code)
    return Standing(applicant=applicant, priority=priority, refused=None)


def _give(line: Sequence[Standing], intake: Filed) -> Iterator[Given]:
    free = intake.free()
    for each in line:
        wishes = each.applicant.wishes
        wish = next((n for n, number in enumerate(wishes, 1) if free[number] > 0), None) if not each.refused else None
        if wish is not None:
            free[wishes[wish - 1]] -= 1
        yield Given(
            worker=each.applicant.worker,
            priority=each.priority,
            wishes=wishes,
            wish=wish,
            study=_study(intake.filed, wishes[wish - 1]) if wish is not None else None,
            refused=None if wish is not None else each.refused or refusals.NoPlaceWished.code,
            evidence=each.applicant.evidence,
        )


def _study(filed: IntakeFiled, number: int) -> Study:
    specialty = filed.specialties[number - 1]
    return Study(
        intake=filed.intake,
        school=filed.school,
        region=filed.region,
        plan=filed.plan,
        occupation=specialty.occupation,
        level=specialty.level,
        employer=specialty.employer,
        starts_on=filed.starts_on,
    )
