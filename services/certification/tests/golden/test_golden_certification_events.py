"""Every event that certification ever stored is still read, and is published with the same bytes."""

from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from certification.app import SERVICE
from certification.assessments.events import (
    AssessmentScheduled,
    AssessmentVoided,
    CandidateRegistered,
    Result,
    ResultsConfirmed,
    ScoresRecorded,
)
from certification.bodies.events import (
    BodyRegistered,
    BodyResumed,
    BodyScopeChanged,
    BodyStaffRegistered,
    BodySuspended,
    Member,
    MobileAssessmentFiled,
    Post,
    ScopeLine,
)
from certification.certificates.events import (
    CertificateIssued,
    CertificateReinstated,
    CertificateRevoked,
    CertificateSuspended,
)
from certification.classes.events import (
    AssessmentNoted,
    ClassCertificatesRevoked,
    ClassMemberNoted,
    ClassTeachersNoted,
    Fall,
)
from certification.persons.events import (
    DeathTakenBack,
    GroupForgotten,
    GroupNoted,
    OtherNoted,
    PersonEnded,
    PersonKnown,
    PersonLinked,
    PersonMoved,
    UseNoted,
)
from certification.publishing import published
from contracts.memberships import Membership
from golden import Golden, name

WORKER, CLASS = "0190a1b2-0000-7000-8000-000000000001", "0190a1b2-0000-7000-8000-0000000000c1"
OTHER = "0190a1b2-0000-7000-8000-000000000002"
ASSESSMENT, CERTIFICATE = "0190a1b2-0000-7000-8000-0000000000a5", "0190a1b2-0000-7000-8000-0000000000ce"
BODY, REBAR = "52520000MA6DT4321L", "2022/6-29-01-04"
BY: dict[str, Any] = {"official": "zhao", "organisation": "hr-520100"}
FALL = Fall(reason="FRAUD", revoked_on=date(2026, 8, 3), **BY)
SESSION: dict[str, Any] = {
    "assessment": ASSESSMENT,
    "body": BODY,
    "kind": "SKILL_LEVEL",
    "occupation": REBAR,
    "level": "5",
    "region": "520123",
    "training_class": CLASS,
    "standard_fee": 18000,
}
NAMED: dict[str, Any] = {
    "certificate": CERTIFICATE,
    "worker": WORKER,
    "kind": "SKILL_LEVEL",
    "occupation": REBAR,
    "level": "5",
}
BODIES: tuple[Any, ...] = (
    BodyRegistered(
        body=BODY,
        title="贵阳某技能评价中心",
        region="520100",
        kind="SOCIAL",
        filing_code="0012",
        site="000001",
        appraisal_code="1001",
        registered_on=date(2026, 1, 5),
        **BY,
    ),
    BodyScopeChanged(
        body=BODY,
        lines=(
            ScopeLine(
                route="LEVEL_RECOGNITION",
                occupation=REBAR,
                level="5",
                valid_from=date(2026, 1, 1),
                valid_to=date(2028, 12, 31),
                standard_fee=18000,
            ),
        ),
        evidence="黔人社评〔2026〕1号",
        **BY,
    ),
    BodyStaffRegistered(
        body=BODY,
        members=(
            Member(
                person="kao-1",
                role="ASSESSOR",
                valid_from=date(2026, 1, 1),
                valid_to=date(2028, 12, 31),
                teaches=(Post(institution="12520000MA6DT1234P", teacher="T-1023"),),
            ),
        ),
        evidence="黔人社评〔2026〕2号",
        **BY,
    ),
    MobileAssessmentFiled(
        body=BODY,
        region="520526",
        valid_from=date(2026, 5, 1),
        valid_to=date(2026, 6, 30),
        evidence="黔人社评〔2026〕3号",
        **BY,
    ),
    BodySuspended(body=BODY, suspended_on=date(2026, 9, 1), reason="QUALITY", **BY),
    BodyResumed(body=BODY, resumed_on=date(2026, 10, 1), **BY),
)
ASSESSMENTS: tuple[Any, ...] = (
    AssessmentScheduled(
        **SESSION,
        route="LEVEL_RECOGNITION",
        held_on=date(2026, 5, 18),
        mobile=False,
        assessors=("kao-1", "kao-2"),
        supervisor="du-1",
        **BY,
    ),
    CandidateRegistered(
        assessment=ASSESSMENT,
        worker=WORKER,
        charged_fee=0,
        reduced_for="REGISTERED_POOR",
        registered_on=date(2026, 5, 11),
        **BY,
    ),
    ScoresRecorded(
        assessment=ASSESSMENT, worker=WORKER, theory=80, practice=75, absent=False, source="exam-7.csv", **BY
    ),
    ResultsConfirmed(
        **SESSION,
        issued_on=date(2026, 5, 20),
        valid_until=date(2036, 5, 19),
        number_prefix="S001252000001265",
        results=(
            Result(worker=WORKER, outcome="PASSED", certificate=CERTIFICATE, charged_fee=0),
            Result(worker=OTHER, outcome="FAILED", certificate=None, charged_fee=18000),
        ),
        **BY,
    ),
    AssessmentVoided(
        assessment=ASSESSMENT, certificates=(CERTIFICATE,), reason="FRAUD", voided_on=date(2026, 8, 3), **BY
    ),
)
CERTIFICATES: tuple[Any, ...] = (
    CertificateIssued(
        **NAMED,
        number="S001252000001265123456",
        issued_on=date(2026, 5, 20),
        valid_until=date(2036, 5, 19),
        region="520123",
        assessment=ASSESSMENT,
        body=BODY,
        training_class=CLASS,
        standard_fee=18000,
        charged_fee=0,
    ),
    CertificateSuspended(**NAMED, suspended_on=date(2026, 7, 1), reason="INVESTIGATION", **BY),
    CertificateReinstated(**NAMED, reinstated_on=date(2026, 7, 20), **BY),
    CertificateRevoked(
        **NAMED, corrects=f"certificate-{CERTIFICATE}/1", revoked_on=date(2026, 8, 3), reason="FRAUD", **BY
    ),
)
KNOWN: tuple[Any, ...] = (
    ClassMemberNoted(
        training_class=CLASS,
        institution="12520000MA6DT1234P",
        region="520123",
        occupation=REBAR,
        level="5",
        worker=WORKER,
        standing="COMPLETED",
    ),
    ClassTeachersNoted(
        training_class=CLASS,
        institution="12520000MA6DT1234P",
        region="520123",
        occupation=REBAR,
        level="5",
        teachers=("T-1023", "T-1024"),
    ),
    AssessmentNoted(training_class=CLASS, assessment=ASSESSMENT, fall=FALL),
    ClassCertificatesRevoked(training_class=CLASS, assessments=(ASSESSMENT,), fall=FALL),
    PersonKnown(
        worker=WORKER,
        household_region="520123",
        groups=(Membership(group="POVERTY_LIFTED", valid_from=date(2021, 1, 1), valid_to=None),),
    ),
    PersonMoved(worker=WORKER, household_region="520526"),
    GroupNoted(
        worker=WORKER,
        membership=Membership(group="HARD_TO_EMPLOY", valid_from=date(2026, 1, 1), valid_to=date(2027, 1, 1)),
    ),
    GroupForgotten(worker=WORKER, group="HARD_TO_EMPLOY", valid_from=date(2026, 1, 1)),
    PersonLinked(worker=OTHER, canonical=WORKER),
    OtherNoted(worker=WORKER, other=OTHER, same=True),
    UseNoted(worker=WORKER, restricted=True, until=date(2027, 1, 1)),
    PersonEnded(worker=WORKER, ground="DECEASED"),
    DeathTakenBack(worker=WORKER),
)
SAMPLES: Final = (*BODIES, *ASSESSMENTS, *CERTIFICATES, *KNOWN)
GOLDEN: Final = Golden(Path(__file__).parent, SERVICE, published)


@pytest.mark.parametrize("event", SAMPLES, ids=name)
def test_golden_what_certification_stores_keeps_its_bytes(event: Any) -> None:
    GOLDEN.check_stored(event)


@pytest.mark.parametrize("event", SAMPLES, ids=name)
def test_golden_what_certification_publishes_keeps_its_bytes(event: Any) -> None:
    GOLDEN.check_published(event)


def test_golden_every_version_that_certification_ever_stored_is_read_and_published() -> None:
    GOLDEN.check_every_version()


def test_golden_numbers_of_certificates_and_who_signed_stay_at_home() -> None:
    for event in CERTIFICATES:
        told = published(event)
        assert told is not None
        assert b"S0012520" not in told.to_bytes()
        assert b"zhao" not in told.to_bytes()
