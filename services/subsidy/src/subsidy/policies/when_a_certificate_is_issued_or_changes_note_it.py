"""When a certificate is issued, suspended, reinstated or revoked, that is noted in the worker's dossier."""

from collections.abc import Iterable
from typing import Any, Literal

from contracts.certification import (
    Certificate,
    CertificateIssuedV1,
    CertificateReinstatedV1,
    CertificateRevokedV1,
    CertificateSuspendedV1,
)
from eventcore import Do, Fact

from subsidy.claims.dossier.dossier import DOSSIER, DossierCommand, Note
from subsidy.claims.dossier.events import CertificateNoted, CertificateStatusNoted
from subsidy.claims.dossier.parts import Said

TYPES = (
    CertificateIssuedV1.type,
    CertificateSuspendedV1.type,
    CertificateReinstatedV1.type,
    CertificateRevokedV1.type,
)


def when_a_certificate_is_issued_or_changes_note_it(fact: Fact[Any]) -> Iterable[Do[DossierCommand]]:
    event, said = fact.event, Said(fact=fact.id, order=fact.version)
    match event:
        case CertificateIssuedV1():
            yield Do(DOSSIER, event.worker, Note(_issued(event, said)))
        case CertificateSuspendedV1():
            yield _status(event, "SUSPENDED", said)
        case CertificateReinstatedV1():
            yield _status(event, "REINSTATED", said)
        case CertificateRevokedV1():
            yield _status(event, "REVOKED", said)
        case _:
            return


def _issued(event: CertificateIssuedV1, said: Said) -> CertificateNoted:
    return CertificateNoted(
        worker=event.worker,
        certificate=event.certificate,
        kind=event.kind,
        occupation=event.occupation,
        level=event.level,
        issued_on=event.issued_on,
        region=event.region,
        body=event.body,
        training_class=event.training_class,
        standard_fee=event.standard_fee,
        charged_fee=event.charged_fee,
        said=said,
        concerns=(),
    )


def _status(
    event: Certificate, status: Literal["SUSPENDED", "REINSTATED", "REVOKED"], said: Said
) -> Do[DossierCommand]:
    noted = CertificateStatusNoted(
        worker=event.worker, certificate=event.certificate, status=status, said=said, concerns=()
    )
    return Do(DOSSIER, event.worker, Note(noted))
