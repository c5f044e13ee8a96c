"""What a dossier knows for a claim, by the names that rule packs use, on the day of the fact that it rests on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from contracts.shortage import demand

from subsidy.claims.dossier.arising import OF_SCHOOL_YEAR, SOCIAL_INSURANCE, TRAVEL
from subsidy.claims.dossier.events import (
    AttendanceNoted,
    CertificateNoted,
    CertificateStatusNoted,
    ClassEndNoted,
    DataUseNoted,
    DeathNoted,
    EvidenceNoted,
    FallenClassNoted,
    GroupNoted,
    HouseholdRegionNoted,
    InsuranceNoted,
    SurveyNoted,
    SurveyVerdictNoted,
)
from subsidy.claims.dossier.hiring import Hiring
from subsidy.claims.dossier.parts import Concern
from subsidy.claims.dossier.school_events import SchoolLeftNoted, SchoolYearNoted
from subsidy.claims.dossier.state import (
    Basis,
    Dossier,
    OfJobs,
    basis_of,
    claims_about,
    class_of,
    counts_elsewhere,
    day_of,
    person_of,
    place_of,
)
from subsidy.claims.dossier.travel import ZONES, TravelYear, zone_of
from subsidy.packs.engine import Known
from subsidy.packs.explanation import Input
from subsidy.packs.inputs import SoFar

NOT_EMPLOYED: Final = "NONE"
"""Value of `employment_form` where surveys say of no form."""
NO_LEVEL: Final = "0"
NEVER_CAME: Final = "NEVER_CAME"
OPENING: Final = {
    "LIVING": "completed",
    TRAVEL: "employed_outside_province",
    SOCIAL_INSURANCE: "employer",
    **dict.fromkeys(OF_SCHOOL_YEAR, "at_school"),
}
"""Input that a claim waits for where nothing is known of what it is about; of certificates `certificate_holds`."""
N = TypeVar("N")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """`person` is the worker that stands for this one; `body` and `institution` are credit codes."""

    day: date
    region: str
    home: str
    """The province that owns what is given once nationwide."""
    person: str
    occupation: str
    level: str
    body: str | None
    death: Input | None
    """The worker has died, on whichever day."""
    elsewhere: Input | None
    """Who stands for the worker has a claim about the same."""
    known: Mapping[str, Known]


def evidence(concern: Concern, worker: str, dossier: Dossier) -> Evidence | tuple[str, ...]:
    """What is known, or the names of what nobody can decide without."""
    basis = basis_of(concern, dossier)
    if basis is None:
        return (OPENING.get(concern.kind, "certificate_holds"),)
    day = day_of(basis)
    place = place_of(basis, dossier)
    if place is None:
        return ("region",)
    use = _only(dossier, DataUseNoted)
    if use is not None and use.use != "FREE":
        return ("use_of_data",)
    known = dict(_known(concern, basis, day, dossier))
    known["region"] = Known(value=place.region, fact=place.fact)
    if not isinstance(basis, OfJobs):
        known["occupation_demand"] = Known(value=demand(basis.occupation, place.region, day), fact=basis.said.fact)
    return Evidence(
        day=day,
        region=place.region,
        home=place.home,
        person=person_of(dossier, worker),
        occupation=basis.job.occupation if isinstance(basis, OfJobs) else basis.occupation,
        level=NO_LEVEL if isinstance(basis, OfJobs) else basis.level,
        body=basis.body if isinstance(basis, CertificateNoted) else None,
        death=_death(dossier),
        elsewhere=_elsewhere(concern, worker, dossier),
        known=known,
    )


def _death(dossier: Dossier) -> Input | None:
    death = _only(dossier, DeathNoted)
    if death is None:
        return None
    return Input(name="death", value=death.died_on.isoformat(), fact=death.said.fact)


def _elsewhere(concern: Concern, worker: str, dossier: Dossier) -> Input | None:
    found = counts_elsewhere(concern, worker, dossier)
    return Input(name="person", value=found.person, fact=found.said.fact) if found else None


def _all(dossier: Dossier, kind: type[N]) -> Iterator[N]:
    return (each for each in dossier.notes.values() if isinstance(each, kind))


def _only(dossier: Dossier, kind: type[N]) -> N | None:
    return next(_all(dossier, kind), None)


def _known(concern: Concern, basis: Basis, day: date, dossier: Dossier) -> Iterator[tuple[str, Known]]:
    yield from _of_the_person(dossier, day)
    claims = claims_about(concern, dossier)
    for each in _all(dossier, EvidenceNoted):
        if each.claim in claims:
            yield each.input, Known(value=each.value, fact=each.said.fact)
    if isinstance(basis, OfJobs):
        yield from _of_the_year(basis) if isinstance(basis, TravelYear) else _of_the_job(basis)
        return
    yield "occupation", Known(value=basis.occupation, fact=basis.said.fact)
    yield "level", Known(value=basis.level, fact=basis.said.fact)
    if isinstance(basis, CertificateNoted):
        yield from _of_the_certificate(basis, dossier)
    if isinstance(basis, SchoolYearNoted):
        yield from _of_the_school_year(basis, dossier)
    training_class = class_of(concern, dossier)
    if training_class is not None:
        yield from _of_the_class(training_class, dossier)


def _of_the_person(dossier: Dossier, day: date) -> Iterator[tuple[str, Known]]:
    yield from _insurance(dossier, day)
    yield from _employment(dossier, day)
    registered = next((each for each in _all(dossier, HouseholdRegionNoted) if each.valid_from is None), None)
    if registered is None:
        return  # a guest: home knows
    held = [
        each
        for each in _all(dossier, GroupNoted)
        if not each.withdrawn and each.valid_from <= day and (each.valid_to is None or day < each.valid_to)
    ]
    newest = max(held, key=lambda each: (each.valid_from, each.group), default=None)
    fact = newest.said.fact if newest else registered.said.fact
    yield "groups", Known(value=tuple(sorted({each.group for each in held})), fact=fact)
    death = _only(dossier, DeathNoted)
    dead = death is not None and death.died_on <= day
    yield "deceased", Known(value=dead, fact=(death or registered).said.fact)


def _insurance(dossier: Dossier, day: date) -> Iterator[tuple[str, Known]]:
    insurance = [
        each
        for each in _all(dossier, InsuranceNoted)
        if each.valid_from <= day and (each.valid_to is None or day < each.valid_to)
    ]
    if insurance:
        last = max(insurance, key=lambda each: (each.valid_from, each.said.order))
        yield "insured", Known(value=last.insured, fact=last.said.fact)


def _employment(dossier: Dossier, day: date) -> Iterator[tuple[str, Known]]:
    holding = {each.survey for each in _all(dossier, SurveyVerdictNoted) if each.holds}
    surveys = [each for each in _all(dossier, SurveyNoted) if each.survey in holding and each.surveyed_on <= day]
    if surveys:
        last = max(surveys, key=lambda each: (each.surveyed_on, each.survey))
        yield "employment_form", Known(value=last.employment_form or NOT_EMPLOYED, fact=last.said.fact)


def _of_the_year(year: TravelYear) -> Iterator[tuple[str, Known]]:
    """What is not whole yet is at least so much."""
    number = int if year.whole else SoFar
    yield "employed_outside_province", Known(value=year.zone == ZONES[0], fact=year.said.fact)
    yield "zone", Known(value=year.zone, fact=year.said.fact)
    yield "occupation", Known(value=year.job.occupation, fact=year.said.fact)
    yield "months_outside", Known(value=number(year.months_in_a_row), fact=year.last.fact)
    yield "wages", Known(value=number(year.wages), fact=year.last.fact)


def _of_the_job(hired: Hiring) -> Iterator[tuple[str, Known]]:
    """Of a job that goes on the months are at least so many."""
    job, number = hired.job, int if hired.whole else SoFar
    zone = zone_of(job.home, job.region)
    if job.employer is not None:
        yield "employer", Known(value=job.employer, fact=job.said.fact)
    yield "employed_outside_province", Known(value=zone == ZONES[0], fact=job.said.fact)
    yield "occupation", Known(value=job.occupation, fact=job.said.fact)
    yield "months_insured", Known(value=number(len(hired.insured)), fact=hired.last.fact)


def _of_the_certificate(certificate: CertificateNoted, dossier: Dossier) -> Iterator[tuple[str, Known]]:
    fact = certificate.said.fact
    status = dossier.notes.get(("status", certificate.certificate))
    holds = not isinstance(status, CertificateStatusNoted) or status.status == "REINSTATED"
    yield "certificate_kind", Known(value=certificate.kind, fact=fact)
    yield "certificate_day", Known(value=certificate.issued_on, fact=fact)
    yield "certificate_holds", Known(value=holds, fact=status.said.fact if status else fact)
    yield "standard_fee", Known(value=certificate.standard_fee, fact=fact)
    yield "charged_fee", Known(value=certificate.charged_fee, fact=fact)


def _of_the_school_year(year: SchoolYearNoted, dossier: Dossier) -> Iterator[tuple[str, Known]]:
    """Whoever never came, or had left before the month in which somebody said to have seen them, was not there."""
    left = dossier.notes.get(("school-left", year.intake))
    gone = isinstance(left, SchoolLeftNoted) and _was_gone(left, year)
    yield "at_school", Known(value=not gone, fact=left.said.fact if left and gone else year.said.fact)
    yield "institution", Known(value=year.school, fact=year.said.fact)


def _was_gone(left: SchoolLeftNoted, year: SchoolYearNoted) -> bool:
    """By a stay at the school that ended before, nobody is gone."""
    of_this_stay = left.said.order > year.said.order
    return of_this_stay and (left.reason == NEVER_CAME or f"{left.left_on:%Y-%m}" < year.month)


def _of_the_class(training_class: str, dossier: Dossier) -> Iterator[tuple[str, Known]]:
    ended = dossier.notes.get(("class", training_class))
    if not isinstance(ended, ClassEndNoted):
        return
    figures: ClassEndNoted | AttendanceNoted = ended
    corrected = dossier.notes.get(("attendance", training_class))
    if isinstance(corrected, AttendanceNoted) and corrected.said.order > ended.said.order:
        figures = corrected
    fallen = dossier.notes.get(("fallen", training_class))
    counts = figures.completed and not isinstance(fallen, FallenClassNoted)
    yield "completed", Known(value=counts, fact=(fallen or figures).said.fact)
    yield "completed_day", Known(value=ended.ended_on, fact=ended.said.fact)
    yield "attended_days", Known(value=figures.attended_days, fact=figures.said.fact)
    yield "attended_minutes", Known(value=figures.minutes, fact=figures.said.fact)
    yield "training_category", Known(value=ended.category, fact=ended.said.fact)
    yield "institution", Known(value=ended.institution, fact=ended.said.fact)
    if ended.mode is not None:
        yield "training_mode", Known(value=ended.mode, fact=ended.said.fact)
