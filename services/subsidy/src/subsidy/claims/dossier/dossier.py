"""The rules of a dossier: of what is said of the same, the last counts, in whatever order it came; and what is noted
opens claims by itself (R-SUB-09, R-SUB-31)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, TypeAlias, assert_never

from eventcore import Decider, Seen
from eventcore.ids import same_id

from subsidy.claims import refusals
from subsidy.claims.dossier.events import (
    AttendanceNoted,
    CertificateNoted,
    CertificateStatusNoted,
    ClaimArose,
    ClassEndNoted,
    Concern,
    DataUseNoted,
    DeathNoted,
    DossierEvent,
    FallenClassNoted,
    GroupNoted,
    HelpNoted,
    HouseholdRegionNoted,
    InsuranceNoted,
    Kind,
    Noted,
    PersonNoted,
    SurveyNoted,
    SurveyVerdictNoted,
)

OF_CERTIFICATE: Final[tuple[Kind, ...]] = ("TRAINING", "ASSESSMENT", "SKILL_UPGRADE")
WITHOUT_CLASS: Final[tuple[Kind, ...]] = ("ASSESSMENT", "SKILL_UPGRADE")
Slot: TypeAlias = tuple[str, ...]
"""What a note is about: kind of note, and which one."""


@dataclass(frozen=True, slots=True)
class Note:
    """Notes it, unless something later is known of the same. Its concerns are filled in here."""

    noted: Noted


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The last note of each slot, and the claims that rest on them."""

    notes: Mapping[Slot, Noted] = field(default_factory=dict)
    concerns: tuple[Concern, ...] = ()
    version: int = 0


def slot(noted: Noted) -> Slot:
    match noted:
        case GroupNoted():
            return "group", noted.group, noted.valid_from.isoformat()
        case HouseholdRegionNoted():
            return "region", noted.valid_from.isoformat() if noted.valid_from else ""
        case SurveyNoted():
            return "survey", noted.survey
        case SurveyVerdictNoted():
            return "verdict", noted.survey
        case ClassEndNoted():
            return "class", noted.training_class
        case AttendanceNoted():
            return "attendance", noted.training_class
        case FallenClassNoted():
            return "fallen", noted.training_class
        case CertificateNoted():
            return "certificate", noted.certificate
        case CertificateStatusNoted():
            return "status", noted.certificate
        case DeathNoted() | PersonNoted() | DataUseNoted():
            return (noted.type,)
        case InsuranceNoted():
            return "insurance", noted.valid_from.isoformat()
        case HelpNoted():
            return "help", noted.kind, noted.document
        case _:
            assert_never(noted)


def decide(command: Note, dossier: Dossier, seen: Seen) -> Sequence[DossierEvent]:
    noted = _named(command.noted, dossier)
    _check(noted)
    known = dossier.notes.get(slot(noted))
    if known is not None and known.said.order >= noted.said.order:
        return []
    after = evolve(dossier, noted)
    concerns = tuple(placed(each, after) for each in dossier.concerns if _rests_on(each, noted, after))
    arising = [
        ClaimArose(worker=noted.worker, concern=placed(concern, after), because=noted.said.fact)
        for concern in _arising(noted)
        if all(concern.claim != each.claim for each in dossier.concerns)
    ]
    return [replace(noted, concerns=concerns), *arising]


def _named(noted: Noted, dossier: Dossier) -> Noted:
    """What an office says is its own evidence."""
    if not isinstance(noted, InsuranceNoted | HelpNoted):
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
    """Claims of a certificate, and of a class that is over. Whether anything is owed, the rules of the day say."""
    match noted:
        case CertificateNoted():
            kinds = OF_CERTIFICATE if noted.training_class else WITHOUT_CLASS
            return [_concern(kind, noted.worker, noted.certificate, noted.region) for kind in kinds]
        case ClassEndNoted():
            return [_concern("LIVING", noted.worker, noted.training_class, noted.region)]
        case _:
            return ()


def _concern(kind: Kind, worker: str, about: str, region: str) -> Concern:
    return Concern(claim=same_id(kind, worker, about), kind=kind, about=about, region=region)


def _rests_on(concern: Concern, noted: Noted, dossier: Dossier) -> bool:
    """A certificate's claims rest on it and on its class; what is said of the person concerns all claims."""
    match noted:
        case CertificateNoted() | CertificateStatusNoted():
            return concern.about == noted.certificate
        case ClassEndNoted() | AttendanceNoted() | FallenClassNoted():
            return class_of(concern, dossier) == noted.training_class
        case _:
            return True


def class_of(concern: Concern, dossier: Dossier) -> str | None:
    """The class that a claim rests on, where it rests on one."""
    if concern.kind == "LIVING":
        return concern.about
    certificate = dossier.notes.get(("certificate", concern.about))
    return certificate.training_class if isinstance(certificate, CertificateNoted) else None


def basis_of(concern: Concern, dossier: Dossier) -> CertificateNoted | ClassEndNoted | None:
    """The fact that opened the claim."""
    found = dossier.notes.get(("class" if concern.kind == "LIVING" else "certificate", concern.about))
    return found if isinstance(found, CertificateNoted | ClassEndNoted) else None


def day_of(basis: CertificateNoted | ClassEndNoted) -> date:
    """The day by whose rules the claim is decided."""
    return basis.issued_on if isinstance(basis, CertificateNoted) else basis.ended_on


def region_on(dossier: Dossier, day: date) -> HouseholdRegionNoted | None:
    """Only of registered workers: moves alone do not say where it began, nor which groups there are."""
    regions = [each for each in dossier.notes.values() if isinstance(each, HouseholdRegionNoted)]
    if all(each.valid_from is not None for each in regions):
        return None
    held = [each for each in regions if (each.valid_from or date.min) <= day]
    return max(held, key=lambda each: each.valid_from or date.min)


def placed(concern: Concern, dossier: Dossier) -> Concern:
    """The claim in the household's county on the day of its fact, as far as that is known."""
    basis = basis_of(concern, dossier)
    region = region_on(dossier, day_of(basis)) if basis else None
    return replace(concern, region=region.region) if region else concern


def evolve(dossier: Dossier, event: DossierEvent) -> Dossier:
    version = dossier.version + 1
    if isinstance(event, ClaimArose):
        return replace(dossier, concerns=(*dossier.concerns, event.concern), version=version)
    return replace(dossier, notes={**dossier.notes, slot(event): event}, version=version)


DOSSIER: Final[Decider[Note, DossierEvent, Dossier]] = Decider(
    category="dossier", initial=Dossier(), decide=decide, evolve=evolve, events=DossierEvent
)
