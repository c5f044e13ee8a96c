"""What ids that are one person told each other. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from typing import Any, ClassVar, Final, TypeAlias

from subsidy.claims.dossier.border_events import RequestPlaced, RequestTakenBack
from subsidy.claims.dossier.events import (
    AttendanceNoted,
    ClaimArose,
    ClassEndNoted,
    DeathNoted,
    EvidenceNoted,
    FallenClassNoted,
    GroupNoted,
    InsuranceNoted,
    Noted,
    SurveyNoted,
    SurveyVerdictNoted,
)
from subsidy.claims.dossier.job_events import JobEndNoted, JobMonthNoted, JobNoted, Upcasters
from subsidy.claims.dossier.parts import Concern


def _without_jobs(shape: dict[str, Any]) -> dict[str, Any]:
    """The first version shared no jobs, and nothing that an office saw."""
    return {**shape, "notes": {**shape["notes"], "jobs": (), "months": (), "job_ends": (), "evidence": ()}}


WITHOUT_JOBS: Final[Upcasters] = {1: _without_jobs}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What counts for all claims of a person, whichever id it was said of. Part of stored events."""

    groups: tuple[GroupNoted, ...] = ()
    surveys: tuple[SurveyNoted, ...] = ()
    verdicts: tuple[SurveyVerdictNoted, ...] = ()
    insurance: tuple[InsuranceNoted, ...] = ()
    deaths: tuple[DeathNoted, ...] = ()
    classes: tuple[ClassEndNoted, ...] = ()
    attendances: tuple[AttendanceNoted, ...] = ()
    fallen: tuple[FallenClassNoted, ...] = ()
    jobs: tuple[JobNoted, ...] = ()
    months: tuple[JobMonthNoted, ...] = ()
    job_ends: tuple[JobEndNoted, ...] = ()
    evidence: tuple[EvidenceNoted, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesShared:
    """Another id of the same person learns what was noted here."""

    type: ClassVar[str] = "notes-shared"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Upcasters] = WITHOUT_JOBS
    worker: str
    other: str
    notes: Shared


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingEnded:
    """The other is another person after all."""

    type: ClassVar[str] = "sharing-ended"
    worker: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesTakenOver:
    """What was noted of another id of the same person; beside what was taken over of it before."""

    type: ClassVar[str] = "notes-taken-over"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Upcasters] = WITHOUT_JOBS
    worker: str
    other: str
    notes: Shared
    because: str
    """Id of the event by which the other said so."""
    concerns: tuple[Concern, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesGivenBack:
    """Nothing that was noted of the other counts here any more."""

    type: ClassVar[str] = "notes-given-back"
    worker: str
    other: str
    because: str
    """Id of the event by which the other said so."""
    concerns: tuple[Concern, ...]


Sharing: TypeAlias = NotesShared | SharingEnded | NotesTakenOver | NotesGivenBack
DossierEvent: TypeAlias = Noted | ClaimArose | Sharing | RequestPlaced | RequestTakenBack
