"""Bodies of the routes of certificates, and how one is shown to offices."""

from datetime import date
from typing import Annotated
from uuid import UUID

from contracts.certificate_codes import RevocationReasonCode, SuspensionReasonCode
from eventcore.web import Body, example
from pydantic import BaseModel, Field, model_validator

from certification.certificates.status import Mark, Status, status_on
from certification.certificates.views.certificates import CertificateRow

Day = Annotated[date | None, Field(description="From which day; today where it is missing. 起始日期")]


class SuspensionIn(Body):
    """Why, and from which day. 暂停。"""

    model_config = example({"reason": "COMPLAINT", "on": "2026-09-01"})

    reason: SuspensionReasonCode
    on: Day = None


class ReinstatementIn(Body):
    """From which day it holds again. 恢复。"""

    model_config = example({"on": "2026-10-01"})

    on: Day = None


class RevocationIn(Body):
    """Why, and from which day. 撤销。"""

    model_config = example({"reason": "WRONG_PERSON", "on": "2026-10-01"})

    reason: RevocationReasonCode
    on: Day = None


class RevocationsIn(Body):
    """All certificates of a class, or of an assessment, and why. 批量撤销。"""

    model_config = example({"assessment": "0190a1b2-0000-7000-8000-0000000000a5", "reason": "FRAUD"})

    training_class: UUID | None = None
    assessment: UUID | None = None
    reason: RevocationReasonCode

    @model_validator(mode="after")
    def _one(self) -> "RevocationsIn":
        if (self.training_class is None) == (self.assessment is None):
            raise ValueError("exactly one of training_class and assessment")
        return self


class CertificateAnswer(BaseModel):
    """What a command on a certificate answers. 证书编号与版本。"""

    certificate: str
    version: int


class RevocationsAnswer(BaseModel):
    """What was revoked as a whole; the certificates follow by themselves. 批量撤销的对象与版本。"""

    id: str
    version: int


class MarkOut(BaseModel):
    """From this day on. 状态变更。"""

    day: date
    status: Status
    reason: str | None


class CertificateOut(BaseModel):
    """A certificate by ids; fees in fen; the status is that of the day asked for. 证书。"""

    certificate: str
    number: str
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
    status: Status
    marks: list[MarkOut]


class CertificatesOut(BaseModel):
    """Certificates of a worker, whichever of their ids they were issued for. 劳动者的证书。"""

    worker: str
    on: date
    certificates: list[CertificateOut]


class CertificatePage(BaseModel):
    """Certificates, and the cursor of the next page where there may be one."""

    certificates: list[CertificateOut]
    next: str | None


def shown(row: CertificateRow, day: date) -> CertificateOut:
    """As of that day."""
    marks = marks_of(row)
    facts = row.model_dump(exclude={"marks", "marked_on", "reasons"})
    status = status_on(day, row.issued_on, row.valid_until, marks)
    return CertificateOut(**facts, status=status, marks=[marked(each) for each in marks])


def marks_of(row: CertificateRow) -> list[Mark]:
    return [
        Mark(day=day, status=Status(status), reason=reason or None)
        for status, day, reason in zip(row.marks, row.marked_on, row.reasons, strict=True)
    ]


def marked(mark: Mark) -> MarkOut:
    return MarkOut(day=mark.day, status=mark.status, reason=mark.reason)
