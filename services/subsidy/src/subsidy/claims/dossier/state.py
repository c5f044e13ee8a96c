"""What a dossier knows, and what claims rest on in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias, assert_never

from eventcore.ids import same_id

from subsidy.claims.dossier import arising, requests
from subsidy.claims.dossier.arising import OF_SCHOOL_YEAR, SOCIAL_INSURANCE, TRAVEL
from subsidy.claims.dossier.border_events import HomeNoted
from subsidy.claims.dossier.events import CertificateNoted, ClassEndNoted, HouseholdRegionNoted, PersonNoted
from subsidy.claims.dossier.hiring import Hiring, hiring
from subsidy.claims.dossier.parts import Concern
from subsidy.claims.dossier.school_events import SchoolYearNoted
from subsidy.claims.dossier.sharing import Notes, Others
from subsidy.claims.dossier.travel import TravelYear, travel_year
from subsidy.provinces import province

OfJobs: TypeAlias = TravelYear | Hiring
Basis: TypeAlias = CertificateNoted | ClassEndNoted | SchoolYearNoted | OfJobs
"""What a claim is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The last note of each slot, the claims that rest on them, and what other provinces ask for; beside it what is
    known of other ids of the person."""

    own: Notes = field(default_factory=dict)
    others: Others = field(default_factory=Others)
    concerns: tuple[Concern, ...] = ()
    placed: requests.Places = field(default_factory=lambda: requests.NOBODY_ASKS)
    version: int = 0

    @property
    def notes(self) -> Notes:
        """Of the person. What was said of this id itself comes first."""
        if not self.others.known:
            return self.own
        return {slot: noted for each in (*self.others.known.values(), self.own) for slot, noted in each.items()}


def person_of(dossier: Dossier, worker: str) -> str:
    """The worker that stands for this one."""
    found = dossier.notes.get((PersonNoted.type,))
    return found.person if isinstance(found, PersonNoted) else worker


def still_arises(concern: Concern, worker: str, dossier: Dossier) -> bool:
    """Not, where what opened it was noted of another id that is no more the same person."""
    notes = dossier.notes
    return any(
        concern.claim == each.claim
        for noted in notes.values()
        for each in (*arising.by_own(noted, worker, dossier.own, notes), *arising.by_travel(noted, worker))
    )


def counts_elsewhere(concern: Concern, worker: str, dossier: Dossier) -> PersonNoted | None:
    """Who stands for the worker has a claim about the same: it counts in place of this one (R-SUB-22)."""
    found = dossier.notes.get((PersonNoted.type,))
    if not isinstance(found, PersonNoted) or found.person == worker:
        return None
    known = dossier.others.known.get(found.person, {})
    return found if concern.kind == TRAVEL or ("class", concern.about) in known else None


def claims_about(concern: Concern, dossier: Dossier) -> frozenset[str]:
    """The claim, and those of other ids of the person about the same."""
    others = (same_id(concern.kind, other, concern.about) for other in dossier.others.known)
    return frozenset((concern.claim, *others))


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
    if concern.kind == SOCIAL_INSURANCE:
        return hiring(dossier.notes, concern.about)
    found = dossier.notes.get((_slot_of(concern), concern.about))
    return found if isinstance(found, CertificateNoted | ClassEndNoted | SchoolYearNoted) else None


def _slot_of(concern: Concern) -> str:
    if concern.kind in OF_SCHOOL_YEAR:
        return "school-year"
    return "class" if concern.kind == "LIVING" else "certificate"


def day_of(basis: Basis) -> date:
    """The day by whose rules the claim is decided."""
    match basis:
        case CertificateNoted():
            return basis.issued_on
        case ClassEndNoted():
            return basis.ended_on
        case SchoolYearNoted():
            return basis.begins_on
        case TravelYear() | Hiring():
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
    here = basis.job.home if isinstance(basis, OfJobs) else basis.region
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
