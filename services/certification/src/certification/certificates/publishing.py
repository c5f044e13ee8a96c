"""What other services may know of a certificate: never the number that is printed, nor who signed."""

from typing import TypedDict, assert_never

from contracts.certification import (
    CertificateIssuedV1,
    CertificateReinstatedV1,
    CertificateRevokedV1,
    CertificateSuspendedV1,
)
from contracts.public_event import PublicEvent

from certification.certificates.events import (
    CertificateEvent,
    CertificateIssued,
    CertificateReinstated,
    CertificateRevoked,
    CertificateSuspended,
)


def publish(event: CertificateEvent) -> PublicEvent:
    match event:
        case CertificateIssued():
            return CertificateIssuedV1(
                **_named(event),
                issued_on=event.issued_on,
                valid_until=event.valid_until,
                region=event.region,
                assessment=event.assessment,
                body=event.body,
                training_class=event.training_class,
                standard_fee=event.standard_fee,
                charged_fee=event.charged_fee,
            )
        case CertificateSuspended():
            return CertificateSuspendedV1(
                **_named(event),
                suspended_on=event.suspended_on,
                reason=event.reason,
                organisation=event.organisation,
            )
        case CertificateReinstated():
            return CertificateReinstatedV1(
                **_named(event),
                reinstated_on=event.reinstated_on,
                organisation=event.organisation,
            )
        case CertificateRevoked():
            return CertificateRevokedV1(
                **_named(event),
                corrects=event.corrects,
                revoked_on=event.revoked_on,
                reason=event.reason,
                organisation=event.organisation,
            )
        case _:
            assert_never(event)


class _Named(TypedDict):
    certificate: str
    worker: str
    kind: str
    occupation: str
    level: str


def _named(event: CertificateEvent) -> _Named:
    return _Named(
        certificate=event.certificate,
        worker=event.worker,
        kind=event.kind,
        occupation=event.occupation,
        level=event.level,
    )
