"""Ids that are one person know of each other what counts for all claims of the person: groups, surveys, insurance,
death and classes. Certificates and jobs stay where they became known, and so do their claims; what is given once is
once for the person by its reservation and its allowance.

Each keeps what it took over apart, so that the order of facts changes nothing and a link that was wrong leaves nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Final, TypeAlias, assert_never, get_args

from subsidy.claims.dossier.events import (
    AttendanceNoted,
    ClassEndNoted,
    DeathNoted,
    FallenClassNoted,
    GroupNoted,
    InsuranceNoted,
    Noted,
    PersonNoted,
    SurveyNoted,
    SurveyVerdictNoted,
)
from subsidy.claims.dossier.parts import Concern
from subsidy.claims.dossier.sharing_events import (
    NotesGivenBack,
    NotesShared,
    NotesTakenOver,
    Shared,
    Sharing,
    SharingEnded,
)
from subsidy.claims.dossier.slots import Slot, slot

OfPerson: TypeAlias = (
    GroupNoted
    | SurveyNoted
    | SurveyVerdictNoted
    | InsuranceNoted
    | DeathNoted
    | ClassEndNoted
    | AttendanceNoted
    | FallenClassNoted
)
Notes: TypeAlias = Mapping[Slot, Noted]
Others: TypeAlias = Mapping[str, Notes]
_FIELDS: Final = ("groups", "surveys", "verdicts", "insurance", "deaths", "classes", "attendances", "fallen")
_LINES: Final = dict(zip(get_args(OfPerson), _FIELDS, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOver:
    """Another id of the same person knows this."""

    worker: str
    other: str
    notes: Shared
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveBack:
    """The other is another person after all."""

    worker: str
    other: str
    because: str


def told(noted: Noted, before: str, own: Notes, others: Others) -> Iterator[NotesShared | SharingEnded]:
    """Who is the same person learns what was noted; by a link they begin to know of each other. `before` is who stood
    for the worker until now."""
    worker = noted.worker
    if not isinstance(noted, PersonNoted):
        yield from _shared(worker, sorted(others.keys() | {before} - {worker}), [noted])
        return
    if before not in (worker, noted.person):
        yield SharingEnded(worker=worker, other=before)
    if noted.person not in (worker, before):
        yield from _shared(worker, [noted.person], own.values(), always=True)


def take_over(
    command: TakeOver, person: str, own: Notes, others: Others, concerns: tuple[Concern, ...]
) -> Sequence[NotesTakenOver | NotesShared]:
    """Of those for whom the worker stands, and of `person`, who stands for the worker now. Who is new is answered."""
    worker, other, known = command.worker, command.other, others.get(command.other)
    if person not in (worker, other) or _taken(known or {}, command.notes) == known:
        return []
    taken = NotesTakenOver(worker=worker, other=other, notes=command.notes, because=command.because, concerns=concerns)
    is_new = known is None and person == worker
    return [taken, *_shared(worker, [other] if is_new else [], own.values(), always=True)]


def give_back(command: GiveBack, others: Others, concerns: tuple[Concern, ...]) -> Sequence[NotesGivenBack]:
    if command.other not in others:
        return []
    return [
        NotesGivenBack(worker=command.worker, other=command.other, because=command.because, concerns=concerns),
    ]


def after(others: Others, event: Sharing) -> Others:
    """What is known of other ids of the person."""
    match event:
        case NotesTakenOver(other=other, notes=notes):
            return {**others, other: _taken(others.get(other, {}), notes)}
        case NotesGivenBack(other=other) | SharingEnded(other=other):
            return {each: known for each, known in others.items() if each != other}
        case NotesShared():
            return others
        case _:
            assert_never(event)


def _shared(
    worker: str, others: Iterable[str], notes: Iterable[Noted], *, always: bool = False
) -> Iterator[NotesShared]:
    """To each of the others, what of these notes is shared; nothing as well, if `always`."""
    lines: dict[str, Any] = {}
    for each in notes:
        if isinstance(each, OfPerson):
            name = _LINES[type(each)]
            lines[name] = (*lines.get(name, ()), replace(each, concerns=()))
    if lines or always:
        parts = Shared(**lines)
        yield from (NotesShared(worker=worker, other=other, notes=parts) for other in others)


def _taken(known: Notes, notes: Shared) -> Notes:
    """What is known of another id, with what is said now."""
    said: Sequence[Noted] = tuple(chain.from_iterable(getattr(notes, name) for name in _FIELDS))
    return {**known, **{slot(each): each for each in said}}
