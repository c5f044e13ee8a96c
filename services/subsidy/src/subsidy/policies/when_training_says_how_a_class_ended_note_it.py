"""When training says how a class ended for a worker, or corrects it, that is noted in the worker's dossier; and the
worker is on the class's roster."""

from collections.abc import Iterable
from typing import Any

from contracts.training import AttendanceCorrectedV1, TrainingCompletedV1, TrainingFailedV1
from eventcore import Do, Fact

from subsidy.claims.dossier.dossier import DOSSIER, Note
from subsidy.claims.dossier.events import AttendanceNoted, ClassEndNoted
from subsidy.claims.dossier.parts import Said
from subsidy.claims.rosters.base import BASE, NoteClass
from subsidy.claims.rosters.roster import ROSTER, ListTrainee

TYPES = (TrainingCompletedV1.type, TrainingFailedV1.type, AttendanceCorrectedV1.type)


def when_training_says_how_a_class_ended_note_it(fact: Fact[Any]) -> Iterable[Do[Any]]:
    event, said = fact.event, Said(fact=fact.id, order=fact.version)
    match event:
        case TrainingCompletedV1() | TrainingFailedV1():
            ended = _ended(event, said)
            roster = ListTrainee(training_class=ended.training_class, worker=ended.worker, ended_on=ended.ended_on)
            yield Do(DOSSIER, ended.worker, Note(ended))
            yield Do(ROSTER, ended.training_class, roster)
            base = NoteClass(institution=ended.institution, training_class=ended.training_class)
            yield Do(BASE, ended.institution, base)
        case AttendanceCorrectedV1():
            corrected = AttendanceNoted(
                worker=event.worker,
                training_class=event.training_class,
                completed=event.completed,
                minutes=event.minutes,
                attended_days=event.attended_days,
                said=said,
                concerns=(),
            )
            yield Do(DOSSIER, event.worker, Note(corrected))
        case _:
            return


def _ended(event: TrainingCompletedV1 | TrainingFailedV1, said: Said) -> ClassEndNoted:
    return ClassEndNoted(
        worker=event.worker,
        training_class=event.training_class,
        institution=event.institution,
        region=event.region,
        occupation=event.occupation,
        level=event.level,
        category=event.category,
        mode=event.mode,
        ended_on=event.completed_on if isinstance(event, TrainingCompletedV1) else event.failed_on,
        completed=isinstance(event, TrainingCompletedV1),
        minutes=event.minutes,
        attended_days=event.attended_days,
        said=said,
        concerns=(),
    )
