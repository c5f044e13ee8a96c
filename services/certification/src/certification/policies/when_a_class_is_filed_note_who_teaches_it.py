"""When training tells of a class that was filed, it is noted at the class who may give its lessons."""

from collections.abc import Iterable
from typing import Any, Final

from contracts.training import ClassFiledV1
from eventcore import Do, Fact

from certification.classes.events import ClassTeachersNoted
from certification.classes.training_class import CLASS, ClassCommand, NoteTeachers

FOREIGN: Final = (ClassFiledV1.type,)


def when_a_class_is_filed_note_who_teaches_it(fact: Fact[Any]) -> Iterable[Do[ClassCommand]]:
    told = fact.event
    if isinstance(told, ClassFiledV1):
        noted = ClassTeachersNoted(
            training_class=told.training_class,
            institution=told.institution,
            region=told.region,
            occupation=told.occupation,
            level=told.level,
            teachers=told.teachers,
        )
        yield Do(CLASS, told.training_class, NoteTeachers(event=noted))
