"""Certificates that hiring knows of: certification speaks for its own, home for those of whom it nominates."""

from dataclasses import replace
from datetime import date

from eventcore import fold
from eventcore.testing import given
from job_samples import HOME, WELDER, WORKER
from placement.jobs.qualifications.events import CertificateMarked, CertificateNoted, QualificationEvent
from placement.jobs.qualifications.qualification import QUALIFICATION, HearOf, Held, NotByHome, Note

HELD = Held(certificate="c1", occupation=WELDER, level="5")
OWN = CertificateNoted(
    worker=WORKER,
    certificate="c1",
    occupation=WELDER,
    level="5",
    holds_from=date(2025, 5, 20),
    valid_until=date(2028, 5, 19),
    told_by="",
)
TOLD = replace(OWN, holds_from=date(2026, 5, 4), valid_until=None, told_by="520000")
HEAR = HearOf(worker=WORKER, home=HOME, certificates=(HELD,), told_on=date(2026, 5, 4), told_by="520000")
LATER = replace(HEAR, certificates=(), told_on=date(2026, 9, 1))
GONE = CertificateMarked(worker=WORKER, certificate="c1", holds=False, marked_on=date(2026, 9, 1))


def holds(day: date, *history: QualificationEvent) -> bool:
    return fold(QUALIFICATION, history).holding_on(day) == (HELD,)


def test_what_certification_says_is_noted_once() -> None:
    given(QUALIFICATION).when(Note(event=OWN)).then(OWN)
    given(QUALIFICATION, OWN).when(Note(event=OWN)).then()
    given(QUALIFICATION, OWN).when(Note(event=GONE)).then(GONE)
    given(QUALIFICATION, OWN, GONE).when(Note(event=GONE)).then()
    given(QUALIFICATION).when(Note(event=GONE)).then()


def test_a_certificate_holds_from_its_issue_to_its_last_day_but_for_what_was_said_since() -> None:
    assert not holds(date(2025, 5, 19), OWN)
    assert holds(date(2028, 5, 19), OWN)
    assert not holds(date(2028, 5, 20), OWN)
    again = replace(GONE, holds=True, marked_on=date(2026, 10, 1))
    assert [holds(date(2026, month, 1), OWN, GONE, again) for month in (8, 9, 10)] == [True, False, True]


def test_home_speaks_for_the_certificates_of_whom_it_nominates() -> None:
    given(QUALIFICATION).when(HEAR).then(TOLD)
    given(QUALIFICATION, TOLD).when(HEAR).then()
    given(QUALIFICATION, TOLD).when(LATER).then(GONE)
    once_more = replace(HEAR, told_on=date(2026, 10, 1))
    given(QUALIFICATION, TOLD, GONE).when(once_more).then(replace(GONE, holds=True, marked_on=date(2026, 10, 1)))


def test_nobody_else_speaks_for_them_and_home_not_for_what_was_issued_here() -> None:
    given(QUALIFICATION).when(replace(HEAR, told_by="330000")).rejected(NotByHome)
    given(QUALIFICATION, OWN, GONE).when(HEAR).then()
    given(QUALIFICATION, OWN).when(LATER).then()
    given(QUALIFICATION, TOLD).when(Note(event=OWN)).then(OWN)
