"""All topics and the public events that they carry."""

from dataclasses import dataclass
from typing import Final

from contracts import reservation, roll, stewardship, transfer
from contracts.certification import (
    CertificateIssuedV1,
    CertificateReinstatedV1,
    CertificateRevokedV1,
    CertificateSuspendedV1,
)
from contracts.employment import (
    ContractSignedV1,
    EmploymentEndedV1,
    EmploymentStartedV1,
    JobEndNotedV1,
    JobMonthNotedV1,
    JobNotedV1,
    MonthConfirmedV1,
    StableEmploymentAtRiskV1,
    StableEmploymentReachedV1,
    StableEmploymentWithdrawnV1,
    UnemploymentRegisteredV1,
)
from contracts.identity import (
    ErasureDoneV1,
    ErasureOrderedV1,
    IdentityAnsweredV1,
    IdentityAskedV1,
    KeyOfferedV1,
    RecordReceivedV1,
    RecordSentV1,
)
from contracts.placement import (
    AgreementEndedV1,
    AgreementProposedV1,
    AgreementSignedV1,
    EmploymentBaseRevokedV1,
    EmploymentBaseSelectedV1,
    VacancyChangedV1,
    VacancyClosedV1,
    VacancyFilledV1,
    VacancyPublishedV1,
)
from contracts.public_event import PublicEvent
from contracts.registry import (
    DuplicateDecidedV1,
    HouseholdStatusChangedV1,
    PersonalDataErasedV1,
    SurveyApprovedV1,
    SurveyInvalidatedV1,
    SurveyRecordedV1,
    SurveyRejectedV1,
    TraineeDesignatedV1,
    TraineeDesignationEndedV1,
    TraineeListPublishedV1,
    UseRestrictedV1,
    UseRestrictionEndedV1,
    WishesRecordedV1,
    WorkerDeathWithdrawnV1,
    WorkerDeceasedV1,
    WorkerGroupAssignedV1,
    WorkerGroupEndedV1,
    WorkerGroupWithdrawnV1,
    WorkerMovedV1,
    WorkerRegisteredV1,
)
from contracts.students import STUDENT_EVENTS
from contracts.subsidy import (
    ClaimAdjustedV1,
    ClaimDecidedV1,
    ClaimOpenedV1,
    PaymentExecutedV1,
    PaymentFailedV1,
    PaymentOrderedV1,
    PaymentReturnedV1,
    RulePackPublishedV1,
)
from contracts.training import (
    AttendanceCorrectedV1,
    BaseAccreditedV1,
    BaseRevokedV1,
    ClassFiledV1,
    EnrolledV1,
    ProgrammeChangedV1,
    ProgrammeListedV1,
    ProgrammeWithdrawnV1,
    TrainingCompletedV1,
    TrainingFailedV1,
    WithdrawnV1,
)

PARTITIONS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    service: str
    stream_kind: str
    series: int
    """What becomes public later goes to the next series, filled from the beginning."""
    events: tuple[type[PublicEvent], ...]
    partitions: int = PARTITIONS

    def name(self, region: str) -> str:
        """`520000.registry.survey.1`"""
        return f"{region}.{self.service}.{self.stream_kind}.{self.series}"

    @property
    def types(self) -> frozenset[str]:
        return frozenset(each.type for each in self.events)


TOPICS: Final = (
    Topic(
        service="registry",
        stream_kind="survey",
        series=1,
        events=(SurveyRecordedV1, SurveyApprovedV1, SurveyRejectedV1, SurveyInvalidatedV1),
    ),
    Topic(
        service="registry",
        stream_kind="worker",
        series=1,
        events=(
            WorkerRegisteredV1,
            WorkerGroupAssignedV1,
            WorkerGroupEndedV1,
            WorkerGroupWithdrawnV1,
            WishesRecordedV1,
            TraineeDesignatedV1,
            WorkerDeceasedV1,
            DuplicateDecidedV1,
            UseRestrictedV1,
            UseRestrictionEndedV1,
            PersonalDataErasedV1,
            TraineeDesignationEndedV1,
            WorkerMovedV1,
            WorkerDeathWithdrawnV1,
        ),
    ),
    Topic(service="registry", stream_kind="household", series=1, events=(HouseholdStatusChangedV1,)),
    Topic(service="registry", stream_kind="trainee-list", series=1, events=(TraineeListPublishedV1,)),
    Topic(
        service="registry",
        stream_kind="stewardship",
        series=1,
        events=(
            stewardship.StewardshipGrantedV1,
            stewardship.StewardshipRequestedV1,
            stewardship.StewardshipRecalledV1,
            stewardship.StewardshipRefusedV1,
            stewardship.StewardshipHeldV1,
            stewardship.StewardshipEndingV1,
            stewardship.StewardshipReleasedV1,
            stewardship.StewardshipTakenBackV1,
            stewardship.StewardshipDeathReportedV1,
            stewardship.StewardshipDeathWithdrawnV1,
            roll.StewardsCalledV1,
            roll.StewardsAnsweredV1,
        ),
    ),
    Topic(
        service="registry",
        stream_kind="identity",
        series=1,
        events=(
            IdentityAskedV1,
            IdentityAnsweredV1,
            KeyOfferedV1,
            RecordSentV1,
            RecordReceivedV1,
            ErasureOrderedV1,
            ErasureDoneV1,
        ),
    ),
    Topic(service="training", stream_kind="institution", series=1, events=(BaseAccreditedV1, BaseRevokedV1)),
    Topic(
        service="training",
        stream_kind="programme",
        series=1,
        events=(ProgrammeListedV1, ProgrammeChangedV1, ProgrammeWithdrawnV1),
    ),
    Topic(service="training", stream_kind="class", series=1, events=(ClassFiledV1,)),
    Topic(
        service="training",
        stream_kind="enrolment",
        series=1,
        events=(EnrolledV1, WithdrawnV1, TrainingCompletedV1, TrainingFailedV1, AttendanceCorrectedV1),
    ),
    Topic(service="training", stream_kind="student", series=1, events=STUDENT_EVENTS),
    Topic(
        service="certification",
        stream_kind="certificate",
        series=1,
        events=(CertificateIssuedV1, CertificateSuspendedV1, CertificateReinstatedV1, CertificateRevokedV1),
    ),
    Topic(
        service="placement",
        stream_kind="employer",
        series=1,
        events=(EmploymentBaseSelectedV1, EmploymentBaseRevokedV1),
    ),
    Topic(
        service="placement",
        stream_kind="vacancy",
        series=1,
        events=(VacancyPublishedV1, VacancyChangedV1, VacancyFilledV1, VacancyClosedV1),
    ),
    Topic(
        service="placement",
        stream_kind="agreement",
        series=1,
        events=(AgreementProposedV1, AgreementSignedV1, AgreementEndedV1),
    ),
    Topic(
        service="placement",
        stream_kind="transfer",
        series=1,
        events=(
            transfer.NominatedV1,
            transfer.AcceptedV1,
            transfer.RejectedV1,
            transfer.ConfirmedV1,
            transfer.TooLateV1,
            transfer.TransferWithdrawnV1,
            transfer.ExpiredV1,
            transfer.DispatchedV1,
            transfer.ArrivedV1,
            transfer.NotArrivedV1,
            transfer.ReturnedV1,
            transfer.EmployedV1,
        ),
    ),
    Topic(
        service="placement",
        stream_kind="transfer",
        series=2,
        events=(transfer.RejectionNotedV1, transfer.ArrivalNotedV1, transfer.AbsenceNotedV1, transfer.ReturnNotedV1),
    ),
    Topic(
        service="placement",
        stream_kind="employment",
        series=1,
        events=(
            ContractSignedV1,
            EmploymentStartedV1,
            MonthConfirmedV1,
            EmploymentEndedV1,
            UnemploymentRegisteredV1,
        ),
    ),
    Topic(
        service="placement",
        stream_kind="career",
        series=1,
        events=(
            JobNotedV1,
            JobMonthNotedV1,
            JobEndNotedV1,
            StableEmploymentReachedV1,
            StableEmploymentWithdrawnV1,
            StableEmploymentAtRiskV1,
            StableEmploymentWithdrawnV1,
        ),
    ),
    Topic(
        service="placement",
        stream_kind="permission",
        series=1,
        events=(stewardship.ActingBegunV1, stewardship.StewardshipYieldedV1),
    ),
    Topic(service="subsidy", stream_kind="claim", series=1, events=(ClaimOpenedV1, ClaimDecidedV1, ClaimAdjustedV1)),
    Topic(
        service="subsidy",
        stream_kind="payment",
        series=1,
        events=(PaymentOrderedV1, PaymentExecutedV1, PaymentFailedV1, PaymentReturnedV1),
    ),
    Topic(
        service="subsidy",
        stream_kind="reservation",
        series=1,
        events=(
            reservation.ReservationAskedV1,
            reservation.ReservationGrantedV1,
            reservation.ReservationHeldV1,
            reservation.ReservationRefusedV1,
            reservation.ReservationReleasedV1,
            roll.HoldersCalledV1,
            roll.HoldersAnsweredV1,
        ),
    ),
    Topic(service="subsidy", stream_kind="rule-pack", series=1, events=(RulePackPublishedV1,)),
)
