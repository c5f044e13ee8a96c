"""What can have happened to a certificate. Storage format: names and fields are for ever.

Each event says by itself whose certificate it is and for what, because each becomes public by itself.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateIssued:
    type: ClassVar[str] = "certificate-issued"
    certificate: str
    """Key of this stream."""
    number: str
    """What is printed; it never becomes public with the rest."""
    worker: str
    kind: str
    occupation: str
    level: str
    issued_on: date
    valid_until: date | None
    """The last day; None: no end."""
    region: str
    assessment: str
    body: str
    training_class: str | None
    standard_fee: int
    charged_fee: int
    """Fen, both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateSuspended:
    type: ClassVar[str] = "certificate-suspended"
    certificate: str
    worker: str
    kind: str
    occupation: str
    level: str
    suspended_on: date
    reason: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateReinstated:
    type: ClassVar[str] = "certificate-reinstated"
    certificate: str
    worker: str
    kind: str
    occupation: str
    level: str
    reinstated_on: date
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRevoked:
    type: ClassVar[str] = "certificate-revoked"
    certificate: str
    worker: str
    kind: str
    occupation: str
    level: str
    corrects: str
    """Id of the event that issued it."""
    revoked_on: date
    reason: str
    official: str
    organisation: str


CertificateEvent: TypeAlias = CertificateIssued | CertificateSuspended | CertificateReinstated | CertificateRevoked
