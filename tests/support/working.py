"""Offices and employers at work in placement, over HTTP; and what one province's placement says to another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

import httpx
from contracts.addressed import addressees
from contracts.certification import CertificateIssuedV1
from contracts.public_event import PublicEvent
from contracts.registry import WorkerRegisteredV1
from contracts.training import TrainingCompletedV1
from draining import read
from eventcore.codec import Codec
from eventcore.readers import Policy
from placement.app import SERVICE
from placement.jobs.employments.employment import EMPLOYMENT
from placement.jobs.followups.followup import FOLLOW_UP
from placement.publishing import published
from published import Published
from served import Served

FACTORY: Final = "91520100MA6DT1234P"
TRAINER: Final = "12520000MA6DT1234P"
HOME, CITY, SHENZHEN = "520526", "520102", "440306"
LABOURER, WELDER = "2022/4-02-05-01", "2022/6-18-02-04"
AT: Final = datetime(2026, 1, 5, tzinfo=UTC)
CLASS: Final = str(UUID(int=0xC1, version=4))
_SAID: Final = Policy("what_is_said", lambda _: (), own=(Codec(EMPLOYMENT.events), Codec(FOLLOW_UP.events)))


def done(answer: httpx.Response, status: int = 201) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


def worker(n: int) -> str:
    return str(UUID(int=n, version=4))


def told(event: PublicEvent, stream: str, version: int = 1) -> Published:
    return Published(event=event, stream=stream, version=version, at=AT)


def registered(n: int) -> Published:
    """A worker of the home county, for whom its province acts."""
    event = WorkerRegisteredV1(worker=worker(n), survey=f"survey-{n}", household_region=HOME, groups=())
    return told(event, f"worker-{worker(n)}")


def certified(n: int, issued_on: date = date(2026, 1, 5)) -> Published:
    event = CertificateIssuedV1(
        certificate=f"c{n}",
        worker=worker(n),
        kind="SKILL_LEVEL",
        occupation=WELDER,
        level="5",
        issued_on=issued_on,
        region="520100",
        assessment="a1",
        body="52520000MA6DT4321L",
        standard_fee=0,
        charged_fee=0,
    )
    return told(event, f"certificate-c{n}")


def trained(n: int) -> Published:
    event = TrainingCompletedV1(
        worker=worker(n),
        training_class=CLASS,
        institution=TRAINER,
        region="520123",
        programme="labourer",
        programme_version=1,
        occupation=LABOURER,
        level="0",
        category="EMPLOYMENT_SKILLS",
        starts_on=date(2026, 1, 12),
        ends_on=date(2026, 2, 13),
        completed_on=date(2026, 2, 13),
        minutes=7200,
        attended_days=24,
    )
    return told(event, f"enrolment-{worker(n)}", 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The labour office of a county, and the factory in it."""

    service: Served
    county: str

    async def post(self, path: str, body: object = None, **caller: str) -> httpx.Response:
        return await self.service.post(path, body, **({"office": "placement-officer", "region": self.county} | caller))

    async def factory(self, path: str, body: object) -> httpx.Response:
        return await self.post(path, body, office="employer", organisation=FACTORY)

    async def get(self, path: str, **asked: Any) -> dict[str, Any]:
        answer = await self.service.get(path, asked, office="placement-officer", region=self.county)
        return done(answer, 200)

    def hiring(self, n: int, started_on: str, **further: Any) -> dict[str, Any]:
        usual = {
            "worker": worker(n),
            "employer": FACTORY,
            "region": self.county,
            "occupation": LABOURER,
            "form": "ENTERPRISE",
            "begins": {"started_on": started_on},
        }
        return usual | further

    async def hired(self, n: int, started_on: str, **further: Any) -> str:
        found: str = done(await self.factory("/v1/employments", self.hiring(n, started_on, **further)))["employment"]
        await self.service.catch_up()
        return found

    async def confirmed(self, job: str, months: Sequence[str], days: int = 20) -> list[dict[str, Any]]:
        lines = [
            {"employment": job, "month": month, "days": days, "wage": 520_000, "insured": True} for month in months
        ]
        results: list[dict[str, Any]] = done(await self.factory("/v1/month-batches", {"months": lines}), 200)["results"]
        await self.service.catch_up()
        return results

    async def ended(self, job: str, on: str, reason: str = "DISMISSED") -> None:
        done(await self.factory(f"/v1/employments/{job}/end", {"ended_on": on, "reason": reason}))
        await self.service.catch_up()


async def said_to(service: Served, region: str) -> list[Published]:
    """What the service has said of jobs to that province, in order."""
    found = []
    for fact in read(await SERVICE.pages_of(service.pool, _SAID).after(0)):
        event = published(fact.event)
        if event is not None and region in addressees(event):
            found.append(Published(event=event, stream=fact.stream, version=fact.version, at=fact.occurred_at))
    return found
