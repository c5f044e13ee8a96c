"""The catalogue is public: every version of a programme, and that it was withdrawn."""

from typing import TypeVar, assert_never

from contracts.public_event import PublicEvent
from contracts.training import Programme, ProgrammeChangedV1, ProgrammeListedV1, ProgrammeWithdrawnV1

from training.programmes.events import ProgrammeChanged, ProgrammeEvent, ProgrammeListed, ProgrammeWithdrawn

P = TypeVar("P", bound=Programme)


def publish(event: ProgrammeEvent) -> PublicEvent:
    match event:
        case ProgrammeListed():
            return _version(ProgrammeListedV1, event, 1)
        case ProgrammeChanged():
            return _version(ProgrammeChangedV1, event, event.version)
        case ProgrammeWithdrawn():
            return ProgrammeWithdrawnV1(
                programme=event.programme, withdrawn_on=event.withdrawn_on, organisation=event.organisation
            )
        case _:
            assert_never(event)


def _version(kind: type[P], event: ProgrammeListed | ProgrammeChanged, version: int) -> P:
    content = event.content
    return kind(
        programme=event.programme,
        version=version,
        title=content.title,
        occupation=content.occupation,
        level=content.level,
        category=content.category,
        minimum_minutes=content.minimum_minutes,
        minimum_days=content.minimum_days,
        valid_from=event.valid_from,
        organisation=event.organisation,
    )
