"""When results are confirmed, who has passed gets a certificate; when the assessment is void, they are revoked.

One policy does both, so that no certificate is revoked before it is issued.
"""

from collections.abc import Iterable
from typing import Any

from eventcore import Acting, Do, Fact

from certification.assessments.events import AssessmentVoided, Result, ResultsConfirmed
from certification.certificates.certificate import CERTIFICATE
from certification.certificates.commands import CertificateCommand, IssueCertificate, RevokeCertificate


def when_results_stand_or_fall_so_do_their_certificates(fact: Fact[Any]) -> Iterable[Do[CertificateCommand]]:
    match fact.event:
        case ResultsConfirmed() as confirmed:
            for result in confirmed.results:
                if result.certificate is not None:
                    yield Do(CERTIFICATE, result.certificate, _issue(confirmed, result, result.certificate))
        case AssessmentVoided() as voided:
            by = Acting(official=voided.official, organisation=voided.organisation, today=voided.voided_on)
            for certificate in voided.certificates:
                yield Do(CERTIFICATE, certificate, RevokeCertificate(on=voided.voided_on, reason=voided.reason, by=by))


def _issue(confirmed: ResultsConfirmed, result: Result, certificate: str) -> IssueCertificate:
    return IssueCertificate(
        certificate=certificate,
        prefix=confirmed.number_prefix,
        worker=result.worker,
        kind=confirmed.kind,
        occupation=confirmed.occupation,
        level=confirmed.level,
        issued_on=confirmed.issued_on,
        valid_until=confirmed.valid_until,
        region=confirmed.region,
        assessment=confirmed.assessment,
        body=confirmed.body,
        training_class=confirmed.training_class,
        standard_fee=confirmed.standard_fee,
        charged_fee=result.charged_fee,
    )
