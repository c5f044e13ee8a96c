"""What each note is about: of what is said of the same, the last counts."""

from typing import TypeAlias, assert_never

from subsidy.claims.dossier.border_events import HomeNoted
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
    HelpNoted,
    HouseholdRegionNoted,
    InsuranceNoted,
    Noted,
    PersonNoted,
    SurveyNoted,
    SurveyVerdictNoted,
)
from subsidy.claims.dossier.job_events import JobEndNoted, JobMonthNoted, JobNoted
from subsidy.claims.dossier.school_events import SchoolLeftNoted, SchoolYearNoted

Slot: TypeAlias = tuple[str, ...]
"""Kind of note, and which one."""


def school_year(begins: int) -> str:
    """`2026-2027`: how claims call a school year."""
    return f"{begins}-{begins + 1}"


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
        case DeathNoted() | PersonNoted() | DataUseNoted() | HomeNoted():
            return (noted.type,)
        case JobNoted():
            return "job", noted.employment
        case JobMonthNoted():
            return "job-month", noted.employment, noted.month
        case JobEndNoted():
            return "job-end", noted.employment
        case SchoolYearNoted():
            return "school-year", school_year(noted.school_year)
        case SchoolLeftNoted():
            return "school-left", noted.intake
        case EvidenceNoted():
            return "evidence", noted.claim, noted.input
        case InsuranceNoted():
            return "insurance", noted.valid_from.isoformat()
        case HelpNoted():
            return "help", noted.kind, noted.document
        case _:
            assert_never(noted)
