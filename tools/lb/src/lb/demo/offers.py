"""What the host offers in the demonstration: its employers' vacancies, shared with home under a signed agreement."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any, Final
from zoneinfo import ZoneInfo

import httpx

from lb.demo.classes import LISTED, TRADES, Trade, credit_code
from lb.demo.offices import Office, each_of, until
from lb.demo.quiet import settled
from lb.deployment import Deployment

COUNTIES: Final = ("440306", "440112", "440605", "441303")
"""Where the employers are, one for each trade."""
QUOTA: Final = 1_000
HEADS: Final = 100
WAGES: Final = (450_000, 650_000)
"""Fen a month."""
_CHINA: Final = ZoneInfo("Asia/Shanghai")


class Offers:
    """The labour offices of both provinces, and the host's employers."""

    def __init__(self, home: Deployment, host: Deployment, client: httpx.AsyncClient) -> None:
        self._home_region, self._host_region = home.region, host.region
        self._home_url, self._host_url = (f"{each.address('placement')}/v1" for each in (home, host))
        self._deployments, self._client = (home, host), client
        self.home, self.host = (Office(each, client, "placement-officer", each.region) for each in (home, host))
        self._operators = [Office(each, client, "operator", each.region) for each in (home, host)]
        self._keys = count()
        self.agreement = ""
        self.vacancies: dict[str, Trade] = {}
        self.employers: dict[str, Office] = {}
        """Vacancy -> its employer."""

    async def prepare(self) -> None:
        """Employers register, the agreement is signed by both sides, and its vacancies are seen at home."""
        self.agreement = await self._agree()
        places = list(zip(TRADES, COUNTIES, strict=True))
        for (trade, county), vacancy in zip(places, await each_of(places, self._offer), strict=True):
            self.vacancies[vacancy] = trade
            self.employers[vacancy] = self._employer(county)
        await until(self._seen, "the vacancies are seen at home")

    def vacancy_of(self, trade: Trade) -> str:
        """The one in this trade."""
        return next(vacancy for vacancy, offered in self.vacancies.items() if offered == trade)

    async def matched(self, workers: Sequence[str]) -> Mapping[str, str]:
        """Worker -> vacancy, for those of these whom a run of the matching proposes one; they accept it."""
        await settled(self._deployments[0], self._operators[0], "placement")
        body = {"region": self._home_region, "agreement": self.agreement}
        run = (await self._at_home("matching-runs", body))["run"]
        proposals = (await self.home.get(f"{self._home_url}/matching-runs/{run}"))["proposals"]
        found = {each["worker"]: each["vacancy"] for each in proposals if each["worker"] in workers}

        for n, worker in enumerate(found, 1):  # one after another: a run is one stream
            answer = {"worker": worker, "evidence": f"意愿-{n}"}
            await self._at_home(f"matching-runs/{run}/acceptance", answer)
        return found

    async def seats(self) -> tuple[int, int]:
        """Held and taken, over all vacancies."""
        found = [await self.host.get(f"{self._host_url}/vacancies/{each}") for each in self.vacancies]
        return sum(each["held"] for each in found), sum(each["taken"] for each in found)

    async def _agree(self) -> str:
        body = {
            "side": "HOME",
            "kind": "PROVINCE_PAIR",
            "home": self._home_region,
            "host": self._host_region,
            "quota": QUOTA,
            "valid_from": "2026-01-01",
            "valid_to": "2031-01-01",
        }
        agreement = str((await self._at_home("agreements", body))["agreement"])
        await self.host.until_there(f"{self._host_url}/agreements/{agreement}", side="HOST")
        await self._at_host(self.host, f"agreements/{agreement}/signature", {"side": "HOST"})
        return agreement

    async def _offer(self, where: tuple[Trade, str]) -> str:
        """An employer registers, and offers work in the trade."""
        trade, county = where
        employer = self._employer(county)
        body = {"employer": employer.organisation, "title": f"{county}{trade.title}示范公司", "region": county}
        await self._at_host(self.host, "employers", body)
        last = datetime.now(_CHINA).date() + timedelta(days=90)
        vacancy = {
            "employer": employer.organisation,
            "kind": "REGULAR",
            "occupation": trade.occupation,
            "level": trade.level,
            "certificate_needed": trade.programme in LISTED,
            "region": county,
            "heads": HEADS,
            "wage_from": WAGES[0],
            "wage_to": WAGES[1],
            "open_until": last.isoformat(),
        }
        published = str((await self._at_host(employer, "vacancies", vacancy))["vacancy"])
        await self._at_host(self.host, f"vacancies/{published}/sharing", {"agreement": self.agreement})
        return published

    def _employer(self, county: str) -> Office:
        code = credit_code("91", county, COUNTIES.index(county))
        return Office(self._deployments[1], self._client, "employer", county, organisation=code)

    async def _seen(self) -> bool:
        agreement = f"{self._home_url}/agreements/{self.agreement}"
        state = (await self.home.get(agreement, side="HOME"))["state"]
        found = await self.home.get(f"{self._home_url}/vacancies", agreement=self.agreement)
        return state == "IN_FORCE" and len(found["vacancies"]) == len(self.vacancies)

    async def _at_home(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return await self.home.do(f"{self._home_url}/{path}", self._key(), body)

    async def _at_host(self, office: Office, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return await office.do(f"{self._host_url}/{path}", self._key(), body)

    def _key(self) -> str:
        return f"offers-{next(self._keys)}"
