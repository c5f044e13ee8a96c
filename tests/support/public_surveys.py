"""The registry's public events of a survey, as its relay sends them, and as a reader gets them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Protocol

from contracts import dialect
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
from eventcore.broker.messages import Incoming
from eventcore.facts import Fact, Meta

RECORDED_AT: Final = datetime(2026, 3, 1, tzinfo=UTC)
TRACE: Final = "00-{:032x}-00f067aa0ba902b7-01"


class Told(Protocol):
    """Takes messages in as from Kafka; returns when all views know them, unless `shown` is False."""

    async def __call__(self, *published: "Published", shown: bool = True) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A public event with its place in the stream that it belongs to."""

    event: PublicEvent
    stream: str
    version: int
    at: datetime
    trace: str = ""

    @property
    def id(self) -> str:
        """What consumers deduplicate by."""
        return f"{self.stream}/{self.version}/{self.event.type}"

    def fact(self, position: int) -> Fact[Any]:
        """As it is read from a log that took it in at this position."""
        return Fact(
            event=self.event,
            id=self.id,
            stream=self.stream,
            version=self.version,
            position=position,
            occurred_at=self.at,
            recorded_at=RECORDED_AT + timedelta(seconds=position),
            meta=Meta(trace=self.trace),
            source="/cn/520000/registry",
        )

    def message(self, offset: int, region: str = "520000") -> Incoming:
        """As it comes from Kafka."""
        packed = dialect.pack(
            self.event,
            region=region,
            service="registry",
            stream=self.stream,
            version=self.version,
            position=offset + 1,
            incarnation="registry-log",
            occurred_at=self.at,
            recorded_at=self.at,
            correlation=f"{self.stream}/1",
            causation="",
            trace=self.trace,
        )
        headers = tuple(packed.headers)
        return Incoming(
            topic=packed.topic,
            partition=0,
            offset=offset,
            key=packed.key,
            value=packed.value,
            headers=headers,
            timestamp=0,
        )


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
