"""Ids that are one person know of each other what counts for all claims of the person: groups, surveys, insurance,
death, classes, jobs, and what an office saw. Certificates stay where they became known, and so do their claims; what is
given once is once for the person by its reservation and its allowance.

Each keeps what it took over apart, so that the order of facts changes nothing and a link that was wrong leaves nothing.
What another id was told is kept too: it is told what it does not know yet, whenever the link became known.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any, Final, TypeAlias, assert_never, get_args

from subsidy.claims.dossier.events import (
    AttendanceNoted,
    ClassEndNoted,
    DeathNoted,
    EvidenceNoted,
    FallenClassNoted,
    GroupNoted,
    InsuranceNoted,
    Noted,
    PersonNoted,
    SurveyNoted,
    SurveyVerdictNoted,
)
from subsidy.claims.dossier.job_events import JobEndNoted, JobMonthNoted, JobNoted
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
    | JobNoted
    | JobMonthNoted
    | JobEndNoted
    | EvidenceNoted
)
Notes: TypeAlias = Mapping[Slot, Noted]
_FIELDS: Final = (
    *("groups", "surveys", "verdicts", "insurance", "deaths", "classes", "attendances", "fallen"),
    *("jobs", "months", "job_ends", "evidence"),
)
_LINES: Final = dict(zip(get_args(OfPerson), _FIELDS, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """Of each other id of the person: what is known of it here, and what it was told."""

    known: Mapping[str, Notes] = field(default_factory=dict)
    told: Mapping[str, Notes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareNotes:
    """The other stands for the worker: it learns what is here."""

    worker: str
    other: str


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


def share(command: ShareNotes, person: str, own: Notes, others: Others) -> Sequence[NotesShared]:
    """Only while it is so."""
    return list(_shared(command.worker, [command.other], own, others)) if person == command.other else []


def told(noted: Noted, before: str, own: Notes, others: Others) -> Iterator[NotesShared | SharingEnded]:
    """Who is the same person learns what was noted. `before` is who stood for the worker until now, `own` what is known
    of the worker now."""
    worker = noted.worker
    if not isinstance(noted, PersonNoted):
        yield from _shared(worker, sorted(others.known.keys() | {before} - {worker}), own, others)
    elif before not in (worker, noted.person):
        yield SharingEnded(worker=worker, other=before)


def take_over(
    command: TakeOver, person: str, own: Notes, others: Others, concerns: tuple[Concern, ...]
) -> Sequence[NotesTakenOver | NotesShared]:
    """Of those for whom the worker stands, and of `person`, who stands for the worker now. They learn of the worker
    too."""
    worker, other, known = command.worker, command.other, others.known.get(command.other)
    if person not in (worker, other) or _with(known or {}, command.notes) == known:
        return []
    taken = NotesTakenOver(worker=worker, other=other, notes=command.notes, because=command.because, concerns=concerns)
    return [taken, *_shared(worker, [other], own, others)]


def give_back(command: GiveBack, others: Others, concerns: tuple[Concern, ...]) -> Sequence[NotesGivenBack]:
    if command.other not in others.known:
        return []
    return [
        NotesGivenBack(worker=command.worker, other=command.other, because=command.because, concerns=concerns),
    ]


def after(others: Others, event: Sharing) -> Others:
    """What is known of other ids of the person, and they of this one."""
    match event:
        case NotesTakenOver(other=other, notes=notes):
            return replace(others, known={**others.known, other: _with(others.known.get(other, {}), notes)})
        case NotesShared(other=other, notes=notes):
            return replace(others, told={**others.told, other: _with(others.told.get(other, {}), notes)})
        case NotesGivenBack(other=other) | SharingEnded(other=other):
            return Others(known=_without(others.known, other), told=_without(others.told, other))
        case _:
            assert_never(event)


def notes_of(shared: Shared) -> Sequence[Noted]:
    """One after another."""
    return tuple(chain.from_iterable(getattr(shared, name) for name in _FIELDS))


def _shared(worker: str, to: Iterable[str], own: Notes, others: Others) -> Iterator[NotesShared]:
    """To each of them what it was not told yet; nothing as well, where it knows nothing of the worker."""
    for other in to:
        known = others.told.get(other)
        lines: dict[str, Any] = {}
        for key, each in own.items():
            said = replace(each, concerns=())
            if isinstance(said, OfPerson) and (known or {}).get(key) != said:
                name = _LINES[type(said)]
                lines[name] = (*lines.get(name, ()), said)
        if lines or known is None:
            yield NotesShared(worker=worker, other=other, notes=Shared(**lines))


def _without(notes: Mapping[str, Notes], other: str) -> Mapping[str, Notes]:
    return {each: known for each, known in notes.items() if each != other}


def _with(known: Notes, notes: Shared) -> Notes:
    """What is known, with what is said now."""
    return {**known, **{slot(each): each for each in notes_of(notes)}}
