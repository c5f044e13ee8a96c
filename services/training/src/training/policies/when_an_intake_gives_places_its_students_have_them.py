"""When an intake gives places or internships, those who get them are students, or interns."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from training.intakes.events import AdmissionHeld, InternshipsGiven
from training.students.commands import Admit, ArrangeInternship, StudentCommand
from training.students.student import STUDENT


def when_an_intake_gives_places_its_students_have_them(fact: Fact[Any]) -> Iterable[Do[StudentCommand]]:
    match fact.event:
        case AdmissionHeld() as held:
            for each in held.given:
                if each.study and each.wish:
                    admit = Admit(
                        worker=each.worker,
                        study=each.study,
                        priority=each.priority,
                        wish=each.wish,
                        admitted_on=held.held_on,
                        evidence=each.evidence,
                        by=held.by,
                        organisation=held.organisation,
                    )
                    yield Do(STUDENT, each.worker, admit)
        case InternshipsGiven() as given:
            arrange = ArrangeInternship(
                intake=given.intake,
                employer=given.employer,
                starts_on=given.starts_on,
                ends_on=given.ends_on,
                evidence=given.evidence,
                by=given.by,
                organisation=given.organisation,
            )
            yield from (Do(STUDENT, worker, arrange) for worker in given.workers)
