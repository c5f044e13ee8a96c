"""Public events of one worker's transfers and jobs: those of home, and of the place of the work."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from contracts.employment import (
    EmploymentEndedV1,
    EmploymentStartedV1,
    JobEndNotedV1,
    JobMonthNotedV1,
    JobNotedV1,
    MonthConfirmedV1,
    StableEmploymentReachedV1,
    StableEmploymentWithdrawnV1,
    UnemploymentRegisteredV1,
)
from contracts.transfer import (
    AcceptedV1,
    ArrivedV1,
    ConfirmedV1,
    DispatchedV1,
    NominatedV1,
    NotArrivedV1,
    RejectedV1,
    ReturnedV1,
    TransferNoted,
)
from public_lives import COOK, OFFICE, Streams, noon
from published import Published

FACTORY: Final = "91440300MA5EXAMPL1"


@dataclass(kw_only=True)
class Working(Streams):
    """A worker's way to work. Each method is one fact, on its day."""

    key: str
    home: str = "520526"
    host: str = "440306"
    keeps: str = "440000"
    """The province that keeps the jobs."""

    def _of(self, transfer: str) -> dict[str, Any]:
        return {
            "to": (),
            "transfer": transfer,
            "worker": self.key,
            "vacancy": "vacancy-1",
            "home": self.home,
            "host": self.host,
        }

    def _at_home(self, event: Any, day: date) -> Published:
        return self.say(event, f"transfer-{event.transfer}", day)

    def _at_host(self, event: Any, day: date) -> Published:
        return self.say(event, f"reception-{event.transfer}", day)

    def nominated(self, day: date, transfer: str = "t1") -> Published:
        event = NominatedV1(
            **self._of(transfer), groups=("MONITORED",), skills=(), answer_until=noon(day), organisation=OFFICE
        )
        return self._at_home(event, day)

    def accepted(self, day: date, transfer: str = "t1") -> Published:
        return self._at_host(AcceptedV1(**self._of(transfer), organisation=OFFICE), day)

    def rejected(self, day: date, transfer: str = "t1") -> Published:
        return self._at_host(RejectedV1(**self._of(transfer), reason="NO_SEAT", organisation=OFFICE), day)

    def confirmed(self, day: date, transfer: str = "t1") -> Published:
        return self._at_home(ConfirmedV1(**self._of(transfer), dispatch_until=noon(day)), day)

    def dispatched(self, day: date, transfer: str = "t1") -> Published:
        event = DispatchedV1(**self._of(transfer), left_on=day, arrive_until=noon(day), organisation=OFFICE)
        return self._at_home(event, day)

    def arrived(self, day: date, transfer: str = "t1") -> Published:
        return self._at_host(ArrivedV1(**self._of(transfer), arrived_on=day, organisation=OFFICE), day)

    def told_of(self, what: type[TransferNoted], day: date, transfer: str = "t1", **said: Any) -> Published:
        """What home heard of the host in another province."""
        about = {name: told for name, told in self._of(transfer).items() if name != "to"}
        return self._at_home(what(**about, **said), day)

    def not_arrived(self, day: date, transfer: str = "t1") -> Published:
        return self._at_host(NotArrivedV1(**self._of(transfer), organisation=OFFICE), day)

    def returned(self, day: date, transfer: str = "t1") -> Published:
        event = ReturnedV1(**self._of(transfer), reason="UNSUITED", returned_on=day, organisation=OFFICE)
        return self._at_host(event, day)

    def _job(self, job: str, transfer: str | None, *, self_found: bool) -> dict[str, Any]:
        return {
            "employment": f"{self.key}-{job}",
            "worker": self.key,
            "home": self.home,
            "employer": FACTORY,
            "region": self.host,
            "occupation": COOK,
            "self_found": self_found,
            "transfer": transfer,
        }

    def _noted(self, job: str, transfer: str | None, *, self_found: bool) -> dict[str, Any]:
        return {**self._job(job, transfer, self_found=self_found), "told_by": self.keeps}

    def _kept(self, job: str, transfer: str | None, *, self_found: bool) -> dict[str, Any]:
        return {**self._job(job, transfer, self_found=self_found), "to": (), "form": "LABOUR_CONTRACT"}

    def noted(self, day: date, job: str = "j1", transfer: str | None = None, *, self_found: bool = False) -> Published:
        event = JobNotedV1(**self._noted(job, transfer, self_found=self_found), started_on=day)
        return self.say(event, f"career-{self.key}", day)

    def month_noted(self, day: date, month: str, wage: int, job: str = "j1") -> Published:
        noted = self._noted(job, None, self_found=False)
        event = JobMonthNotedV1(**noted, month=month, days=22, wage=wage, insured=True)
        return self.say(event, f"career-{self.key}", day)

    def end_noted(self, day: date, job: str = "j1") -> Published:
        event = JobEndNotedV1(**self._noted(job, None, self_found=False), ended_on=day, reason="RESIGNED")
        return self.say(event, f"career-{self.key}", day)

    def stable(self, day: date) -> Published:
        event = StableEmploymentReachedV1(worker=self.key, home=self.home, years=(2024, 2025, 2026), reached_on=day)
        return self.say(event, f"career-{self.key}", day)

    def stable_withdrawn(self, what: Published, day: date) -> Published:
        event = StableEmploymentWithdrawnV1(worker=self.key, home=self.home, corrects=f"{what.stream}/{what.version}")
        return self.say(event, f"career-{self.key}", day)

    def started(
        self, day: date, job: str = "j1", transfer: str | None = None, *, self_found: bool = False
    ) -> Published:
        kept = self._kept(job, transfer, self_found=self_found)
        event = EmploymentStartedV1(**kept, started_on=day, organisation=OFFICE)
        return self.say(event, f"employment-{event.employment}", day)

    def month_confirmed(self, day: date, month: str, wage: int, job: str = "j1") -> Published:
        kept = self._kept(job, None, self_found=False)
        event = MonthConfirmedV1(**kept, month=month, days=22, wage=wage, insured=True)
        return self.say(event, f"employment-{event.employment}", day)

    def ended(self, day: date, job: str = "j1") -> Published:
        event = EmploymentEndedV1(**self._kept(job, None, self_found=False), ended_on=day, reason="RESIGNED")
        return self.say(event, f"employment-{event.employment}", day)

    def unemployed(self, day: date) -> Published:
        event = UnemploymentRegisteredV1(
            to=(), worker=self.key, region=self.home, registered_on=day, organisation=OFFICE
        )
        return self.say(event, f"follow-up-{self.key}", day)
