"""Workers who are sent from one province to a job in another, as the offices of both and an employer do it."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
from lb.demo.classes import TRADES
from lb.demo.offers import Offers
from lb.demo.offices import Office, each_of, until
from lb.demo.transfers import AGREED_ON, ARRIVED_ON, LEFT_ON, MONTHS, STARTED_ON, WAGE

from tests.e2e.province import Province

TRADE: Final = TRADES[0]


@dataclass(slots=True)
class Guests:
    """Both sides; everything through REST."""

    home: Province
    host: Province
    client: httpx.AsyncClient
    transfers: dict[str, str] = field(default_factory=dict)
    """Worker -> transfer."""
    _offers: Offers = field(init=False)
    _keys: "itertools.count[int]" = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self._offers = Offers(self.home.deployment, self.host.deployment, self.client)

    async def confirm(self, workers: Sequence[str]) -> None:
        """Nominated, accepted, confirmed."""
        await self._offers.prepare()
        vacancy, home, host = self._offers.vacancy_of(TRADE), self._offers.home, self._offers.host
        for worker in workers:
            await home.until_there(f"{self._url(self.home)}/permissions/{worker}")
            body = {"worker": worker, "vacancy": vacancy, "agreement": self._offers.agreement,
                    "consented_on": AGREED_ON, "consent": f"同意书-{next(self._keys)}"}  # fmt: skip
            self.transfers[worker] = (await self._do(home, f"{self._url(self.home)}/transfers", body))["transfer"]
        await self._each(host, self.host, "acceptance", None, "NOMINATED")
        await self._reach(home, self.home, "CONFIRMED")

    async def work(self) -> None:
        """They leave, arrive, are hired, and their employer confirms three months."""
        home, host = self._offers.home, self._offers.host
        await self._each(home, self.home, "dispatch", {"left_on": LEFT_ON}, "CONFIRMED")
        await self._each(host, self.host, "arrival", {"arrived_on": ARRIVED_ON}, "DISPATCHED")
        vacancy = self._offers.vacancy_of(TRADE)
        employer = self._offers.employers[vacancy]
        for worker, transfer in self.transfers.items():
            body = {"worker": worker, "employer": employer.organisation, "region": employer.region,
                    "occupation": TRADE.occupation, "form": "ENTERPRISE", "transfer": transfer,
                    "begins": {"started_on": STARTED_ON}}  # fmt: skip
            job = (await self._do(employer, f"{self._url(self.host)}/employments", body))["employment"]
            months = [{"employment": job, "month": month, "days": days, "wage": days * WAGE, "insured": True}
                      for month, days in MONTHS]  # fmt: skip
            await employer.batch(f"{self._url(self.host)}/month-batches", self._key(), {"months": months})

    async def _each(self, office: Office, where: Province, what: str, body: Any, when: str) -> None:
        """Of all transfers, once this side says that they stand so."""
        await self._reach(office, where, when)
        url = f"{self._url(where)}/transfers"
        await each_of(self.transfers.values(), lambda each: self._do(office, f"{url}/{each}/{what}", body))

    async def _reach(self, office: Office, where: Province, state: str) -> None:
        async def there() -> bool:
            found = await office.get(f"{self._url(where)}/transfers", region=where.deployment.region, limit=200)
            states = {each["transfer"]: each["state"] for each in found["transfers"]}
            return all(states.get(each) == state for each in self.transfers.values())

        await until(there, f"{where.deployment.region} says {state}")

    async def _do(self, office: Office, url: str, body: Any) -> dict[str, Any]:
        return await office.do(url, self._key(), body)

    def _url(self, where: Province) -> str:
        return f"{where.deployment.address('placement')}/v1"

    def _key(self) -> str:
        return f"guests-{next(self._keys)}"
