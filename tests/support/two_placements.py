"""Placement of two provinces, each on its own log, and what each says to the other: carried by hand, in order."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import httpx
from contracts.addressed import addressees
from contracts.public_event import PublicEvent
from contracts.registry import GroupMembership, WorkerRegisteredV1
from draining import drain, read
from eventcore.clock import legal_day
from eventcore.facts import Fact
from eventcore.inbox import Inbox
from eventcore.readers.policy import PolicyWork
from placement.app import PROGRAM
from placement.offers import wiring as offers
from placement.publishing import published
from placement.transfers import wiring as transfers
from published import Published
from served import Served, serving

FACTORY: Final = "91520100MA6DT1234P"
ASSEMBLER: Final = "2022/6-25-01-13"
HOME_COUNTY: Final = "520526"
POLICIES: Final = (*offers.POLICIES, *transfers.POLICIES)
SAID_AT: Final = datetime(2026, 1, 5, tzinfo=UTC)


@dataclass(slots=True)
class Provinces:
    """`home` and `host` may be one service: then the transfer is between two of its counties."""

    home: Served
    host: Served
    host_county: str
    _carried: dict[str, int] = field(default_factory=dict)
    _taken: int = 1_000

    async def settle(self) -> None:
        """Policies answer and messages are carried, until nothing is left to do. Views are not asked for."""
        while True:
            for each in (self.home, self.host):
                await answered(each)
            brought = [await self.carry(self.home, self.host), await self.carry(self.host, self.home)]
            if self.home is self.host or not any(brought):
                return

    async def carry(self, speaker: Served, listener: Served) -> int:
        """What was said to the other province since; how much that was."""
        service, region = PROGRAM.service, speaker.settings.region
        page = await service.pages(speaker.pool, service.all_codecs(), ()).after(self._carried.get(region, 0))
        self._carried[region] = page.last
        said = [each for fact in read(page) if (each := _addressed(fact, listener.settings.region))]
        await self._take_in(listener, said, region)
        return len(said)

    async def _take_in(self, listener: Served, said: Sequence[Published], region: str) -> None:
        self._taken += len(said)
        messages = [each.message(self._taken + n, region) for n, each in enumerate(said)]
        await Inbox(listener.pool, listener.store.appended).receive(messages)

    async def at_home(self, path: str, body: object = None, status: int = 201) -> Any:
        return done(await self.home.post(path, body, office="placement-officer", region=HOME_COUNTY), status)

    async def at_host(self, path: str, body: object = None, status: int = 201) -> Any:
        return done(await self.host.post(path, body, office="placement-officer", region=self.host_county), status)

    async def known(self, worker: str) -> None:
        """The registry of home tells of the worker."""
        member = GroupMembership(group="POVERTY_LIFTED", valid_from=date(2021, 1, 1))
        event = WorkerRegisteredV1(worker=worker, survey="s1", household_region=HOME_COUNTY, groups=(member,))
        await self.told(event, f"worker-{worker}")

    async def told(self, event: PublicEvent, stream: str, version: int = 1) -> None:
        """Something that the registry of home says."""
        said = Published(event=event, stream=stream, version=version, at=SAID_AT)
        await self._take_in(self.home, [said], self.home.settings.region)
        await answered(self.home)

    async def offered(self, heads: int = 1) -> dict[str, str]:
        """A vacancy of the host, shared under an agreement of both: what a nomination names."""
        await self.at_host("/v1/employers", {"employer": FACTORY, "title": "某电子厂", "region": self.host_county})
        pair = "COUNTY_PAIR" if self.home is self.host else "PROVINCE_PAIR"
        terms = {
            "side": "HOME",
            "kind": pair,
            "home": HOME_COUNTY,
            "host": self.host_county,
            "quota": 5,
            "valid_from": legal_day().isoformat(),
            "valid_to": (legal_day() + timedelta(days=300)).isoformat(),
        }
        agreement = (await self.at_home("/v1/agreements", terms))["agreement"]
        await self.settle()
        await self.at_host(f"/v1/agreements/{agreement}/signature", {"side": "HOST"})
        await self.settle()
        vacancy = {
            "employer": FACTORY,
            "agreement": agreement,
            "kind": "REGULAR",
            "occupation": ASSEMBLER,
            "region": self.host_county,
            "heads": heads,
            "wage_from": 500_000,
            "wage_to": 650_000,
            "open_until": (legal_day() + timedelta(days=30)).isoformat(),
        }
        offered = (await self.at_host("/v1/vacancies", vacancy))["vacancy"]
        await self.settle()
        return {"vacancy": offered, "agreement": agreement}

    async def nominated(self, worker: str, offer: dict[str, str], **terms: object) -> str:
        """A worker who agreed, on the way to the host's desk."""
        body = {
            "worker": worker,
            "consented_on": legal_day().isoformat(),
            "consent": "纳劳输〔2026〕3号",
            **offer,
            **terms,
        }
        transfer: str = (await self.at_home("/v1/transfers", body))["transfer"]
        await self.settle()
        return transfer

    async def states(self, transfer: str) -> tuple[str, str]:
        """As each side shows it."""
        path, office = f"/v1/transfers/{transfer}", "placement-officer"
        sent = done(await self.home.get(path, office=office, region=HOME_COUNTY), 200)
        received = done(await self.host.get(path, office=office, region=self.host_county), 200)
        return sent["sides"][0]["state"], received["sides"][-1]["state"]

    async def seats(self, offer: dict[str, str]) -> list[str]:
        """What became of the seats, in the order in which it happened."""
        rows = await self.host.pool.fetch(
            "select type from log.events where stream_id = $1 and type like 'vacancy-seat-%' order by version",
            f"vacancy-{offer['vacancy']}",
        )
        return [row["type"].removeprefix("vacancy-seat-") for row in rows]


async def answered(served: Served) -> None:
    """The policies that a transfer goes through, to the end of the log."""
    service, pool = PROGRAM.service, served.pool
    await drain(pool, *(PolicyWork(served.store, each, service.pages_of(pool, each)) for each in POLICIES))


def _addressed(fact: Fact[Any], region: str) -> Published | None:
    event = published(fact.event)
    if event is None or region not in addressees(event):
        return None
    return Published(event=event, stream=fact.stream, version=fact.version, at=fact.occurred_at)


def done(answer: httpx.Response, status: int) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


@asynccontextmanager
async def two_provinces(home: str, host: str, folder: Path) -> AsyncIterator[Provinces]:
    """Guizhou and Guangdong, on the databases of these owners."""
    folders = folder / "home", folder / "host"
    for each in folders:
        each.mkdir()
    async with (
        serving(PROGRAM, home, folders[0]) as sending,
        serving(PROGRAM, host, folders[1], region="440000") as receiving,
    ):
        yield Provinces(sending, receiving, "440306")
