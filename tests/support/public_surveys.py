"""The registry's public events of a survey."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from contracts.public_event import PublicEvent
from contracts.registry import (
    FallenApproval,
    GroupMembership,
    SurveyApprovedV1,
    SurveyInvalidatedV1,
    SurveyRecordedV1,
    SurveyRejectedV1,
    WorkerRegisteredV1,
)
from published import RECORDED_AT, Published

TRACE: Final = "00-{:032x}-00f067aa0ba902b7-01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """One survey and what may follow it; every step has its own trace."""

    key: str
    worker: str = "w1"
    region: str = "520526"
    groups: Sequence[str] = ("MONITORED",)
    surveyed_on: date = date(2026, 3, 2)
    number: int = 1
    """Makes the traces of this survey."""
    stream: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "stream", f"survey-{self.key}")

    def recorded(self, at: datetime = RECORDED_AT) -> Published:
        event = SurveyRecordedV1(
            worker=self.worker,
            household_region=self.region,
            groups=tuple(self.groups),
            surveyed_on=self.surveyed_on,
            organisation="township-1",
            employment_status="UNEMPLOYED",
            wishes=("JOB",),
            channel="TOWNSHIP_GOVERNMENT",
            capture_method="FIELD_SURVEY",
        )
        return self._published(event, 1, at)

    def approved(self, at: datetime = RECORDED_AT) -> Published:
        event = SurveyApprovedV1(
            worker=self.worker,
            household_region=self.region,
            groups=tuple(self.groups),
            surveyed_on=self.surveyed_on,
            organisation="county-1",
        )
        return self._published(event, 2, at)

    def rejected(self, at: datetime = RECORDED_AT) -> Published:
        event = SurveyRejectedV1(
            worker=self.worker,
            household_region=self.region,
            groups=tuple(self.groups),
            surveyed_on=self.surveyed_on,
            organisation="county-1",
            reason="NO_EVIDENCE",
        )
        return self._published(event, 2, at)

    def invalidated(self, at: datetime = RECORDED_AT, *, approved_at: datetime | None = None) -> Published:
        event = SurveyInvalidatedV1(
            worker=self.worker,
            household_region=self.region,
            groups=tuple(self.groups),
            surveyed_on=self.surveyed_on,
            organisation="county-1",
            corrects=f"{self.stream}/1",
            approval=FallenApproval(event=f"{self.stream}/2", at=approved_at) if approved_at else None,
            reason="WRONG_REGION",
        )
        return self._published(event, 3, at)

    def registered(self, at: datetime = RECORDED_AT) -> Published:
        groups = tuple(GroupMembership(group=each, valid_from=self.surveyed_on) for each in self.groups)
        event = WorkerRegisteredV1(worker=self.worker, survey=self.stream, household_region=self.region, groups=groups)
        return Published(
            event=event, stream=f"worker-{self.worker}", version=1, at=at, trace=TRACE.format(self.number * 10 + 9)
        )

    def _published(self, event: PublicEvent, version: int, at: datetime) -> Published:
        return Published(
            event=event, stream=self.stream, version=version, at=at, trace=TRACE.format(self.number * 10 + version)
        )
