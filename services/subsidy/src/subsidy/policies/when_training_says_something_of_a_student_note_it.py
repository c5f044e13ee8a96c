"""When training says that a student was seen in a school year, or left the school, that is noted in the dossier."""

from collections.abc import Iterable
from typing import Any

from contracts.students import SchoolYearBegunV1, StudentLeftV1
from eventcore import Do, Fact

from subsidy.claims.dossier.dossier import DOSSIER, Note
from subsidy.claims.dossier.parts import Said
from subsidy.claims.dossier.school_events import SchoolLeftNoted, SchoolYearNoted

TYPES = (SchoolYearBegunV1.type, StudentLeftV1.type)


def when_training_says_something_of_a_student_note_it(fact: Fact[Any]) -> Iterable[Do[Any]]:
    event, said = fact.event, Said(fact=fact.id, order=fact.version)
    match event:
        case SchoolYearBegunV1():
            begun = SchoolYearNoted(
                worker=event.worker,
                school_year=event.school_year,
                month=event.month,
                intake=event.intake,
                school=event.school,
                region=event.region,
                occupation=event.occupation,
                level=event.level,
                said=said,
                concerns=(),
            )
            yield Do(DOSSIER, event.worker, Note(begun))
        case StudentLeftV1():
            left = SchoolLeftNoted(
                worker=event.worker,
                intake=event.intake,
                left_on=event.left_on,
                reason=event.reason,
                said=said,
                concerns=(),
            )
            yield Do(DOSSIER, event.worker, Note(left))
        case _:
            return
