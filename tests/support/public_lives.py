"""Public events of one worker's way, from the registration to the certificate, and of institutions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final
from zlib import crc32

from contracts.certification import CertificateIssuedV1, CertificateRevokedV1, CertificateSuspendedV1
from contracts.public_event import PublicEvent
from contracts.registry import (
    DuplicateDecidedV1,
    GroupMembership,
    PersonalDataErasedV1,
    TraineeDesignatedV1,
    TraineeDesignationEndedV1,
    WorkerDeathWithdrawnV1,
    WorkerDeceasedV1,
    WorkerGroupAssignedV1,
    WorkerGroupEndedV1,
    WorkerGroupWithdrawnV1,
    WorkerMovedV1,
    WorkerRegisteredV1,
)
from contracts.training import (
    AttendanceCorrectedV1,
    BaseAccreditedV1,
    BaseRevokedV1,
    EnrolledV1,
    TrainingCompletedV1,
    TrainingFailedV1,
    WithdrawnV1,
)
from published import Published

SCHOOL: Final = "91520000MA6DJ00X1A"
COOK: Final = "2022/4-03-02-01"
OFFICE: Final = "hr-520000"
TRACE: Final = "00-{:032x}-00f067aa0ba902b7-01"


def noon(day: date) -> datetime:
    """In Asia/Shanghai."""
    return datetime(day.year, day.month, day.day, 4, 0, tzinfo=UTC)


@dataclass(kw_only=True)
class Streams:
    """Says facts in streams: each gets the next version of its own."""

    _versions: dict[str, int] = field(default_factory=dict)

    def say(self, event: PublicEvent, stream: str, day: date) -> Published:
        version = self._versions[stream] = self._versions.get(stream, 0) + 1
        trace = TRACE.format(crc32(f"{stream}/{version}".encode()) + 1)
        return Published(event=event, stream=stream, version=version, at=noon(day), trace=trace)


@dataclass(kw_only=True)
class Person(Streams):
    """A worker. Each method is one fact, on its day."""

    key: str
    region: str = "520526"
    institution: str = SCHOOL
    occupation: str = COOK

    @property
    def stream(self) -> str:
        return f"worker-{self.key}"

    def registered(self, day: date, groups: Sequence[str] = ()) -> Published:
        members = tuple(GroupMembership(group=each, valid_from=day) for each in groups)
        event = WorkerRegisteredV1(
            worker=self.key, survey=f"survey-{self.key}", household_region=self.region, groups=members
        )
        return self.say(event, self.stream, day)

    def moved(self, region: str, day: date) -> Published:
        event = WorkerMovedV1(
            worker=self.key, household_region=region, valid_from=day, evidence="household-1", organisation=OFFICE
        )
        return self.say(event, self.stream, day)

    def assigned(self, group: str, day: date, until: date | None = None) -> Published:
        event = WorkerGroupAssignedV1(
            worker=self.key, group=group, valid_from=day, valid_to=until, evidence="D-1", organisation=OFFICE
        )
        return self.say(event, self.stream, day)

    def group_ended(self, group: str, since: date, until: date) -> Published:
        event = WorkerGroupEndedV1(
            worker=self.key, group=group, valid_from=since, valid_to=until, evidence="D-2", organisation=OFFICE
        )
        return self.say(event, self.stream, until)

    def group_withdrawn(self, group: str, since: date, day: date) -> Published:
        event = WorkerGroupWithdrawnV1(
            worker=self.key, group=group, valid_from=since, evidence="survey-1", organisation=OFFICE
        )
        return self.say(event, self.stream, day)

    def designated(self, day: date, plan: str = "plan-2026") -> Published:
        event = TraineeDesignatedV1(
            worker=self.key, plan=plan, designated_on=day, priority=("POOR_HOUSEHOLD",), organisation=OFFICE
        )
        return self.say(event, self.stream, day)

    def designation_ended(self, reason: str, day: date, plan: str = "plan-2026") -> Published:
        event = TraineeDesignationEndedV1(worker=self.key, plan=plan, reason=reason, organisation=OFFICE)
        return self.say(event, self.stream, day)

    def died(self, day: date) -> Published:
        return self.say(WorkerDeceasedV1(worker=self.key, died_on=day, organisation=OFFICE), self.stream, day)

    def death_withdrawn(self, death: Published, died_on: date, day: date) -> Published:
        event = WorkerDeathWithdrawnV1(
            worker=self.key, corrects=f"{death.stream}/{death.version}", died_on=died_on, organisation=OFFICE
        )
        return self.say(event, self.stream, day)

    def erased(self, day: date) -> Published:
        return self.say(PersonalDataErasedV1(worker=self.key, organisation=OFFICE), self.stream, day)

    def same_as(self, other: str, day: date) -> Published:
        """This worker stands for both."""
        return self._decided(other, "SAME", undone=False, day=day)

    def undone(self, other: str, day: date) -> Published:
        return self._decided(other, "DIFFERENT", undone=True, day=day)

    def _decided(self, other: str, verdict: str, *, undone: bool, day: date) -> Published:
        event = DuplicateDecidedV1(
            worker=self.key,
            other=other,
            verdict=verdict,
            undone=undone,
            reason="DOCUMENTS_COMPARED",
            organisation=OFFICE,
        )
        return self.say(event, self.stream, day)

    def _in_class(self, training_class: str) -> dict[str, Any]:
        return {
            "worker": self.key,
            "training_class": training_class,
            "institution": self.institution,
            "region": "520500",
            "programme": "programme-1",
            "programme_version": 1,
            "occupation": self.occupation,
            "level": "5",
            "category": "SKILL",
            "starts_on": date(2026, 1, 5),
            "ends_on": date(2026, 4, 3),
        }

    @property
    def enrolment(self) -> str:
        return f"enrolment-{self.key}"

    def enrolled(self, day: date, training_class: str = "class-1") -> Published:
        event = EnrolledV1(**self._in_class(training_class), choice=f"{self.enrolment}/1", priority=("POOR_HOUSEHOLD",))
        return self.say(event, self.enrolment, day)

    def withdrew(self, day: date, training_class: str = "class-1") -> Published:
        event = WithdrawnV1(**self._in_class(training_class), withdrawn_on=day, reason="ILLNESS")
        return self.say(event, self.enrolment, day)

    def completed(self, day: date, training_class: str = "class-1") -> Published:
        event = TrainingCompletedV1(
            **self._in_class(training_class), completed_on=day, minutes=28_800, attended_days=60
        )
        return self.say(event, self.enrolment, day)

    def failed(self, day: date, training_class: str = "class-1") -> Published:
        event = TrainingFailedV1(
            **self._in_class(training_class), failed_on=day, minutes=900, attended_days=3, reason="HOURS"
        )
        return self.say(event, self.enrolment, day)

    def corrected(self, what: Published, day: date, *, completed: bool, training_class: str = "class-1") -> Published:
        event = AttendanceCorrectedV1(
            worker=self.key,
            training_class=training_class,
            corrects=f"{what.stream}/{what.version}",
            minutes=1_000,
            attended_days=4,
            completed=completed,
            organisation=OFFICE,
        )
        return self.say(event, self.enrolment, day)

    def _certificate(self, certificate: str) -> dict[str, Any]:
        return {
            "certificate": certificate,
            "worker": self.key,
            "kind": "SKILL_LEVEL",
            "occupation": self.occupation,
            "level": "5",
        }

    def certified(self, day: date, training_class: str | None = "class-1", n: int = 1) -> Published:
        event = CertificateIssuedV1(
            **self._certificate(f"{self.key}-c{n}"),
            issued_on=day,
            region="520500",
            assessment="assessment-1",
            body="91520000MA6DJ00X2B",
            training_class=training_class,
            standard_fee=20_000,
            charged_fee=0,
        )
        return self.say(event, f"certificate-{self.key}-c{n}", day)

    def suspended(self, day: date, n: int = 1) -> Published:
        event = CertificateSuspendedV1(
            **self._certificate(f"{self.key}-c{n}"), suspended_on=day, reason="CHECK", organisation=OFFICE
        )
        return self.say(event, f"certificate-{self.key}-c{n}", day)

    def revoked(self, day: date, n: int = 1) -> Published:
        event = CertificateRevokedV1(
            **self._certificate(f"{self.key}-c{n}"),
            corrects=f"certificate-{self.key}-c{n}/1",
            revoked_on=day,
            reason="FRAUD",
            organisation=OFFICE,
        )
        return self.say(event, f"certificate-{self.key}-c{n}", day)


@dataclass(kw_only=True)
class Institution(Streams):
    """A training institution."""

    key: str = SCHOOL

    def accredited(self, day: date) -> Published:
        event = BaseAccreditedV1(
            institution=self.key,
            title="毕节市技工学校",
            region="520500",
            grade="A",
            occupations=(COOK,),
            accredited_on=day,
            organisation=OFFICE,
        )
        return self.say(event, f"institution-{self.key}", day)

    def base_revoked(self, day: date, void_from: date | None = None) -> Published:
        event = BaseRevokedV1(
            institution=self.key, ground="FALSE_RECORDS", revoked_on=day, void_from=void_from, organisation=OFFICE
        )
        return self.say(event, f"institution-{self.key}", day)
