"""Labour offices, a factory and workers for tests of vacancies, agreements and matching, over HTTP."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import httpx
from contracts.certification import CertificateIssuedV1
from contracts.placement import AgreementProposedV1, VacancyChangedV1, VacancyPublishedV1
from contracts.public_event import PublicEvent
from contracts.registry import GroupMembership, WishesRecordedV1, WorkerRegisteredV1
from contracts.stewardship import StewardshipHeldV1
from eventcore.clock import legal_day
from offers_samples import CIRCUITS
from published import Published
from served import Served

FACTORY: Final = "91520100MA6DT1234P"
WELDING: Final = "2022/6-18-02-04"
ABROAD: Final = str(UUID(int=77, version=4))
"""The agreement with Guangdong."""


def done(answer: httpx.Response, status: int = 201) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


def worker(n: int) -> str:
    return str(UUID(int=n, version=4))


def terms(**changed: Any) -> dict[str, Any]:
    usual = {
        "kind": "REGULAR",
        "occupation": CIRCUITS,
        "region": "520102",
        "heads": 2,
        "wage_from": 500_000,
        "wage_to": 650_000,
        "open_until": (legal_day() + timedelta(days=30)).isoformat(),
    }
    return usual | changed


class Office:
    """The labour offices of a home and a host county, and the factory."""

    def __init__(self, service: Served) -> None:
        self.service = service

    async def home(self, path: str, body: object) -> httpx.Response:
        return await self.service.post(path, body, office="placement-officer", region="520526")

    async def host(self, path: str, body: object) -> httpx.Response:
        return await self.service.post(path, body, office="placement-officer", region="520102")

    async def factory(self, path: str, body: object) -> httpx.Response:
        return await self.service.post(path, body, office="employer", region="520102", organisation=FACTORY)

    async def registered(self) -> None:
        body = {"employer": FACTORY, "title": "贵阳某电子厂", "region": "520102"}
        done(await self.host("/v1/employers", body))

    async def agreed(self, **changed: Any) -> str:
        body = {
            "side": "HOME",
            "kind": "COUNTY_PAIR",
            "home": "520526",
            "host": "520102",
            "quota": 5,
            "valid_from": legal_day().isoformat(),
            "valid_to": (legal_day() + timedelta(days=365)).isoformat(),
        }
        agreement: str = done(await self.home("/v1/agreements", body | changed))["agreement"]
        await self.service.catch_up()
        done(await self.host(f"/v1/agreements/{agreement}/signature", {"side": "HOST"}))
        await self.service.catch_up()
        return agreement

    async def agreed_abroad(self) -> None:
        """Guangdong proposes the agreement under which `abroad` is shared, and the province signs for home."""
        proposed = AgreementProposedV1(
            to=("520000",),
            agreement=ABROAD,
            kind="PROVINCE_PAIR",
            home="520000",
            host="440000",
            occupations=(),
            quota=10,
            valid_from=legal_day(),
            valid_to=legal_day() + timedelta(days=365),
            organisation="hr-440000",
        )
        at = datetime(2026, 1, 5, tzinfo=UTC)
        told = Published(event=proposed, stream=f"agreement-{ABROAD}-host", version=1, at=at)
        await self.service.tell(told, said_in="440000")
        path, by = f"/v1/agreements/{ABROAD}/signature", {"office": "placement-officer", "region": "520000"}
        done(await self.service.post(path, {"side": "HOME"}, **by))
        await self.service.catch_up()

    async def vacancy(self, agreement: str | None = None, **changed: Any) -> str:
        body = terms(**changed) | {"employer": FACTORY, "agreement": agreement}
        found: str = done(await self.factory("/v1/vacancies", body))["vacancy"]
        await self.service.catch_up()
        return found

    async def offered(self, **wanted: Any) -> dict[str, str]:
        page = done(await self.service.get("/v1/vacancies", wanted), 200)["vacancies"]
        return {each["vacancy"]: each["region"] for each in page}


def registry(n: int, group: str) -> Sequence[Published]:
    """A worker of the home county who wishes a job, and for whom this province acts."""
    who, at = worker(n), datetime(2026, 1, 5, tzinfo=UTC)
    member = GroupMembership(group=group, valid_from=date(2021, 1, 1))
    told: tuple[tuple[PublicEvent, str, int], ...] = (
        (
            WorkerRegisteredV1(worker=who, survey=f"survey-{n}", household_region="520526", groups=(member,)),
            f"worker-{who}",
            1,
        ),
        (
            WishesRecordedV1(
                worker=who, wishes=("JOB",), recorded_on=at.date(), evidence=f"survey-{n}", organisation="hr-520526"
            ),
            f"worker-{who}",
            2,
        ),
        (
            StewardshipHeldV1(to=(), worker=who, epoch=1, home="520000", organisation="hr-520000"),
            f"stewardship-{who}",
            1,
        ),
    )
    return [Published(event=event, stream=stream, version=version, at=at) for event, stream, version in told]


def certified(n: int) -> Published:
    event = CertificateIssuedV1(
        certificate=f"c{n}",
        worker=worker(n),
        kind="SKILL_LEVEL",
        occupation=WELDING,
        level="5",
        issued_on=date(2026, 1, 5),
        region="520100",
        assessment="a1",
        body="52520000MA6DT4321L",
        standard_fee=0,
        charged_fee=0,
    )
    return Published(event=event, stream=f"certificate-c{n}", version=1, at=datetime(2026, 1, 5, tzinfo=UTC))


def abroad(version: int = 1) -> Published:
    """A welder's job in Shenzhen, as its province tells of it: published, then changed."""
    kind = VacancyPublishedV1 if version == 1 else VacancyChangedV1
    event = kind(
        to=("520000",),
        vacancy="abroad",
        employer="91440300MA5DT43210",
        kind="REGULAR",
        occupation=WELDING,
        level="5",
        certificate_needed=True,
        region="440306",
        heads=1,
        wage_from=800_000,
        wage_to=900_000,
        open_until=legal_day() + timedelta(days=30),
        agreement=ABROAD,
    )
    return Published(event=event, stream="vacancy-abroad", version=version, at=datetime(2026, 1, 5, tzinfo=UTC))
