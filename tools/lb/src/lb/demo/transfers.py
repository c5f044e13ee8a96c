"""Transfers in the demonstration: each goes its planned way between two provinces, one committed step at a time."""

import asyncio
import os
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Final

import httpx

from lb.demo.endings import LEFT, Ending, Planned
from lb.demo.offers import Offers
from lb.demo.offices import Office, each_of, until
from lb.deployment import Deployment
from lb.units import read_state

AGREED_ON: Final = "2026-09-25"
LEFT_ON: Final = "2026-09-26"
ARRIVED_ON: Final = "2026-09-27"
STARTED_ON: Final = "2026-09-28"
MONTHS: Final = (("2026-09", 3), ("2026-10", 20), ("2026-11", 15))
"""Month and days worked: three in a row, as travel subsidies ask for."""
WAGE: Final = 25_000
"""Fen a day."""
SHORT: Final = timedelta(seconds=5)
"""In which nobody answers, or arrives."""
_PAGE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A transfer that was proposed."""

    transfer: str
    vacancy: str
    planned: Planned

    @property
    def ending(self) -> Ending:
        return self.planned.ending


class Transfers:
    """Both sides of all transfers; each office speaks for its own."""

    def __init__(self, home: Deployment, host: Deployment, client: httpx.AsyncClient, offers: Offers) -> None:
        self._deployments, self._client, self._offers = (home, host), client, offers
        self._urls = {each.region: f"{each.address('placement')}/v1" for each in (home, host)}
        self._home, self._host = offers.home, offers.host
        self._keys = count()
        self.ways: list[Way] = []
        self.jobs: dict[str, str] = {}
        """Worker -> employment."""

    async def go(self, people: Sequence[Planned], matched: Mapping[str, str]) -> None:
        """From the nominations to the last month that an employer confirms."""
        self.ways = await each_of(enumerate(people, 1), lambda each: self._nominate(*each, matched))
        await self._answer()
        await self._cross()
        await self._leave()
        await self._arrive()
        await asyncio.gather(self._work(), self._wait_in_vain())

    def ending(self, *endings: Ending) -> list[Way]:
        """Those that are planned to end so."""
        return [way for way in self.ways if way.ending in endings]

    async def states(self, side: str) -> dict[str, str]:
        """Transfer -> where it stands, as this side says."""
        office, region, url = self._side(side)
        found: dict[str, str] = {}
        cursor: str | None = ""
        while cursor is not None:
            wanted: dict[str, Any] = {"region": region, "side": side, "only_open": "false", "limit": _PAGE}
            page = await office.get(f"{url}/transfers", **wanted | ({"cursor": cursor} if cursor else {}))
            found |= {each["transfer"]: each["state"] for each in page["transfers"]}
            cursor = page["next"]
        return found

    async def _nominate(self, n: int, each: Planned, matched: Mapping[str, str]) -> Way:
        """Under a consent; who shall expire has a short time for the answer."""
        vacancy = matched.get(each.worker) or self._offers.vacancy_of(each.certified.held.trade)
        body = {
            "worker": each.worker,
            "vacancy": vacancy,
            "agreement": self._offers.agreement,
            "consented_on": AGREED_ON,
            "consent": f"同意书-{n}",
        }
        if each.ending is Ending.EXPIRED:
            body["answer_until"] = _soon()
        answer = await self._do("HOME", "transfers", body)
        return Way(transfer=str(answer["transfer"]), vacancy=vacancy, planned=each)

    async def _answer(self) -> None:
        """The host rejects some and accepts the others, but for those whom it lets wait."""
        await self._reach("HOST", [way for way in self.ways if way.ending is not Ending.EXPIRED], "NOMINATED")
        rejected = self.ending(Ending.REJECTED)
        await self._each("HOST", rejected, "rejection", {"reason": "NOT_SUITABLE"})
        await self._each("HOST", self.ending(*LEFT, Ending.WITHDRAWN), "acceptance")
        await self._reach("HOME", self.ending(*LEFT, Ending.WITHDRAWN), "CONFIRMED")
        await self._each("HOME", self.ending(Ending.WITHDRAWN), "withdrawal", {"reason": "FAMILY"})

    async def _cross(self) -> None:
        """While nothing passes between the provinces, home withdraws and the host accepts: home answers too late."""
        late = self.ending(Ending.TOO_LATE)
        with self._silence():
            await self._each("HOME", late, "withdrawal", {"reason": "FOUND_WORK"})
            await self._each("HOST", late, "acceptance")
            await self._reach("HOST", late, "ACCEPTED")
        await self._reach("HOST", late, Ending.TOO_LATE.state)

    async def _leave(self) -> None:
        """Nobody leaves before home has confirmed; who never arrives is waited for a short time."""
        leaving = self.ending(*LEFT)
        for way in leaving:
            lost = {"arrive_until": _soon()} if way.ending is Ending.NOT_ARRIVED else {}
            await self._each("HOME", [way], "dispatch", {"left_on": LEFT_ON, **lost})
        await self._reach("HOST", leaving, "DISPATCHED")

    async def _arrive(self) -> None:
        there = self.ending(Ending.EMPLOYED, Ending.RETURNED)
        await self._each("HOST", there, "arrival", {"arrived_on": ARRIVED_ON})
        gone = {"reason": "NOT_HIRED", "returned_on": STARTED_ON}
        await self._each("HOST", self.ending(Ending.RETURNED), "return", gone)

    async def _wait_in_vain(self) -> None:
        lost = self.ending(Ending.NOT_ARRIVED)
        await until(lambda: self._are_missed(lost), "the host waits no longer")

    async def _are_missed(self, ways: Sequence[Way]) -> bool:
        """The host says so once the time is over, and is refused before."""
        url = f"{self._urls[self._deployments[1].region]}/transfers"
        answers = [await self._host.post(f"{url}/{way.transfer}/absence", self._key()) for way in ways]
        return all(each.status_code in (httpx.codes.OK, httpx.codes.CREATED) for each in answers)

    async def _work(self) -> None:
        """The employers hire who arrived, and confirm what was worked."""
        self.jobs = dict(await each_of(self.ending(Ending.EMPLOYED), self._hire))
        for vacancy, employer in self._offers.employers.items():
            months = [
                {"employment": self.jobs[way.planned.worker], "month": month, "days": days, "wage": days * WAGE,
                 "insured": True}
                for way in self.ending(Ending.EMPLOYED) if way.vacancy == vacancy for month, days in MONTHS
            ]  # fmt: skip
            if months:
                url = f"{self._urls[self._deployments[1].region]}/month-batches"
                await employer.batch(url, self._key(), {"months": months})

    async def _hire(self, way: Way) -> tuple[str, str]:
        employer, worker = self._offers.employers[way.vacancy], way.planned.worker
        body = {
            "worker": worker,
            "employer": employer.organisation,
            "region": employer.region,
            "occupation": self._offers.vacancies[way.vacancy].occupation,
            "form": "ENTERPRISE",
            "transfer": way.transfer,
            "begins": {"started_on": STARTED_ON},
        }
        url = f"{self._urls[self._deployments[1].region]}/employments"
        return worker, str((await employer.do(url, self._key(), body))["employment"])

    async def _each(self, side: str, ways: Sequence[Way], what: str, body: dict[str, Any] | None = None) -> None:
        await each_of(ways, lambda way: self._do(side, f"transfers/{way.transfer}/{what}", body))

    async def _reach(self, side: str, ways: Sequence[Way], state: str) -> None:
        """Returns once this side says that all of them stand there."""

        async def there() -> bool:
            states = await self.states(side)
            return all(states.get(way.transfer) == state for way in ways)

        await until(there, f"{side} says {state} of {len(ways)} transfers")

    async def _do(self, side: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        office, _, url = self._side(side)
        return await office.do(f"{url}/{path}", self._key(), body)

    def _side(self, side: str) -> tuple[Office, str, str]:
        home, host = self._deployments
        office, where = (self._home, home) if side == "HOME" else (self._host, host)
        return office, where.region, self._urls[where.region]

    @contextmanager
    def _silence(self) -> Iterator[None]:
        """The exchange stands still."""
        exchange = self._deployments[0].exchange
        state = read_state(exchange.run) if exchange else None
        processes = [unit.process.pid for unit in state.units.values() if unit.process] if state else []
        for each in processes:
            os.kill(each, signal.SIGSTOP)
        try:
            yield
        finally:
            for each in processes:
                os.kill(each, signal.SIGCONT)

    def _key(self) -> str:
        return f"transfers-{next(self._keys)}"


def _soon() -> str:
    return (datetime.now(UTC) + SHORT).isoformat()
