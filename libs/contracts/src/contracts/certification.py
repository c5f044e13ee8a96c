"""Public events of certification: certificates, by what they say and whether they hold.

Every event says worker, occupation and level by itself. The stream of the event is the certificate.
"""

from datetime import date
from typing import Annotated

from pydantic import Field

from contracts.money import Fen
from contracts.public_event import (
    EntityId,
    EventId,
    ListCode,
    OccupationDigits,
    PublicEvent,
    RegionDigits,
    SkillLevel,
)
from contracts.training import Institution


class Certificate(PublicEvent):
    """Which certificate, of whom, for what. `certificate` is its id; the number that is printed stays at home."""

    certificate: EntityId
    worker: EntityId
    kind: ListCode
    occupation: OccupationDigits
    level: SkillLevel


class CertificateIssuedV1(Certificate):
    """A worker passed an assessment and has a certificate (R-CRT-01, R-CRT-07, R-CRT-09). 颁发证书"""

    type = "cn.labourbridge.certification.certificate-issued.v1"
    issued_on: date
    valid_until: Annotated[date | None, Field(description="The last day; None: no end")] = None
    region: Annotated[RegionDigits, Field(description="Where the assessment was held")]
    assessment: EntityId
    body: Annotated[Institution, Field(description="The assessment body")]
    training_class: Annotated[EntityId | None, Field(description="None: assessed without a class")] = None
    standard_fee: Annotated[Fen, Field(description="What the assessment costs")]
    charged_fee: Annotated[Fen, Field(description="What the worker paid (R-CRT-04, R-CRT-05)")]


class CertificateSuspendedV1(Certificate):
    """The certificate does not hold from a day on, until it is reinstated. 暂停"""

    type = "cn.labourbridge.certification.certificate-suspended.v1"
    suspended_on: date
    reason: ListCode
    organisation: EntityId


class CertificateReinstatedV1(Certificate):
    """The certificate holds again from a day on. 恢复"""

    type = "cn.labourbridge.certification.certificate-reinstated.v1"
    reinstated_on: date
    organisation: EntityId


class CertificateRevokedV1(Certificate):
    """The certificate never should have been issued: whoever relied on it decides again. 撤销"""

    type = "cn.labourbridge.certification.certificate-revoked.v1"
    corrects: Annotated[EventId, Field(description="The CertificateIssued that falls")]
    revoked_on: date
    reason: ListCode
    organisation: EntityId
