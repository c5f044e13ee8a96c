"""The third act: certified workers go to the other province, and what both provinces say of it afterwards."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import httpx

from lb.demo.assessments import Certified
from lb.demo.endings import ARRIVED, LEFT, Ending, Planned, planned
from lb.demo.offers import Offers
from lb.demo.offices import Office, each_of, until
from lb.demo.transfers import Transfers
from lb.deployment import Deployment

TRAVEL: Final = "CROSS_PROVINCE_TRAVEL"
ENTITLED: Final = frozenset({"POVERTY_LIFTED", "MONITORED"})
"""Groups of whose members the province pays the way."""
_PLACEMENT: Final = "cn.labourbridge.placement"
_REGISTRY: Final = "cn.labourbridge.registry"
_LIMIT: Final = 200


@dataclass(slots=True)
class Abroad:
    """What came of it, for the end of the demonstration."""

    endings: Mapping[str, int] = field(default_factory=dict)
    flows: Mapping[str, Any] = field(default_factory=dict)
    pairs: Sequence[Mapping[str, Any]] = ()
    worker: str = ""
    """One who has a job there."""
    journey: Mapping[str, Any] = field(default_factory=dict)
    """As the host's officer sees it."""


class ThirdAct:
    """Both provinces, through REST only."""

    def __init__(self, home: Deployment, host: Deployment, client: httpx.AsyncClient) -> None:
        self._home, self._host = home, host
        self._offers = Offers(home, host, client)
        self._transfers = Transfers(home, host, client, self._offers)
        self._registrar = Office(home, client, "registrar", home.region)
        self._reviewer = Office(host, client, "reviewer", host.region)
        self._followers = {each.region: Office(each, client, "follower", each.region) for each in (home, host)}
        self._operators = {each.region: Office(each, client, "operator", each.region) for each in (home, host)}
        self.people: Sequence[Planned] = ()

    async def play(self, certified: Sequence[Certified]) -> list[str]:
        """A line for each difference between what was planned and what both sides say."""
        self.people = planned(certified)
        await self._offers.prepare()
        matched = await self._offers.matched([each.worker for each in self.people])
        await self._transfers.go(self.people, matched)
        await until(
            self._at_rest, "both sides ended all transfers as planned, and the host is responsible and has the records"
        )
        return [each async for each in self._differences()]

    def employed(self) -> list[Planned]:
        """Who has a job in the other province."""
        return [each for each in self.people if each.ending is Ending.EMPLOYED]

    def steps(self) -> dict[str, int]:
        """Persons by step, as reporting of home has to say it."""
        return {
            "persons_dispatched": sum(each.ending in LEFT for each in self.people),
            "persons_transferred": sum(each.ending in ARRIVED for each in self.people),
            "persons_employed": len(self.employed()),
        }

    def unpaid(self, claims: Sequence[Mapping[str, Any]]) -> Iterator[str]:
        """A line for each worker whose way should have been paid, or should not."""
        found = {each["worker"]: each["state"] for each in claims if each["kind"] == TRAVEL}
        for each in self.employed():
            right = "APPROVED" if ENTITLED & {*each.certified.trainee.groups} else "REFUSED"
            if found.pop(each.worker, "") != right:
                yield f"the travel subsidy of {each.worker} is not {right}"
        yield from (f"{worker} has a travel subsidy without a job away" for worker in found)

    async def shown(self) -> Abroad:
        """How transfers ended, who works where, one worker's journey over both provinces, and the pairs."""
        reporting = {each.region: f"{each.address('reporting')}/v1" for each in (self._home, self._host)}
        worker = self.employed()[0].worker
        reader = self._reviewer
        return Abroad(
            endings=Counter(each.ending.value for each in self.people),
            flows=await reader.get(f"{reporting[self._host.region]}/flows", region=self._host.region, direction="in"),
            pairs=[pair async for pair in self._pairs()],
            worker=worker,
            journey=await reader.get(f"{reporting[self._host.region]}/workers/{worker}/journey"),
        )

    async def _at_rest(self) -> bool:
        for side in ("HOME", "HOST"):
            states = await self._transfers.states(side)
            if any(states.get(way.transfer) != way.ending.state for way in self._transfers.ways):
                return False
        if set(await each_of(self.employed(), self._steward)) != {self._host.region}:
            return False
        return {each.worker for each in self.people if each.ending in LEFT} <= await self._opened()

    async def _steward(self, each: Planned) -> str:
        url = f"{self._home.address('registry')}/v1/stewardship/{each.worker}"
        return str((await self._registrar.get(url))["steward"])

    async def _differences(self) -> AsyncIterator[str]:
        """Seats, and answers that came too late."""
        held, taken = await self._offers.seats()
        if (held, taken) != (0, len(self.employed())):
            yield f"seats: {held} held and {taken} taken for {len(self.employed())} jobs"
        late = [each async for each in self._told(self._home, "placement", f"{_PLACEMENT}.too-late.v1")]
        planned_late = [each for each in self.people if each.ending is Ending.TOO_LATE]
        if len(late) != len(planned_late):
            yield f"too late: {len(planned_late)} planned, {len(late)} told"

    async def _opened(self) -> set[str]:
        """Workers whose record the host has."""
        kind = f"{_REGISTRY}.record-received.v1"
        return {each["worker"] async for each in self._told(self._host, "registry", kind)}

    async def _told(self, where: Deployment, service: str, kind: str) -> AsyncIterator[dict[str, Any]]:
        """What a service publishes of one kind, from the beginning of its log."""
        follower, cursor = self._followers[where.region], ""
        while True:
            answer = await follower.read(f"{where.address(service)}/v1/events", after=cursor, limit=_LIMIT)
            for each in answer.json():
                if each["type"] == kind:
                    yield each["data"]
            if not answer.json():
                return
            cursor = answer.headers["Next-Cursor"]

    async def _pairs(self) -> AsyncIterator[dict[str, Any]]:
        """Every pair of a service with the other province, on both sides."""
        for where in (self._home, self._host):
            for service in where.services:
                if service.exchange:
                    found = await self._operators[where.region].get(f"{where.url(service)}/v1/operations")
                    for pair in found["pairs"]:
                        yield {"service": service.name, "at": where.region, **pair}
