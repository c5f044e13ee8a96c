"""The offices that pay, each in a loop of its own: claims are decided as they come, orders put into small batches and
released, failed ones ordered again, money that is owed back comes back. Several do the same at the same time."""

import asyncio
import itertools
import random
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import httpx
from lb.demo.offices import Office, batched
from lb.demo.subsidies import FUNDS
from lb.deployment import Deployment

LINES: Final = 5
"""Orders of a batch: many files are better to be killed at than large ones."""
OFTEN: Final = 0.4
SELDOM: Final = 4.0
"""Seconds between two rounds of an office."""
PAGE: Final = 200
_CHINA: Final = ZoneInfo("Asia/Shanghai")


@dataclass(slots=True)
class Paying:
    """All of them, for the whole province."""

    deployment: Deployment
    client: httpx.AsyncClient
    dice: random.Random
    lines: int = LINES
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    voided: int = 0
    """Approvals over a hash that an edit had made stale: each has to be refused."""
    taken: list[str] = field(default_factory=list)
    """What was answered where it should have been refused."""
    renewed: set[str] = field(default_factory=set)
    """Orders in whose place there is another one."""
    _keys: "itertools.count[int]" = field(default_factory=itertools.count)

    async def run(self) -> None:
        """Until it is told to stop; what is under way is finished."""
        async with asyncio.TaskGroup() as group:
            for work in (self.decide, self.decide, self.release, self.release):
                group.create_task(self._again(work, OFTEN))
            for work in (self.renew, self.recover):
                group.create_task(self._again(work, SELDOM))

    async def _again(self, work: Callable[[], Coroutine[Any, Any, int]], every: float) -> None:
        while not self.stopping.is_set():
            await work()
            await asyncio.sleep(every * self.dice.uniform(0.5, 1.5))

    async def decide(self) -> int:
        """What is ready now; how many there were. Another handler may be quicker."""
        page = await self._office("handler").get(
            f"{self._url}/claims", region=self._region, state="READY", limit=self.dice.randrange(5, 60)
        )
        claims = [each["claim"] for each in page["claims"]]
        if claims:
            await self._send("handler", "decision-batches", {"claims": claims})
        return len(claims)

    async def release(self) -> int:
        """A batch of each fund, by whoever is first; sometimes a line is taken out after its hash was read."""
        done = 0
        for fund in FUNDS:
            proposed = await self._send("fund-officer", "payment-batches", {"fund": fund, "most": self.lines})
            if proposed.status_code != httpx.codes.CREATED:
                continue
            batch = proposed.json()
            done += batch["lines"]
            if batch["lines"] > 1 and self.dice.random() < 0.3:
                await self._edited(batch)
            else:
                await self._approve(batch["batch"], batch["hash"])
        return done

    async def _edited(self, batch: dict[str, Any]) -> None:
        where = f"payment-batches/{batch['batch']}"
        lines = (await self._office("fund-officer").get(f"{self._url}/{where}"))["lines"]
        if self.dice.random() < 0.5:
            await self._approve(batch["batch"], batch["hash"], at_once=True)
        removal = {"payments": [lines[0]["payment"]], "reason": "核对中"}
        removed = await self._send("fund-officer", f"{where}/removals", removal)
        if removed.status_code == httpx.codes.CREATED:
            stale = await self._send("releaser", f"{where}/approvals", {"hash": batch["hash"]})
            self.voided += 1
            if stale.status_code != httpx.codes.CONFLICT:
                self.taken.append(f"{where} was approved over a stale hash: {stale.status_code}")
            await self._approve(batch["batch"], removed.json()["hash"])

    async def _approve(self, batch: str, hash: str, *, at_once: bool = False) -> None:
        """By somebody else than who proposed it, mostly a little later."""
        where = f"payment-batches/{batch}/approvals"
        if not at_once:
            await asyncio.sleep(self.dice.uniform(0, 0.2))
        await self._send("releaser", where, {"hash": hash})

    async def renew(self) -> int:
        """What failed, was left out or came back from the bank is ordered again, as if the account was corrected."""
        ended = [each for status in ("failed", "left_out", "returned") for each in await self.orders(status)]
        waiting = {each["claim"]: each["payment"] for each in ended if each["payment"] not in self.renewed}
        done = 0
        for claims in batched(sorted(waiting), PAGE):
            body = {"claims": claims, "ground": "收款账户已更正"}
            answer = await self._send("fund-officer", "payment-renewal-batches", body)
            for claim, result in zip(claims, answer.json()["results"], strict=True):
                if result["status"] == httpx.codes.CREATED:
                    self.renewed.add(waiting[claim])
                    done += 1
        return done

    async def recover(self) -> int:
        """Who owes money back brings it; some bring it in two parts."""
        done = 0
        for claim in [each["claim"] async for each in self.claims() if each["adjusted"]]:
            owed = (await self._payments(claim))["owed_back"]
            if owed:
                amount = owed if self.dice.random() < 0.7 else (owed + 1) // 2
                paper = {"amount": amount, "document": f"缴款书-{self._key()}", "received_on": self.today}
                await self._send("fund-officer", f"claims/{claim}/recoveries", paper)
                done += 1
        return done

    async def orders(self, status: str) -> list[dict[str, Any]]:
        """All that stand so."""
        return [each async for each in self._pages("fund-officer", "payment-orders", "orders", status=status)]

    def claims(self) -> AsyncIterator[dict[str, Any]]:
        """All of the province."""
        return self._pages("handler", "claims", "claims")

    async def _pages(self, office: str, path: str, name: str, **only: str) -> AsyncIterator[dict[str, Any]]:
        cursor: str | None = ""
        while cursor is not None:
            wanted: dict[str, str | int] = {"region": self._region, "limit": PAGE, **only}
            page = await self._office(office).get(
                f"{self._url}/{path}", **wanted | ({"cursor": cursor} if cursor else {})
            )
            for each in page[name]:
                yield each
            cursor = page["next"]

    async def _payments(self, claim: str) -> dict[str, Any]:
        found: dict[str, Any] = await self._office("fund-officer").get(f"{self._url}/claims/{claim}/payments")
        return found

    async def reconcile(self) -> dict[str, Any]:
        """What the bank's statements and our own books say of today."""
        answer = await self._send("fund-officer", "reconciliations", {"day": self.today})
        if answer.status_code not in (httpx.codes.OK, httpx.codes.CREATED):
            self.taken.append(f"reconciliation: {answer.status_code} {answer.text}")
        found: dict[str, Any] = await self._office("fund-officer").get(f"{self._url}/reconciliations/{self.today}")
        return found

    async def _send(self, office: str, path: str, body: dict[str, Any]) -> httpx.Response:
        return await self._office(office).post(f"{self._url}/{path}", self._key(), body)

    def _office(self, name: str) -> Office:
        return Office(self.deployment, self.client, name, self._region)

    @property
    def today(self) -> str:
        return datetime.now(_CHINA).date().isoformat()

    @property
    def _region(self) -> str:
        return self.deployment.region

    @property
    def _url(self) -> str:
        return f"{self.deployment.address('subsidy')}/v1"

    def _key(self) -> str:
        return f"paying-{next(self._keys)}"
