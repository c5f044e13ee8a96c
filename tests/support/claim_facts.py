"""What other services say of a worker who learns, is assessed and gets a certificate: as their relays send it."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Final

from contracts.certification import (
    CertificateIssuedV1,
    CertificateReinstatedV1,
    CertificateRevokedV1,
    CertificateSuspendedV1,
)
from contracts.public_event import PublicEvent
from contracts.registry import (
    DuplicateDecidedV1,
    GroupMembership,
    SurveyApprovedV1,
    SurveyRecordedV1,
    WorkerDeceasedV1,
    WorkerGroupAssignedV1,
    WorkerRegisteredV1,
)
from contracts.training import AttendanceCorrectedV1, BaseRevokedV1, TrainingCompletedV1, TrainingFailedV1
from eventcore.ids import same_id
from published import Published

INSTITUTION: Final = "91520502MA6DLL0005"
BODY: Final = "91520502MA6DLL0013"
WELDER: Final = "2022/6-18-02-04"
WELDER_BEFORE: Final = "1999/6-04-02-05"
COUNTY: Final = "520526"
ENDED: Final = date(2026, 3, 20)
ISSUED: Final = date(2026, 4, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """Of one worker; what differs between tests are its fields."""

    name: str = "wang"
    occupation: str = WELDER
    level: str = "5"
    days: int = 20
    groups: tuple[str, ...] = ("MONITORED",)
    form: str | None = None
    issued_on: date = ISSUED

    @property
    def worker(self) -> str:
        return same_id("worker", self.name)

    @property
    def training_class(self) -> str:
        return same_id("class", self.name)

    @property
    def certificate(self) -> str:
        return same_id("certificate", self.name, self.occupation, self.level)

    def claim(self, kind: str) -> str:
        """The id of the claim that opens by itself."""
        return same_id(kind, self.worker, self.training_class if kind == "LIVING" else self.certificate)

    def but(self, **changes: Any) -> "Life":
        return replace(self, **changes)

    def registered(self) -> Published:
        groups = tuple(GroupMembership(group=each, valid_from=date(2024, 1, 1)) for each in self.groups)
        event = WorkerRegisteredV1(worker=self.worker, survey="survey-s1", household_region=COUNTY, groups=groups)
        return self._of_worker(event, 1)

    def surveyed(self) -> tuple[Published, Published]:
        """Recorded and approved."""
        common: dict[str, Any] = {
            "worker": self.worker,
            "household_region": COUNTY,
            "groups": self.groups,
            "surveyed_on": date(2026, 1, 5),
            "organisation": "bijie-hrss",
        }
        recorded = SurveyRecordedV1(
            **common,
            employment_status="EMPLOYED" if self.form else "UNEMPLOYED",
            employment_form=self.form,
            wishes=(),
            channel="TOWNSHIP_GOVERNMENT",
            capture_method="FIELD_SURVEY",
        )
        stream = f"survey-{self.name}"
        return said(recorded, stream, 1, 1), said(SurveyApprovedV1(**common), stream, 2, 1)

    def completed(self) -> Published:
        ended = self._in_class() | {"minutes": self.days * 360, "attended_days": self.days}
        return self._of_enrolment(TrainingCompletedV1(**ended, completed_on=ENDED), 4)

    def failed(self) -> Published:
        ended = self._in_class() | {"minutes": self.days * 360, "attended_days": self.days}
        return self._of_enrolment(TrainingFailedV1(**ended, failed_on=ENDED, reason="TEST_FAILED"), 4)

    def attended(self, days: int, *, completed: bool = True, version: int = 7) -> Published:
        """A correction of the attendance."""
        corrected = AttendanceCorrectedV1(
            worker=self.worker,
            training_class=self.training_class,
            corrects=f"enrolment-{self.worker}/4",
            minutes=days * 360,
            attended_days=days,
            completed=completed,
            organisation="bijie-hrss",
        )
        return self._of_enrolment(corrected, version)

    def issued(self) -> Published:
        event = CertificateIssuedV1(
            **self._certificate(),
            issued_on=self.issued_on,
            region="520502",
            assessment="a1",
            body=BODY,
            training_class=self.training_class,
            standard_fee=28000,
            charged_fee=8000,
        )
        return self._of_certificate(event, 1)

    def suspended(self) -> Published:
        by: dict[str, Any] = {
            "suspended_on": date(2026, 5, 1),
            "reason": "UNDER_INVESTIGATION",
            "organisation": "guizhou-hrss",
        }
        return self._of_certificate(CertificateSuspendedV1(**self._certificate(), **by), 2)

    def reinstated(self) -> Published:
        by: dict[str, Any] = {"reinstated_on": date(2026, 5, 20), "organisation": "guizhou-hrss"}
        return self._of_certificate(CertificateReinstatedV1(**self._certificate(), **by), 3)

    def revoked(self) -> Published:
        event = CertificateRevokedV1(
            **self._certificate(),
            corrects=f"certificate-{self.certificate}/1",
            revoked_on=date(2026, 6, 1),
            reason="FALSE_SCORES",
            organisation="guizhou-hrss",
        )
        return self._of_certificate(event, 4)

    def joins(self, group: str) -> Published:
        event = WorkerGroupAssignedV1(
            worker=self.worker,
            group=group,
            valid_from=date(2024, 1, 1),
            evidence="list-2024-1",
            organisation="bijie-hrss",
        )
        return self._of_worker(event, 3)

    def died(self, day: date) -> Published:
        return self._of_worker(WorkerDeceasedV1(worker=self.worker, died_on=day, organisation="bijie-hrss"), 9)

    def is_same_as(self, other: "Life", *, version: int = 20, day: int = 10, undone: bool = False) -> Published:
        """`other` is this worker; undone: two, after all."""
        event = DuplicateDecidedV1(
            worker=self.worker,
            other=other.worker,
            verdict="DIFFERENT" if undone else "SAME",
            undone=undone,
            reason="SAME_NUMBER",
            organisation="bijie-hrss",
        )
        return said(event, f"worker-{self.worker}", version, day)

    def _in_class(self) -> dict[str, Any]:
        return {
            "worker": self.worker,
            "training_class": self.training_class,
            "institution": INSTITUTION,
            "region": "520502",
            "programme": "welding",
            "programme_version": 1,
            "occupation": self.occupation,
            "level": self.level,
            "category": "SKILL",
            "mode": "FULL_TIME",
            "starts_on": date(2026, 2, 20),
            "ends_on": ENDED,
        }

    def _certificate(self) -> dict[str, Any]:
        return {
            "certificate": self.certificate,
            "worker": self.worker,
            "kind": "SKILL_LEVEL",
            "occupation": self.occupation,
            "level": self.level,
        }

    def _of_worker(self, event: PublicEvent, version: int) -> Published:
        return said(event, f"worker-{self.worker}", version, version)

    def _of_enrolment(self, event: PublicEvent, version: int) -> Published:
        return said(event, f"enrolment-{self.worker}", version, version)

    def _of_certificate(self, event: PublicEvent, version: int) -> Published:
        return said(event, f"certificate-{self.certificate}", version, version)


def base_revoked(void_from: date | None, version: int = 5) -> Published:
    """The institution that trained is revoked."""
    event = BaseRevokedV1(
        institution=INSTITUTION,
        ground="FALSE_TRAINING",
        revoked_on=date(2026, 6, 10),
        void_from=void_from,
        organisation="guizhou-hrss",
    )
    return said(event, f"institution-{INSTITUTION}", version, 1)


def said(event: PublicEvent, stream: str, version: int, day: int) -> Published:
    return Published(event=event, stream=stream, version=version, at=datetime(2026, 6, day, 3, 0, tzinfo=UTC))
