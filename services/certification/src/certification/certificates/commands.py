"""What can be asked of a certificate."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from eventcore import Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCertificate:
    """`prefix`: all of the number but its serial."""

    certificate: str
    prefix: str
    worker: str
    kind: str
    occupation: str
    level: str
    issued_on: date
    valid_until: date | None
    region: str
    assessment: str
    body: str
    training_class: str | None
    standard_fee: int
    charged_fee: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendCertificate:
    on: date
    reason: str
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class ReinstateCertificate:
    on: date
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeCertificate:
    on: date
    reason: str
    by: Acting


CertificateCommand: TypeAlias = IssueCertificate | SuspendCertificate | ReinstateCertificate | RevokeCertificate
