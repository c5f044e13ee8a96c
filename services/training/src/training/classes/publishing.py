"""What other services may know of a class: that it was filed, and by whom it is taught. The rest stays at home."""

from typing import assert_never

from contracts.training import ClassFiledV1

from training.classes.events import (
    ArchiveCompleted,
    ClassApproved,
    ClassClosed,
    ClassEvent,
    ClassFiled,
    ClassRejected,
    SessionCorrected,
    SessionHeld,
)


def publish(event: ClassEvent) -> ClassFiledV1 | None:
    match event:
        case ClassFiled(terms=terms):
            return ClassFiledV1(
                training_class=event.training_class,
                institution=terms.institution,
                region=terms.region,
                occupation=terms.occupation,
                level=terms.level,
                starts_on=terms.starts_on,
                ends_on=terms.ends_on,
                teachers=event.teachers,
            )
        case (
            ClassApproved() | ClassRejected() | SessionHeld() | SessionCorrected() | ClassClosed() | ArchiveCompleted()
        ):
            return None
        case _:
            assert_never(event)
