"""A training class, as certification knows it: who trains and teaches, so that others assess (R-CRT-02), who is in it
and has completed it (R-CRT-06), and which assessments were for it, so that their certificates can fall together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias, assert_never

from eventcore import Acting, Decider, Seen

from certification.classes import refusals
from certification.classes.events import (
    AssessmentNoted,
    ClassCertificatesRevoked,
    ClassEvent,
    ClassMemberNoted,
    ClassTeachersNoted,
    Fall,
)

COMPLETED: Final = "COMPLETED"
LEFT: Final = "WITHDRAWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMember:
    """What training said last of a worker in the class."""

    training_class: str
    institution: str
    region: str
    occupation: str
    level: str
    worker: str
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTeachers:
    """Who may give the lessons of the class, as it was filed; noted as it is."""

    event: ClassTeachersNoted


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectMember:
    """After the end of the class it turned out whether the worker has completed it."""

    worker: str
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAssessment:
    training_class: str
    assessment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeClassCertificates:
    reason: str
    by: Acting


ClassCommand: TypeAlias = NoteMember | NoteTeachers | CorrectMember | NoteAssessment | RevokeClassCertificates


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    training_class: str
    institution: str
    region: str
    occupation: str
    level: str
    teachers: frozenset[str] | None = None
    """Staff numbers of the institution; None: training has not told yet."""
    members: Mapping[str, str] = field(default_factory=dict)
    """Worker -> standing."""
    assessments: tuple[str, ...] = ()
    fall: Fall | None = None

    def had(self, worker: str) -> bool:
        """Whether the worker is or was in the class to its end."""
        return self.members.get(worker, LEFT) != LEFT


TrainingClass: TypeAlias = Unknown | Known


def decide(command: ClassCommand, found: TrainingClass, seen: Seen) -> Sequence[ClassEvent]:
    match command:
        case NoteMember():
            return note(command, found)
        case NoteTeachers(event=event):
            return [] if evolve(found, event) == found else [event]
        case CorrectMember(worker=worker, standing=standing):
            return correct(worker, standing, known(found))
        case NoteAssessment(assessment=assessment):
            return note_assessment(assessment, known(found))
        case RevokeClassCertificates():
            return revoke(command, known(found))
        case _:
            assert_never(command)


def note(command: NoteMember, found: TrainingClass) -> Sequence[ClassEvent]:
    if isinstance(found, Known) and found.members.get(command.worker) == command.standing:
        return []
    return [
        ClassMemberNoted(
            training_class=command.training_class,
            institution=command.institution,
            region=command.region,
            occupation=command.occupation,
            level=command.level,
            worker=command.worker,
            standing=command.standing,
        )
    ]


def correct(worker: str, standing: str, found: Known) -> Sequence[ClassEvent]:
    command = NoteMember(
        training_class=found.training_class,
        institution=found.institution,
        region=found.region,
        occupation=found.occupation,
        level=found.level,
        worker=worker,
        standing=standing,
    )
    return note(command, found)


def note_assessment(assessment: str, found: Known) -> Sequence[ClassEvent]:
    if assessment in found.assessments:
        return []
    return [AssessmentNoted(training_class=found.training_class, assessment=assessment, fall=found.fall)]


def revoke(command: RevokeClassCertificates, found: Known) -> Sequence[ClassEvent]:
    """Once, for whatever reason first: also what is assessed and not yet confirmed leads to no certificate."""
    if found.fall is not None:
        return []
    by = command.by
    fall = Fall(reason=command.reason, revoked_on=by.today, official=by.official, organisation=by.organisation)
    return [
        ClassCertificatesRevoked(training_class=found.training_class, assessments=found.assessments, fall=fall),
    ]


def known(found: TrainingClass) -> Known:
    """The class. Refuses where training has not told of it."""
    if isinstance(found, Unknown):
        raise refusals.ClassNotKnown
    return found


def evolve(found: TrainingClass, event: ClassEvent) -> TrainingClass:
    match event:
        case ClassMemberNoted(worker=worker, standing=standing):
            before = found if isinstance(found, Known) else _first(event)
            return replace(before, members={**before.members, worker: standing})
        case ClassTeachersNoted(teachers=teachers):
            before = found if isinstance(found, Known) else _first(event)
            return replace(before, teachers=frozenset(teachers))
        case AssessmentNoted(assessment=assessment):
            before = known(found)
            return replace(before, assessments=(*before.assessments, assessment))
        case ClassCertificatesRevoked(fall=fall):
            return replace(known(found), fall=fall)
        case _:
            assert_never(event)


def _first(event: ClassMemberNoted | ClassTeachersNoted) -> Known:
    return Known(
        training_class=event.training_class,
        institution=event.institution,
        region=event.region,
        occupation=event.occupation,
        level=event.level,
    )


CLASS: Final[Decider[ClassCommand, ClassEvent, TrainingClass]] = Decider(
    category="training-class",
    initial=Unknown(),
    decide=decide,
    evolve=evolve,
    events=ClassEvent,
)
