"""The rules of a certificate: one number each, and what may follow on what (R-CRT-01, R-CRT-12, R-CRT-15)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeAlias, TypedDict, assert_never

from eventcore import Acting, Decider, Effect, Read, Seen, Take

from certification.certificates import refusals
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
from certification.certificates.status import Mark, Status, status_on
from certification.numbers import drawn

NUMBER: Final = "certificate-number"
"""Guard: number -> the certificate that has it, for ever."""


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    issue: CertificateIssued
    marks: tuple[Mark, ...] = ()

    def status(self, day: date) -> Status:
        """Whether it holds on that day, and if not, why."""
        return status_on(day, self.issue.issued_on, self.issue.valid_until, self.marks)

    @property
    def mark(self) -> Status:
        """What was said last of it, whatever its term."""
        return self.marks[-1].status if self.marks else Status.HOLDS

    @property
    def marked_on(self) -> date:
        return self.marks[-1].day if self.marks else self.issue.issued_on


Certificate: TypeAlias = Unknown | Issued


def decide(command: CertificateCommand, found: Certificate, seen: Seen) -> Sequence[CertificateEvent]:
    match command:
        case IssueCertificate():
            return issue(command, found, seen)
        case SuspendCertificate():
            return suspend(command, known(found))
        case ReinstateCertificate():
            return reinstate(command, known(found))
        case RevokeCertificate():
            return revoke(command, known(found))
        case _:
            assert_never(command)


def issue(command: IssueCertificate, found: Certificate, seen: Seen) -> Sequence[CertificateEvent]:
    """Once; with the first number of those drawn for it that nobody has."""
    if isinstance(found, Issued):
        return []
    numbers = drawn(command.prefix, command.certificate)
    number = next((each for each in numbers if seen.holder(NUMBER, each) is None), None)
    if number is None:
        raise refusals.NoNumberFree
    return [
        CertificateIssued(
            certificate=command.certificate,
            number=number,
            worker=command.worker,
            kind=command.kind,
            occupation=command.occupation,
            level=command.level,
            issued_on=command.issued_on,
            valid_until=command.valid_until,
            region=command.region,
            assessment=command.assessment,
            body=command.body,
            training_class=command.training_class,
            standard_fee=command.standard_fee,
            charged_fee=command.charged_fee,
        )
    ]


def suspend(command: SuspendCertificate, found: Issued) -> Sequence[CertificateEvent]:
    _require_standing(found)
    if found.mark is Status.SUSPENDED:
        return []
    _require_order(found, command.on, command.by)
    return [CertificateSuspended(**_named(found, command.by), suspended_on=command.on, reason=command.reason)]


def reinstate(command: ReinstateCertificate, found: Issued) -> Sequence[CertificateEvent]:
    _require_standing(found)
    if found.mark is Status.HOLDS:
        return []
    _require_order(found, command.on, command.by)
    return [CertificateReinstated(**_named(found, command.by), reinstated_on=command.on)]


def revoke(command: RevokeCertificate, found: Issued) -> Sequence[CertificateEvent]:
    """Once, for whatever reason first: alone, with its assessment, or with its class. An order of an earlier day than
    what was said last holds from that day: what a policy carries out late must not be lost."""
    if found.mark is Status.REVOKED:
        return []
    if command.on > command.by.today:
        raise refusals.MarkOutOfOrder
    on = max(command.on, found.marked_on)
    corrects = f"{CERTIFICATE.stream(found.issue.certificate)}/1"
    return [CertificateRevoked(**_named(found, command.by), corrects=corrects, revoked_on=on, reason=command.reason)]


def _require_standing(found: Issued) -> None:
    if found.mark is Status.REVOKED:
        raise refusals.CertificateRevokedAlready


def _require_order(found: Issued, day: date, by: Acting) -> None:
    if not found.marked_on <= day <= by.today:
        raise refusals.MarkOutOfOrder


class _Named(TypedDict):
    """What every later event repeats."""

    certificate: str
    worker: str
    kind: str
    occupation: str
    level: str
    official: str
    organisation: str


def _named(found: Issued, by: Acting) -> _Named:
    issue = found.issue
    return _Named(
        certificate=issue.certificate,
        worker=issue.worker,
        kind=issue.kind,
        occupation=issue.occupation,
        level=issue.level,
        official=by.official,
        organisation=by.organisation,
    )


def known(found: Certificate) -> Issued:
    """The certificate. Refuses where there is none."""
    if isinstance(found, Unknown):
        raise refusals.CertificateNotIssued
    return found


def evolve(found: Certificate, event: CertificateEvent) -> Certificate:
    match event:
        case CertificateIssued():
            return Issued(issue=event)
        case CertificateSuspended(suspended_on=day, reason=reason):
            return _marked(found, Mark(day=day, status=Status.SUSPENDED, reason=reason))
        case CertificateReinstated(reinstated_on=day):
            return _marked(found, Mark(day=day, status=Status.HOLDS))
        case CertificateRevoked(revoked_on=day, reason=reason):
            return _marked(found, Mark(day=day, status=Status.REVOKED, reason=reason))
        case _:
            assert_never(event)


def _marked(found: Certificate, mark: Mark) -> Certificate:
    before = known(found)
    return replace(before, marks=(*before.marks, mark))


def reads(command: CertificateCommand) -> Iterable[Read]:
    if isinstance(command, IssueCertificate):
        for number in drawn(command.prefix, command.certificate):
            yield Read(guard=(NUMBER, number))


def effects(_: Certificate, event: CertificateEvent) -> Iterable[Effect]:
    if isinstance(event, CertificateIssued):
        yield Take(NUMBER, event.number, event.certificate)


CERTIFICATE: Final[Decider[CertificateCommand, CertificateEvent, Certificate]] = Decider(
    category="certificate",
    initial=Unknown(),
    decide=decide,
    evolve=evolve,
    events=CertificateEvent,
    reads=reads,
    effects=effects,
)
