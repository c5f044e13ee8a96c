"""Read model of journeys: one row a step, so that steps may become known in any order."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from contracts import (
    certification,
    employment,
    registry,
    reservation,
    stewardship,
    students,
    subsidy,
    training,
    transfer,
)
from contracts.public_event import PublicEvent
from eventcore.facts import Fact
from eventcore.readers import View, table_name
from sqlalchemy import BigInteger, DateTime
from sqlmodel import Field, SQLModel

StepKind: TypeAlias = Literal[
    "SURVEY_RECORDED",
    "SURVEY_APPROVED",
    "SURVEY_REJECTED",
    "WORKER_REGISTERED",
    "WORKER_MOVED",
    "DUPLICATE_DECIDED",
    "TRAINEE_DESIGNATED",
    "DESIGNATION_ENDED",
    "ENROLLED",
    "WITHDRAWN",
    "TRAINING_COMPLETED",
    "TRAINING_FAILED",
    "ATTENDANCE_CORRECTED",
    "STUDENT_ADMITTED",
    "SCHOOL_YEAR_BEGUN",
    "STUDENT_GRADUATED",
    "STUDENT_LEFT",
    "CERTIFICATE_ISSUED",
    "CERTIFICATE_SUSPENDED",
    "CERTIFICATE_REINSTATED",
    "CERTIFICATE_REVOKED",
    "NOMINATED",
    "ACCEPTED",
    "REJECTED",
    "CONFIRMED",
    "TOO_LATE",
    "TRANSFER_WITHDRAWN",
    "TRANSFER_EXPIRED",
    "DISPATCHED",
    "ARRIVED",
    "NOT_ARRIVED",
    "RETURNED",
    "CONTRACT_SIGNED",
    "EMPLOYMENT_STARTED",
    "MONTH_CONFIRMED",
    "EMPLOYMENT_ENDED",
    "UNEMPLOYMENT_REGISTERED",
    "JOB_NOTED",
    "JOB_MONTH_NOTED",
    "JOB_END_NOTED",
    "STABLE_EMPLOYMENT_REACHED",
    "STABLE_EMPLOYMENT_AT_RISK",
    "STABLE_EMPLOYMENT_WITHDRAWN",
    "STEWARDSHIP_REQUESTED",
    "STEWARDSHIP_RELEASED",
    "STEWARDSHIP_GRANTED",
    "STEWARDSHIP_TAKEN_BACK",
    "CLAIM_OPENED",
    "RESERVATION_ASKED",
    "RESERVATION_GRANTED",
    "RESERVATION_REFUSED",
    "RESERVATION_RELEASED",
    "CLAIM_DECIDED",
    "CLAIM_ADJUSTED",
    "PAYMENT_ORDERED",
    "PAYMENT_EXECUTED",
    "PAYMENT_FAILED",
    "PAYMENT_RETURNED",
    "SURVEY_INVALIDATED",
    "WORKER_DECEASED",
    "DEATH_WITHDRAWN",
    "PERSONAL_DATA_ERASED",
]

KINDS: Final[Mapping[type[PublicEvent], StepKind]] = MappingProxyType(
    {
        registry.SurveyRecordedV1: "SURVEY_RECORDED",
        registry.SurveyApprovedV1: "SURVEY_APPROVED",
        registry.SurveyRejectedV1: "SURVEY_REJECTED",
        registry.WorkerRegisteredV1: "WORKER_REGISTERED",
        registry.WorkerMovedV1: "WORKER_MOVED",
        registry.DuplicateDecidedV1: "DUPLICATE_DECIDED",
        registry.TraineeDesignatedV1: "TRAINEE_DESIGNATED",
        registry.TraineeDesignationEndedV1: "DESIGNATION_ENDED",
        training.EnrolledV1: "ENROLLED",
        training.WithdrawnV1: "WITHDRAWN",
        training.TrainingCompletedV1: "TRAINING_COMPLETED",
        training.TrainingFailedV1: "TRAINING_FAILED",
        training.AttendanceCorrectedV1: "ATTENDANCE_CORRECTED",
        students.StudentAdmittedV1: "STUDENT_ADMITTED",
        students.SchoolYearBegunV1: "SCHOOL_YEAR_BEGUN",
        students.StudentGraduatedV1: "STUDENT_GRADUATED",
        students.StudentLeftV1: "STUDENT_LEFT",
        certification.CertificateIssuedV1: "CERTIFICATE_ISSUED",
        certification.CertificateSuspendedV1: "CERTIFICATE_SUSPENDED",
        certification.CertificateReinstatedV1: "CERTIFICATE_REINSTATED",
        certification.CertificateRevokedV1: "CERTIFICATE_REVOKED",
        transfer.NominatedV1: "NOMINATED",
        transfer.AcceptedV1: "ACCEPTED",
        transfer.RejectedV1: "REJECTED",
        transfer.ConfirmedV1: "CONFIRMED",
        transfer.TooLateV1: "TOO_LATE",
        transfer.TransferWithdrawnV1: "TRANSFER_WITHDRAWN",
        transfer.ExpiredV1: "TRANSFER_EXPIRED",
        transfer.DispatchedV1: "DISPATCHED",
        transfer.ArrivedV1: "ARRIVED",
        transfer.NotArrivedV1: "NOT_ARRIVED",
        transfer.ReturnedV1: "RETURNED",
        transfer.RejectionNotedV1: "REJECTED",
        transfer.ArrivalNotedV1: "ARRIVED",
        transfer.AbsenceNotedV1: "NOT_ARRIVED",
        transfer.ReturnNotedV1: "RETURNED",
        employment.ContractSignedV1: "CONTRACT_SIGNED",
        employment.EmploymentStartedV1: "EMPLOYMENT_STARTED",
        employment.MonthConfirmedV1: "MONTH_CONFIRMED",
        employment.EmploymentEndedV1: "EMPLOYMENT_ENDED",
        employment.UnemploymentRegisteredV1: "UNEMPLOYMENT_REGISTERED",
        employment.JobNotedV1: "JOB_NOTED",
        employment.JobMonthNotedV1: "JOB_MONTH_NOTED",
        employment.JobEndNotedV1: "JOB_END_NOTED",
        employment.StableEmploymentReachedV1: "STABLE_EMPLOYMENT_REACHED",
        employment.StableEmploymentAtRiskV1: "STABLE_EMPLOYMENT_AT_RISK",
        employment.StableEmploymentWithdrawnV1: "STABLE_EMPLOYMENT_WITHDRAWN",
        stewardship.StewardshipRequestedV1: "STEWARDSHIP_REQUESTED",
        stewardship.StewardshipReleasedV1: "STEWARDSHIP_RELEASED",
        stewardship.StewardshipGrantedV1: "STEWARDSHIP_GRANTED",
        stewardship.StewardshipTakenBackV1: "STEWARDSHIP_TAKEN_BACK",
        subsidy.ClaimOpenedV1: "CLAIM_OPENED",
        reservation.ReservationAskedV1: "RESERVATION_ASKED",
        reservation.ReservationGrantedV1: "RESERVATION_GRANTED",
        reservation.ReservationRefusedV1: "RESERVATION_REFUSED",
        reservation.ReservationReleasedV1: "RESERVATION_RELEASED",
        subsidy.ClaimDecidedV1: "CLAIM_DECIDED",
        subsidy.ClaimAdjustedV1: "CLAIM_ADJUSTED",
        subsidy.PaymentOrderedV1: "PAYMENT_ORDERED",
        subsidy.PaymentExecutedV1: "PAYMENT_EXECUTED",
        subsidy.PaymentFailedV1: "PAYMENT_FAILED",
        subsidy.PaymentReturnedV1: "PAYMENT_RETURNED",
        registry.SurveyInvalidatedV1: "SURVEY_INVALIDATED",
        registry.WorkerDeceasedV1: "WORKER_DECEASED",
        registry.WorkerDeathWithdrawnV1: "DEATH_WITHDRAWN",
        registry.PersonalDataErasedV1: "PERSONAL_DATA_ERASED",
    }
)
"""In the order in which one follows from the other where they happen at one moment."""

_ABOUT: Final = (
    "payment",
    "claim",
    "certificate",
    "training_class",
    "intake",
    "plan",
    "other",
    "employment",
    "transfer",
)


class StepRow(SQLModel):
    """A fact of a worker's life, and the trace that caused it."""

    event: str = Field(primary_key=True)
    """Public id: `stream/version/type`."""
    worker: str | None = Field(default=None, index=True)
    """None: a payment to an organisation, which belongs to who has the claim."""
    kind: str
    source: str
    survey: str | None = None
    """Stream of the survey that the step is about."""
    about: str | None = None
    """Id of the plan, class, intake, certificate, claim, payment, job or transfer, or of the linked worker."""
    claim: str | None = Field(default=None, index=True)
    version: int = Field(sa_type=BigInteger)
    region: str | None = None
    reason: str | None = None
    corrects: str | None = None
    """Event (`stream/version`) that holds no more."""
    amount: int | None = Field(default=None, sa_type=BigInteger)
    """In fen."""
    happened_at: datetime = Field(sa_type=DateTime(timezone=True))
    trace: str
    """W3C traceparent; empty where the fact came without one."""
    position: int = Field(sa_type=BigInteger)


class StepTable(StepRow, table=True):
    __tablename__ = table_name("journey", __file__)
    __table_args__ = {"schema": "views"}


def keys(fact: Fact[PublicEvent]) -> Iterable[str]:
    """A job that the own province keeps is told by its own facts, with their traces."""
    if not (isinstance(fact.event, employment.Career) and fact.source == f"/cn/{fact.event.told_by}/placement"):
        yield fact.id


def fold(row: StepRow | None, fact: Fact[PublicEvent]) -> StepRow:
    event, kind = fact.event, KINDS[type(fact.event)]
    return StepRow.model_construct(
        event=fact.id,
        worker=_worker(event),
        kind=kind,
        source=fact.source,
        survey=fact.stream if kind.startswith("SURVEY_") else _said(event, "survey"),
        about=_said(event, *_ABOUT),
        claim=_said(event, "claim"),
        version=fact.version,
        region=_said(event, "household_region", "region", "host"),
        reason=_said(event, "reason"),
        corrects=_said(event, "corrects"),
        amount=getattr(event, "amount", None) or getattr(event, "wage", None),
        happened_at=fact.occurred_at,
        trace=fact.meta.trace,
        position=fact.position,
    )


def _worker(event: PublicEvent) -> str | None:
    if isinstance(event, subsidy.OfPayment):
        return event.payee.id if event.payee.kind == "WORKER" else None
    return _said(event, "worker")


def _said(event: PublicEvent, *names: str) -> str | None:
    """The first of these members that events of this kind have."""
    return next((getattr(event, name) for name in names if name in type(event).model_fields), None)


JOURNEYS: Final = View(row=StepRow, table=StepTable, keys=keys, fold=fold, foreign=tuple(kind.type for kind in KINDS))
