"""Subsidies in the demonstration: rules are published, claims decided, batches released, and the bank pays."""

import asyncio
import csv
import io
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any, Final
from zoneinfo import ZoneInfo

import httpx

from lb.demo.offices import BATCH, Office, batched, each_of
from lb.demo.quiet import settled
from lb.deployment import Deployment
from lb.local.programs import ran
from lb.problems import Problem
from lb.sample.residents import account_of

ALLOCATED: Final = 1_000_000_000
"""Fen for each fund."""
FUNDS: Final = ("EMPLOYMENT_SUBSIDY", "UNEMPLOYMENT_INSURANCE", "LOCAL_MATCHING")
LINES: Final = 500
SECONDS: Final = 60.0
_PAGE: Final = 500
_CHINA: Final = ZoneInfo("Asia/Shanghai")


class Subsidies:
    """The offices of the subsidy service, each with a token of its own: who decides does not release."""

    def __init__(self, deployment: Deployment, client: httpx.AsyncClient) -> None:
        self._subsidy = f"{deployment.address('subsidy')}/v1"
        self._deployment = deployment

        def office(name: str, person: str = "li") -> Office:
            return Office(deployment, client, name, deployment.region, person=person)

        self._rules, self._handler, self._supervisor = map(office, ("rule-officer", "handler", "supervisor"))
        self._treasurer, self._second = office("fund-officer"), office("fund-officer", "zhang")
        self._releaser, self._operator = office("releaser"), office("operator")
        self._keys = count()
        self._renewed: set[str] = set()
        self.recovered = 0
        """Fen that came back from who owed them."""

    async def prepare(self, organisations: Sequence[str]) -> None:
        """Rules, money, a handler who has signed, and where organisations are paid."""
        for pack in sorted((self._deployment.project.root / "services/subsidy/packs").glob(f"{self._region}-*.yaml")):
            await self._do(self._rules, "rule-packs", {"text": pack.read_text("utf-8")})
        for fund in FUNDS:
            money = {"amount": ALLOCATED, "document": "黔财社〔2026〕1号"}
            await self._do(self._treasurer, f"funds/{fund}/allocations", money)
        signed = {"signed_on": "2026-01-05", "valid_to": "2027-01-05", "document": "廉政承诺〔2026〕1号"}
        await self._do(self._supervisor, f"handlers/{self._handler.subject}/commitments", signed)
        briefed = {"attended_on": "2026-01-06", "document": "警示教育〔2026〕1号"}
        await self._do(self._supervisor, f"handlers/{self._handler.subject}/briefings", briefed)
        await each_of(enumerate(organisations, 900_000_000), self._account)

    @property
    def _region(self) -> str:
        return self._deployment.region

    async def _account(self, organisation: tuple[int, str]) -> None:
        n, code = organisation
        number = account_of(n)
        account = {"name": f"单位{n}", "account": number, "bank": "中国农业银行", "document": f"开户证-{n % 1000}"}
        await self._do(self._treasurer, f"payees/{code}/account", account)
        await self._do(self._second, f"payees/{code}/confirmation", {"account": number})

    async def opened(self, expected: Mapping[str, int]) -> list[dict[str, Any]]:
        """Claims of these kinds, once facts have opened so many of each that do not wait. Problem when time is up."""
        until = time.monotonic() + SECONDS
        while True:
            await settled(self._deployment, self._operator, "subsidy")
            claims = [each for kind in expected async for each in self.claims(kind=kind)]
            there = {
                kind: sum(each["kind"] == kind and each["state"] != "WAITING" for each in claims) for kind in expected
            }
            if all(there[kind] >= number for kind, number in expected.items()):
                return claims
            if time.monotonic() > until:
                raise Problem(f"Claims are {there}, expected are {dict(expected)}.", do="Look at lb parked.")
            await asyncio.sleep(0.2)

    async def claims(self, **only: str) -> AsyncIterator[dict[str, Any]]:
        """All claims of the region, or only those of a state or kind."""
        cursor: str | None = ""
        while cursor is not None:
            wanted: dict[str, str | int] = {"region": self._region, "limit": _PAGE, **only}
            page = await self._handler.get(f"{self._subsidy}/claims", **wanted | ({"cursor": cursor} if cursor else {}))
            for each in page["claims"]:
                yield each
            cursor = page["next"]

    async def decide(self, claims: Sequence[Mapping[str, Any]], advance: Callable[[int], None]) -> None:
        """Everything that is ready, by the published rules."""
        ready = [each["claim"] for each in claims if each["state"] == "READY"]

        async def decide(batch: list[str]) -> None:
            await self._handler.batch(f"{self._subsidy}/decision-batches", self._key(), {"claims": batch})
            advance(len(batch))

        await each_of(batched(ready, BATCH), decide)

    async def pay(self, advance: Callable[[int], None]) -> None:
        """Batch after batch until nothing is due and the bank has answered everything; what failed for good is
        ordered again once, as if the payees had come with another account."""
        await self._pay_what_is_due(advance)
        failed = {each["claim"] for each in await self._orders("failed")} - self._renewed
        if failed:
            self._renewed |= failed
            body = {"claims": sorted(failed), "ground": "收款账户已更正"}
            await self._treasurer.batch(f"{self._subsidy}/payment-renewal-batches", self._key(), body)
            await self._pay_what_is_due(advance)

    async def recover(self, claims: Sequence[Mapping[str, Any]]) -> None:
        """What was paid for claims that fell comes back (R-SUB-27)."""
        for each in claims:
            account = await self._treasurer.get(f"{self._subsidy}/claims/{each['claim']}/payments")
            if account["owed_back"]:
                today = datetime.now(_CHINA).date().isoformat()
                back = {
                    "amount": account["owed_back"],
                    "document": f"缴回单-{each['claim'][-4:]}1",
                    "received_on": today,
                }
                await self._do(self._treasurer, f"claims/{each['claim']}/recoveries", back)
                self.recovered += account["owed_back"]

    async def _pay_what_is_due(self, advance: Callable[[int], None]) -> None:
        await settled(self._deployment, self._operator, "subsidy")
        for fund in FUNDS:
            while await self._some("due", fund=fund):
                proposed = await self._do(self._treasurer, "payment-batches", {"fund": fund, "most": LINES})
                approval = f"payment-batches/{proposed['batch']}/approvals"
                await self._do(self._releaser, approval, {"hash": proposed["hash"]})
                advance(proposed["lines"])
                await settled(self._deployment, self._operator, "subsidy")
        await self._answered()

    async def _answered(self) -> None:
        """Returns when no order is at the bank without a definite answer."""
        until = time.monotonic() + SECONDS
        while await self._some("ordered") or await self._some("unknown"):
            if time.monotonic() > until:
                raise Problem("Orders have no answer.", do="Look at bank.log and the log of subsidy.")
            await asyncio.sleep(0.2)
        await settled(self._deployment, self._operator, "subsidy")

    async def _some(self, status: str, **only: str) -> bool:
        wanted: dict[str, str | int] = {"status": status, "region": self._region, "limit": 1, **only}
        return bool((await self._treasurer.get(f"{self._subsidy}/payment-orders", **wanted))["orders"])

    async def _orders(self, status: str, **only: str) -> list[dict[str, Any]]:
        found, cursor = [], ""
        while True:
            wanted: dict[str, str | int] = {"status": status, "region": self._region, "limit": _PAGE, **only}
            page = await self._treasurer.get(
                f"{self._subsidy}/payment-orders", **wanted | ({"cursor": cursor} if cursor else {})
            )
            found += page["orders"]
            if not page["next"]:
                return found
            cursor = page["next"]

    async def reconcile(self) -> dict[str, Any]:
        """The bank closes its session, and what it states is laid beside what we know, to the fen."""
        await asyncio.to_thread(self._bank, "close-session")
        until = time.monotonic() + SECONDS
        day = datetime.now(_CHINA).date().isoformat()
        while True:
            await settled(self._deployment, self._operator, "subsidy")
            answer = await self._treasurer.post(f"{self._subsidy}/reconciliations", self._key(), {"day": day})
            if answer.status_code in (200, 201):
                found: dict[str, Any] = await self._treasurer.get(f"{self._subsidy}/reconciliations/{day}")
                if not found["awaited"] or time.monotonic() > until:
                    return found
            await asyncio.sleep(0.3)

    async def executed(self) -> tuple[dict[str, int], dict[str, int]]:
        """Order -> fen: by our own account, and by the bank's own list."""
        paid = [*await self._orders("executed"), *await self._orders("returned")]
        ours = {each["payment"]: each["amount"] for each in paid}
        listed = csv.DictReader(io.StringIO(await asyncio.to_thread(self._bank, "executed")))
        return ours, {row["payment"]: int(row["amount"]) for row in listed}

    async def explained(self, claim: str) -> dict[str, Any]:
        """One claim, and why it stands as it stands."""
        found: dict[str, Any] = await self._handler.get(f"{self._subsidy}/claims/{claim}/explain")
        return found

    async def ledger(self) -> dict[str, Any]:
        """The balances of all accounts."""
        found: dict[str, Any] = await self._treasurer.get(f"{self._subsidy}/ledger")
        return found

    def _bank(self, command: str) -> str:
        """A command of the bank, which is another house: nothing of it is imported."""
        done = ran(self._deployment.bank_command(command), timeout=SECONDS)
        if done.returncode:
            raise Problem(f"bank {command} failed: {done.stderr[-300:]}", do="Report this.")
        return done.stdout

    async def _do(self, office: Office, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        return await office.do(f"{self._subsidy}/{path}", self._key(), body)

    def _key(self) -> str:
        return f"subsidy-{next(self._keys)}"
