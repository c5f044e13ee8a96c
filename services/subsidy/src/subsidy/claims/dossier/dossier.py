"""The rules of a dossier: of what is said of the same, the last counts, in whatever order it came; and what is noted
opens claims by itself (R-SUB-09, R-SUB-31)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, TypeAlias, assert_never

from eventcore import Decider, Seen
from eventcore.ids import same_id

from subsidy.claims import refusals
from subsidy.claims.dossier import requests, sharing
from subsidy.claims.dossier.border_events import HomeNoted, RequestPlaced, RequestTakenBack
from subsidy.claims.dossier.events import (
    AttendanceNoted,
    CertificateNoted,
    CertificateStatusNoted,
    ClaimArose,
    ClassEndNoted,
    EvidenceNoted,
    FallenClassNoted,
    HelpNoted,
    HouseholdRegionNoted,
    InsuranceNoted,
    Noted,
    PersonNoted,
)
from subsidy.claims.dossier.job_events import JobEndNoted, JobMonthNoted, JobNoted
from subsidy.claims.dossier.parts import Concern, Kind
from subsidy.claims.dossier.requests import PlaceRequest, TakeBackRequest
from subsidy.claims.dossier.sharing import GiveBack, TakeOver
from subsidy.claims.dossier.sharing_events import (
    DossierEvent,
    NotesGivenBack,
    NotesShared,
    NotesTakenOver,
    SharingEnded,
)
from subsidy.claims.dossier.slots import Slot, slot
from subsidy.claims.dossier.travel import TravelYear, travel_year, zone_of
from subsidy.provinces import province

OF_CERTIFICATE: Final[tuple[Kind, ...]] = ("TRAINING", "ASSESSMENT", "SKILL_UPGRADE")
WITHOUT_CLASS: Final[tuple[Kind, ...]] = ("ASSESSMENT", "SKILL_UPGRADE")
TRAVEL: Final = "CROSS_PROVINCE_TRAVEL"
Basis: TypeAlias = CertificateNoted | ClassEndNoted | TravelYear
"""What a claim is about."""


@dataclass(frozen=True, slots=True)
class Note:
    """Notes it, unless something later is known of the same. Its concerns are filled in here."""

    noted: Noted


DossierCommand: TypeAlias = Note | TakeOver | GiveBack | PlaceRequest | TakeBackRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The last note of each slot, the claims that rest on them, and what other provinces ask for; beside it what is
    known of other ids of the person."""

    own: Mapping[Slot, Noted] = field(default_factory=dict)
    others: Mapping[str, Mapping[Slot, Noted]] = field(default_factory=dict)
    concerns: tuple[Concern, ...] = ()
    placed: requests.Places = field(default_factory=lambda: requests.NOBODY_ASKS)
    version: int = 0

    @property
    def notes(self) -> Mapping[Slot, Noted]:
        """Of the person. What was said of this id itself comes first."""
        if not self.others:
            return self.own
        return {slot: noted for each in (*self.others.values(), self.own) for slot, noted in each.items()}


def decide(command: DossierCommand, dossier: Dossier, seen: Seen) -> Sequence[DossierEvent]:
    match command:
        case Note():
            return _note(command, dossier)
        case TakeOver():
            person = person_of(dossier, command.worker)
            return sharing.take_over(command, person, dossier.own, dossier.others, dossier.concerns)
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
    arising = [
        ClaimArose(worker=noted.worker, concern=placed(concern, after), because=noted.said.fact)
        for concern in _arising(noted)
        if all(concern.claim != each.claim for each in dossier.concerns)
    ]
    moved = requests.moved(dossier.placed, person_of(after, noted.worker), noted.said.fact)
    told = sharing.told(noted, person_of(dossier, noted.worker), dossier.own, dossier.others)
    return [replace(noted, concerns=concerns), *arising, *moved, *told]


def person_of(dossier: Dossier, worker: str) -> str:
    """The worker that stands for this one."""
    found = dossier.notes.get((PersonNoted.type,))
    return found.person if isinstance(found, PersonNoted) else worker


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


def _arising(noted: Noted) -> Sequence[Concern]:
    """Claims of a certificate, of a class that is over, and of a calendar year with work away from home. Whether
    anything is owed, the rules of the day say."""
    match noted:
        case CertificateNoted():
            kinds = OF_CERTIFICATE if noted.training_class else WITHOUT_CLASS
            return [_concern(kind, noted.worker, noted.certificate, noted.region) for kind in kinds]
        case ClassEndNoted():
            return [_concern("LIVING", noted.worker, noted.training_class, noted.region)]
        case JobNoted(home=home, region=region) if zone_of(home, region):
            return [_concern(TRAVEL, noted.worker, str(noted.started_on.year), home)]
        case JobMonthNoted(home=home, region=region, month=month, days=days) if days and zone_of(home, region):
            return [_concern(TRAVEL, noted.worker, month[:4], home)]
        case _:
            return ()


def _concern(kind: Kind, worker: str, about: str, region: str) -> Concern:
    return Concern(claim=same_id(kind, worker, about), kind=kind, about=about, region=region)


def _rests_on(concern: Concern, noted: Noted, dossier: Dossier) -> bool:
    """A certificate's claims rest on it and on its class, those of travel on the jobs; what is said of the person
    concerns all claims."""
    match noted:
        case CertificateNoted() | CertificateStatusNoted():
            return concern.about == noted.certificate
        case ClassEndNoted() | AttendanceNoted() | FallenClassNoted():
            return class_of(concern, dossier) == noted.training_class
        case JobNoted() | JobEndNoted():
            return concern.kind == TRAVEL
        case JobMonthNoted(month=month):
            return concern.kind == TRAVEL and concern.about == month[:4]
        case EvidenceNoted(claim=claim):
            return concern.claim == claim
        case _:
            return True


def class_of(concern: Concern, dossier: Dossier) -> str | None:
    """The class that a claim rests on, where it rests on one."""
    if concern.kind == "LIVING":
        return concern.about
    certificate = dossier.notes.get(("certificate", concern.about))
    return certificate.training_class if isinstance(certificate, CertificateNoted) else None


def basis_of(concern: Concern, dossier: Dossier) -> Basis | None:
    """What the claim is about, as far as it is known."""
    if concern.kind == TRAVEL:
        return travel_year(dossier.notes, int(concern.about))
    found = dossier.notes.get(("class" if concern.kind == "LIVING" else "certificate", concern.about))
    return found if isinstance(found, CertificateNoted | ClassEndNoted) else None


def day_of(basis: Basis) -> date:
    """The day by whose rules the claim is decided."""
    match basis:
        case CertificateNoted():
            return basis.issued_on
        case ClassEndNoted():
            return basis.ended_on
        case TravelYear():
            return basis.day
        case _:
            assert_never(basis)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Whose rules count: the household's county, and for a guest the county of the fact; `fact` says so. `home` is the
    province that owns what is given once nationwide."""

    region: str
    fact: str
    home: str


def place_of(basis: Basis, dossier: Dossier) -> Place | None:
    """None where it is not known yet."""
    here = basis.job.home if isinstance(basis, TravelYear) else basis.region
    household = region_on(dossier, day_of(basis))
    home = province(household.region) if household else _home_of_a_guest(dossier)
    if household and home == province(here):
        return Place(region=household.region, fact=household.said.fact, home=home)
    if home is None or home == province(here):
        return None
    return Place(region=here, fact=basis.said.fact, home=home)


def _home_of_a_guest(dossier: Dossier) -> str | None:
    found = dossier.notes.get((HomeNoted.type,))
    return found.home if isinstance(found, HomeNoted) else None


def region_on(dossier: Dossier, day: date) -> HouseholdRegionNoted | None:
    """Only of registered workers: moves alone do not say where it began, nor which groups there are."""
    regions = [each for each in dossier.notes.values() if isinstance(each, HouseholdRegionNoted)]
    if all(each.valid_from is not None for each in regions):
        return None
    held = [each for each in regions if (each.valid_from or date.min) <= day]
    return max(held, key=lambda each: each.valid_from or date.min)


def county_on(dossier: Dossier, day: date) -> str | None:
    """The county that keeps the dossier: the household's, of a guest that of the newest claim."""
    household = region_on(dossier, day)
    if household is not None:
        return household.region
    return max(_counties(dossier), default=(day, None))[1]


def _counties(dossier: Dossier) -> Iterator[tuple[date, str]]:
    for each in dossier.concerns:
        basis = basis_of(each, dossier)
        place = place_of(basis, dossier) if basis else None
        if basis and place:
            yield day_of(basis), place.region


def placed(concern: Concern, dossier: Dossier) -> Concern:
    """The claim in the county whose rules count on the day of its fact, as far as that is known."""
    basis = basis_of(concern, dossier)
    place = place_of(basis, dossier) if basis else None
    return replace(concern, region=place.region) if place else concern


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
