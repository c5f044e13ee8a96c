"""When certification tells of a certificate, or another province nominates a worker with some, hiring knows them."""

from collections.abc import Iterable
from typing import Any, Final

from contracts.certification import (
    CertificateIssuedV1,
    CertificateReinstatedV1,
    CertificateRevokedV1,
    CertificateSuspendedV1,
)
from contracts.transfer import NominatedV1
from eventcore import Do, Fact

from placement.jobs.days import day_of
from placement.jobs.qualifications.events import CertificateMarked, CertificateNoted, QualificationEvent
from placement.jobs.qualifications.qualification import QUALIFICATION, HearOf, Held, Note, QualificationCommand
from placement.telling import province_told_by

FOREIGN: Final = (
    CertificateIssuedV1.type,
    CertificateSuspendedV1.type,
    CertificateReinstatedV1.type,
    CertificateRevokedV1.type,
    NominatedV1.type,
)


def when_a_certificate_is_told_of_note_it_for_hiring(fact: Fact[Any]) -> Iterable[Do[QualificationCommand]]:
    if isinstance(fact.event, NominatedV1):
        yield Do(QUALIFICATION, fact.event.worker, _told(fact.event, fact))
    elif (event := _noted(fact.event)) is not None:
        yield Do(QUALIFICATION, event.worker, Note(event=event))


def _told(nominated: NominatedV1, fact: Fact[Any]) -> HearOf:
    held = (
        Held(certificate=each.certificate, occupation=each.occupation, level=each.level) for each in nominated.skills
    )
    return HearOf(
        worker=nominated.worker,
        home=nominated.home,
        certificates=tuple(held),
        told_on=day_of(fact),
        told_by=province_told_by(fact) or "",
    )


def _noted(told: object) -> QualificationEvent | None:
    match told:
        case CertificateIssuedV1():
            return CertificateNoted(
                worker=told.worker,
                certificate=told.certificate,
                occupation=told.occupation,
                level=told.level,
                holds_from=told.issued_on,
                valid_until=told.valid_until,
                told_by="",
            )
        case CertificateSuspendedV1(worker=worker, certificate=certificate, suspended_on=day):
            return CertificateMarked(worker=worker, certificate=certificate, holds=False, marked_on=day)
        case CertificateReinstatedV1(worker=worker, certificate=certificate, reinstated_on=day):
            return CertificateMarked(worker=worker, certificate=certificate, holds=True, marked_on=day)
        case CertificateRevokedV1(worker=worker, certificate=certificate, revoked_on=day):
            return CertificateMarked(worker=worker, certificate=certificate, holds=False, marked_on=day)
        case _:
            return None
