"""Certificates: their numbers, what may follow on what, and whether one holds on a day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from certification.certificates import refusals
from certification.certificates.certificate import CERTIFICATE, NUMBER, Issued
from certification.certificates.commands import (
    CertificateCommand,
    IssueCertificate,
    ReinstateCertificate,
    RevokeCertificate,
    SuspendCertificate,
)
from certification.certificates.events import (
    CertificateEvent,
    CertificateIssued,
    CertificateReinstated,
    CertificateRevoked,
    CertificateSuspended,
)
from certification.certificates.status import Status
from certification.numbers import Issuer, drawn, parse, prefix
from eventcore import Acting, Rejected, Seen, Take, fold
from eventcore.testing import given
from hypothesis import given as each
from hypothesis import strategies as st

TODAY = date(2026, 11, 24)
BY = Acting(official="zhao", organisation="hr-520100", today=TODAY)
ISSUER = Issuer(kind="SOCIAL", region="520100", filing_code="0012", site="000001", appraisal_code="1001")
PREFIX = "S001252000001265"
ISSUE = IssueCertificate(
    certificate="c1",
    prefix=PREFIX,
    worker="w1",
    kind="SKILL_LEVEL",
    occupation="2022/6-29-01-04",
    level="5",
    issued_on=date(2026, 5, 20),
    valid_until=date(2029, 5, 19),
    region="520123",
    assessment="a1",
    body="52520000MA6DT4321L",
    training_class=None,
    standard_fee=18000,
    charged_fee=0,
)
FIRST, SECOND = drawn(PREFIX, "c1")[:2]
ISSUED = CertificateIssued(
    certificate="c1",
    number=FIRST,
    worker="w1",
    kind="SKILL_LEVEL",
    occupation="2022/6-29-01-04",
    level="5",
    issued_on=date(2026, 5, 20),
    valid_until=date(2029, 5, 19),
    region="520123",
    assessment="a1",
    body="52520000MA6DT4321L",
    training_class=None,
    standard_fee=18000,
    charged_fee=0,
)


def suspend(on: date) -> SuspendCertificate:
    return SuspendCertificate(on=on, reason="INVESTIGATION", by=BY)


def reinstate(on: date) -> ReinstateCertificate:
    return ReinstateCertificate(on=on, by=BY)


def revoke(on: date) -> RevokeCertificate:
    return RevokeCertificate(on=on, reason="FRAUD", by=BY)


def after(*commands: CertificateCommand) -> list[CertificateEvent]:
    """The history that these commands make."""
    history: list[CertificateEvent] = [ISSUED]
    for command in commands:
        history += CERTIFICATE.decide(command, fold(CERTIFICATE, history), Seen())
    return history


def test_a_certificate_is_issued_once_with_the_first_number_that_nobody_has() -> None:
    given(CERTIFICATE).when(ISSUE).then(ISSUED)
    taken = Seen({}, {(NUMBER, FIRST): "c0"})
    given(CERTIFICATE).having_seen(taken).when(ISSUE).then(replace(ISSUED, number=SECOND))
    given(CERTIFICATE, ISSUED).when(ISSUE).then()


def test_all_numbers_that_are_tried_are_read_and_the_one_taken_is_guarded() -> None:
    assert [read.guard for read in CERTIFICATE.reads(ISSUE)] == [(NUMBER, each) for each in drawn(PREFIX, "c1")]
    assert list(CERTIFICATE.effects(CERTIFICATE.initial, ISSUED)) == [Take(NUMBER, FIRST, "c1")]


def test_no_certificate_is_issued_where_the_numbers_are_used_up() -> None:
    taken = Seen({}, {(NUMBER, each): "c0" for each in drawn(PREFIX, "c1")})
    given(CERTIFICATE).having_seen(taken).when(ISSUE).rejected(refusals.NoNumberFree)


def test_a_certificate_is_suspended_and_reinstated_and_each_again_is_nothing() -> None:
    suspended, holding = after(suspend(date(2026, 6, 1))), after(suspend(date(2026, 6, 1)), reinstate(date(2026, 7, 1)))
    assert isinstance(suspended[-1], CertificateSuspended)
    assert isinstance(holding[-1], CertificateReinstated)
    given(CERTIFICATE, *suspended).when(suspend(date(2026, 6, 2))).then()
    given(CERTIFICATE, *holding).when(reinstate(date(2026, 7, 2))).then()


def test_a_revoked_certificate_names_the_event_that_it_corrects_and_nothing_follows() -> None:
    history = after(revoke(date(2026, 8, 3)))
    assert isinstance(history[-1], CertificateRevoked)
    assert history[-1].corrects == "certificate-c1/1"
    given(CERTIFICATE, *history).when(revoke(date(2026, 9, 1))).then()
    given(CERTIFICATE, *history).when(suspend(date(2026, 9, 1))).rejected(refusals.CertificateRevokedAlready)
    given(CERTIFICATE, *history).when(reinstate(date(2026, 9, 1))).rejected(refusals.CertificateRevokedAlready)


@pytest.mark.parametrize("day", [date(2026, 5, 19), TODAY + timedelta(days=1)])
def test_a_day_before_the_issue_or_in_the_future_is_refused(day: date) -> None:
    given(CERTIFICATE, ISSUED).when(suspend(day)).rejected(refusals.MarkOutOfOrder)
    if day > TODAY:
        given(CERTIFICATE, ISSUED).when(revoke(day)).rejected(refusals.MarkOutOfOrder)


def test_days_of_marks_never_go_back_but_a_revocation_is_never_too_early() -> None:
    history = after(suspend(date(2026, 7, 1)))
    given(CERTIFICATE, *history).when(reinstate(date(2026, 6, 30))).rejected(refusals.MarkOutOfOrder)
    ordered = replace(revoke(date(2026, 6, 30)), by=replace(BY, today=date(2026, 6, 30)))
    last = after(suspend(date(2026, 7, 1)), ordered)[-1]
    assert isinstance(last, CertificateRevoked)
    assert last.revoked_on == date(2026, 7, 1)


def test_there_is_nothing_to_do_with_a_certificate_that_is_not_there() -> None:
    for command in (suspend(TODAY), reinstate(TODAY), revoke(TODAY)):
        given(CERTIFICATE).when(command).rejected(refusals.CertificateNotIssued)


steps = st.lists(st.tuples(st.sampled_from([suspend, reinstate, revoke]), st.integers(-3, 30)), max_size=8)


@each(steps=steps, asked=st.integers(-5, 1200))
def test_the_status_of_any_day_is_what_a_replay_of_the_days_gives(
    steps: list[tuple[Callable[[date], Any], int]], asked: int
) -> None:
    history: list[CertificateEvent] = [ISSUED]
    for make, days in steps:
        command = make(ISSUED.issued_on + timedelta(days=days))
        try:
            history += CERTIFICATE.decide(command, fold(CERTIFICATE, history), Seen())
        except Rejected:
            continue
    day = ISSUED.issued_on + timedelta(days=asked)
    state = fold(CERTIFICATE, history)
    assert isinstance(state, Issued)
    assert state.status(day) == replayed(history, day)


def replayed(history: list[CertificateEvent], asked: date) -> Status:
    """Day for day from the issue, what happened on it in its order."""
    status, day = Status.NOT_YET_ISSUED, ISSUED.issued_on
    while day <= asked:
        status = Status.HOLDS if day == ISSUED.issued_on else status
        for event in history[1:]:
            match event:
                case CertificateSuspended(suspended_on=on) if on == day:
                    status = Status.SUSPENDED
                case CertificateReinstated(reinstated_on=on) if on == day:
                    status = Status.HOLDS
                case CertificateRevoked(revoked_on=on) if on == day:
                    status = Status.REVOKED
        day += timedelta(days=1)
    ended = ISSUED.valid_until is not None and asked > ISSUED.valid_until
    return Status.EXPIRED if ended and status is not Status.REVOKED else status


def test_a_number_of_a_level_has_the_national_layout() -> None:
    number = prefix("SKILL_LEVEL", ISSUER, "5", date(2026, 5, 20)) + "000123"
    assert number == "S001252000001265000123"
    found = parse(number)
    assert (found.layout, found.institution, found.province, found.place) == ("S", "0012", "52", "000001")
    assert (found.year, found.level, found.serial) == ("26", "5", "000123")


def test_a_number_of_a_national_qualification_has_the_older_layout() -> None:
    number = prefix("QUALIFICATION", ISSUER, "3", date(2026, 5, 20)) + "00042"
    assert number == "2652011001300042"
    found = parse(number)
    assert (found.layout, found.province, found.place, found.institution) == ("qualification", "52", "01", "1001")
    assert (found.year, found.level, found.serial) == ("26", "3", "00042")


@pytest.mark.parametrize("text", ["", "S", "S00125200000126500012", "S00125200000126500012X", "２652011001300042"])
def test_other_texts_are_no_numbers(text: str) -> None:
    with pytest.raises(ValueError, match="no number"):
        parse(text)


issuers = st.builds(
    Issuer,
    kind=st.sampled_from(["EMPLOYER", "SOCIAL"]),
    region=st.from_regex(r"[1-6][0-9]{5}", fullmatch=True),
    filing_code=st.from_regex(r"[0-9]{4}", fullmatch=True),
    site=st.from_regex(r"[0-9]{6}", fullmatch=True),
    appraisal_code=st.from_regex(r"[0-4][0-9]{3}", fullmatch=True),
)
kinds = st.sampled_from(["QUALIFICATION", "SKILL_LEVEL", "SINGLE_ABILITY", "SPECIAL_ABILITY", "TRAINING_COMPLETION"])


@each(issuer=issuers, kind=kinds, level=st.sampled_from("012345"), day=st.dates(), certificate=st.uuids().map(str))
def test_every_number_that_is_drawn_says_what_it_was_made_of(
    issuer: Issuer, kind: str, level: str, day: date, certificate: str
) -> None:
    for number in drawn(prefix(kind, issuer, level, day), certificate):
        found = parse(number)
        assert (found.year, found.level, found.province) == (f"{day.year % 100:02}", level, issuer.region[:2])
        older = kind == "QUALIFICATION"
        assert found.institution == (issuer.appraisal_code if older else issuer.filing_code)
        assert found.place == (issuer.region[2:4] if older else issuer.site)
        assert int(found.serial) > 0


@each(certificates=st.sets(st.uuids().map(str), min_size=2, max_size=40))
def test_certificates_that_are_issued_one_after_the_other_never_share_a_number(certificates: set[str]) -> None:
    holders: dict[tuple[str, str], str] = {}
    for certificate in sorted(certificates):
        command = replace(ISSUE, certificate=certificate, prefix="26520110015")
        (issued,) = CERTIFICATE.decide(command, CERTIFICATE.initial, Seen({}, holders))
        assert isinstance(issued, CertificateIssued)
        assert (NUMBER, issued.number) not in holders
        holders[NUMBER, issued.number] = certificate
