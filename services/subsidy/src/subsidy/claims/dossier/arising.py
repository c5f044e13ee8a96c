"""Which claims arise by what is noted (R-SUB-09). Whether anything is owed, the rules of the day say."""

from collections.abc import Iterator
from typing import Final

from eventcore.ids import same_id

from subsidy.claims.dossier.events import CertificateNoted, ClassEndNoted, GroupNoted, Noted
from subsidy.claims.dossier.job_events import JobMonthNoted, JobNoted
from subsidy.claims.dossier.parts import Concern, Kind
from subsidy.claims.dossier.school_events import SchoolYearNoted
from subsidy.claims.dossier.sharing import Notes
from subsidy.claims.dossier.slots import school_year
from subsidy.claims.dossier.travel import zone_of

OF_CERTIFICATE: Final[tuple[Kind, ...]] = ("TRAINING", "ASSESSMENT", "SKILL_UPGRADE")
WITHOUT_CLASS: Final[tuple[Kind, ...]] = ("ASSESSMENT", "SKILL_UPGRADE")
OF_SCHOOL_YEAR: Final[tuple[Kind, ...]] = ("STUDENT_AID", "TUITION", "GRANT")
TRAVEL: Final = "CROSS_PROVINCE_TRAVEL"
SOCIAL_INSURANCE: Final = "SOCIAL_INSURANCE"
HARD_TO_EMPLOY: Final = "HARD_TO_EMPLOY"


def by_own(noted: Noted, worker: str, own: Notes, notes: Notes) -> Iterator[Concern]:
    """Of what was said of this id itself: claims of a certificate, of a class that is over, of a school year, and of
    a job."""
    match noted:
        case CertificateNoted():
            for kind in OF_CERTIFICATE if noted.training_class else WITHOUT_CLASS:
                yield _concern(kind, worker, noted.certificate, noted.region)
        case ClassEndNoted():
            yield _concern("LIVING", worker, noted.training_class, noted.region)
        case SchoolYearNoted():
            for kind in OF_SCHOOL_YEAR:
                yield _concern(kind, worker, school_year(noted.school_year), noted.region)
        case JobNoted() if _is_hard_to_employ(notes):
            yield _concern(SOCIAL_INSURANCE, worker, noted.employment, noted.home)
        case _:
            yield from by_group(noted, worker, own)


def by_group(noted: Noted, worker: str, own: Notes) -> Iterator[Concern]:
    """Who is hard to employ, under whichever id: the employers of this one may be owed something (R-SUB-37)."""
    if isinstance(noted, GroupNoted) and noted.group == HARD_TO_EMPLOY:
        for job in own.values():
            if isinstance(job, JobNoted):
                yield _concern(SOCIAL_INSURANCE, worker, job.employment, job.home)


def by_travel(noted: Noted, worker: str) -> Iterator[Concern]:
    """A calendar year with work away from home, under whichever id of the person: of who stands for them (R-SUB-36)."""
    match noted:
        case JobNoted(home=home, region=region) if zone_of(home, region):
            yield _concern(TRAVEL, worker, str(noted.started_on.year), home)
        case JobMonthNoted(home=home, region=region, month=month, days=days) if days and zone_of(home, region):
            yield _concern(TRAVEL, worker, month[:4], home)
        case _:
            return


def _is_hard_to_employ(notes: Notes) -> bool:
    """On some day, by what was ever said: on which, the rules ask."""
    return any(isinstance(each, GroupNoted) and each.group == HARD_TO_EMPLOY for each in notes.values())


def _concern(kind: Kind, worker: str, about: str, region: str) -> Concern:
    return Concern(claim=same_id(kind, worker, about), kind=kind, about=about, region=region)
