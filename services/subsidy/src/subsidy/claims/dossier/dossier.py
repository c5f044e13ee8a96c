"""The rules of a dossier: of what is said of the same, the last counts, in whatever order it came; and what is noted
opens claims by itself (R-SUB-09, R-SUB-31)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, assert_never

from eventcore import Decider, Seen

from subsidy.claims import refusals
from subsidy.claims.dossier import arising, requests, sharing
from subsidy.claims.dossier.arising import TRAVEL
from subsidy.claims.dossier.border_events import RequestPlaced, RequestTakenBack
from subsidy.claims.dossier.events import (
    AttendanceNoted,
    CertificateNoted,
    CertificateStatusNoted,
    ClaimArose,
    ClassEndNoted,
    EvidenceNoted,
    FallenClassNoted,
    HelpNoted,
    InsuranceNoted,
    Noted,
    PersonNoted,
)
from subsidy.claims.dossier.job_events import JobEndNoted, JobMonthNoted, JobNoted
from subsidy.claims.dossier.parts import Concern
from subsidy.claims.dossier.requests import PlaceRequest, TakeBackRequest
from subsidy.claims.dossier.school_events import SchoolLeftNoted, SchoolYearNoted
from subsidy.claims.dossier.sharing import GiveBack, ShareNotes, TakeOver
from subsidy.claims.dossier.sharing_events import (
    DossierEvent,
    NotesGivenBack,
    NotesShared,
    NotesTakenOver,
    SharingEnded,
)
from subsidy.claims.dossier.slots import slot
from subsidy.claims.dossier.state import Dossier, basis_of, class_of, person_of, placed


@dataclass(frozen=True, slots=True)
class Note:
    """Notes it, unless something later is known of the same. Its concerns are filled in here."""

    noted: Noted


DossierCommand: TypeAlias = Note | ShareNotes | TakeOver | GiveBack | PlaceRequest | TakeBackRequest


def decide(command: DossierCommand, dossier: Dossier, seen: Seen) -> Sequence[DossierEvent]:
    match command:
        case Note():
            return _note(command, dossier)
        case ShareNotes():
            return sharing.share(command, person_of(dossier, command.worker), dossier.own, dossier.others)
        case TakeOver():
            return _take_over(command, dossier)
        case GiveBack():
            return sharing.give_back(command, dossier.others, dossier.concerns)
        case PlaceRequest():
            return requests.place(command, person_of(dossier, command.worker), dossier.placed)
        case TakeBackRequest():
            return requests.take_back(command, dossier.placed)
        case _:
            assert_never(command)


def _note(command: Note, dossier: Dossier) -> Sequence[DossierEvent]:
    noted = _named(command.noted, dossier)
    _check(noted)
    known = dossier.own.get(slot(noted))
    if known is not None and known.said.order >= noted.said.order:
        return []
    after = evolve(dossier, noted)
    concerns = tuple(placed(each, after) for each in dossier.concerns if _rests_on(each, noted, after))
    stands_now = isinstance(noted, PersonNoted) and person_of(after, noted.worker) == noted.worker
    news = dossier.own.values() if stands_now else [noted]
    arisen = _arisen(noted.worker, news, after, own=True)
    moved = requests.moved(dossier.placed, person_of(after, noted.worker), noted.said.fact)
    told = sharing.told(noted, person_of(dossier, noted.worker), after.own, dossier.others)
    return [replace(noted, concerns=concerns), *arisen, *moved, *told]


def _take_over(command: TakeOver, dossier: Dossier) -> Sequence[DossierEvent]:
    worker, person = command.worker, person_of(dossier, command.worker)
    taken = sharing.take_over(command, person, dossier.own, dossier.others, dossier.concerns)
    after = dossier
    for event in taken:
        after = evolve(after, event)
    return [*taken, *_arisen(worker, sharing.notes_of(command.notes) if taken else (), after, own=False)]


def _arisen(worker: str, news: Iterable[Noted], dossier: Dossier, *, own: bool) -> Iterator[ClaimArose]:
    """Claims that are new by the news: of this id itself, or of another of the person."""
    known = {each.claim for each in dossier.concerns}
    stands = person_of(dossier, worker) == worker
    for noted in news:
        of_job = arising.by_travel(noted, worker) if stands else ()
        beside = (
            arising.by_own(noted, worker, dossier.own, dossier.notes)
            if own
            else arising.by_group(noted, worker, dossier.own)
        )
        for concern in (*beside, *of_job):
            if concern.claim not in known:
                known.add(concern.claim)
                yield ClaimArose(worker=worker, concern=placed(concern, dossier), because=noted.said.fact)


def _named(noted: Noted, dossier: Dossier) -> Noted:
    """What an office says is its own evidence."""
    if not isinstance(noted, InsuranceNoted | HelpNoted | EvidenceNoted):
        return noted
    fact = f"{DOSSIER.stream(noted.worker)}/{dossier.version + 1}"
    return replace(noted, said=replace(noted.said, fact=fact))


def _check(noted: Noted) -> None:
    match noted:
        case InsuranceNoted() if noted.valid_to is not None and noted.valid_to <= noted.valid_from:
            raise refusals.InsurancePeriodWrong
        case HelpNoted() if noted.received_on > noted.noted_on:
            raise refusals.NotedInFuture
        case InsuranceNoted() if noted.valid_from > noted.noted_on:
            raise refusals.NotedInFuture
        case _:
            return


def _rests_on(concern: Concern, noted: Noted, dossier: Dossier) -> bool:
    """A certificate's claims rest on it and on its class, a student's on the school year, those of travel on the jobs,
    those of insurance on one of them; what is said of the person concerns all claims."""
    match noted:
        case CertificateNoted() | CertificateStatusNoted():
            return concern.about == noted.certificate
        case ClassEndNoted() | AttendanceNoted() | FallenClassNoted():
            return class_of(concern, dossier) == noted.training_class
        case JobNoted() | JobEndNoted():
            return concern.kind == TRAVEL or concern.about == noted.employment
        case JobMonthNoted(month=month):
            return concern.about in (noted.employment, month[:4])
        case SchoolYearNoted():
            return concern.kind in arising.OF_SCHOOL_YEAR and basis_of(concern, dossier) == noted
        case SchoolLeftNoted(intake=intake):
            basis = basis_of(concern, dossier)
            return isinstance(basis, SchoolYearNoted) and basis.intake == intake
        case EvidenceNoted(claim=claim):
            return concern.claim == claim
        case _:
            return True


def evolve(before: Dossier, event: DossierEvent) -> Dossier:
    dossier = replace(before, version=before.version + 1)
    match event:
        case ClaimArose():
            return replace(dossier, concerns=(*dossier.concerns, event.concern))
        case RequestPlaced() | RequestTakenBack():
            return replace(dossier, placed=requests.after(dossier.placed, event))
        case NotesShared() | SharingEnded() | NotesTakenOver() | NotesGivenBack():
            return replace(dossier, others=sharing.after(dossier.others, event))
        case _:
            return replace(dossier, own={**dossier.own, slot(event): event})


DOSSIER: Final[Decider[DossierCommand, DossierEvent, Dossier]] = Decider(
    category="dossier", initial=Dossier(), decide=decide, evolve=evolve, events=DossierEvent
)
