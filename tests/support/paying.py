"""Subsidy's money on a real PostgreSQL with the simulated bank beside it, both in one process and in small steps."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from bank.book import Book
from bank.desk import Desk
from bank.folders import Folders
from bank.mishaps import Mishaps
from bank.serve import Bank
from draining import drain
from eventcore import Decider
from eventcore.clock import CLOCK, legal_day
from eventcore.readers import Work
from eventcore.readers.policy import PolicyWork
from eventcore.readers.view import ViewWork
from eventcore.store import Order, handle
from registry_stand_in import RegistryStandIn, standing_in
from served import Served, serving
from subsidy.app import PROGRAM
from subsidy.claims.claim import CLAIM
from subsidy.claims.events import (
    ClaimAdjusted,
    ClaimDecided,
    ClaimEvent,
    ClaimOpened,
)
from subsidy.money import wiring
from subsidy.money.bank.taking import BankAnswers
from subsidy.money.payments.payee import Payee
from subsidy.packs.explanation import Explanation

FUND: Final = "EMPLOYMENT_SUBSIDY"
REGION: Final = "520526"
NO_MISHAPS: Final = Mishaps(seed=1, refused=0, late_executed=0, late_not_executed=0, first_files=False, shuffled=False)

DECISIONS: Final[Decider[Any, ClaimEvent, Any]] = replace(CLAIM, decide=lambda events, *_: events, reads=lambda _: ())
"""Claims without the rules that decide them: those have tests of their own."""


def opened(decision: ClaimDecided) -> ClaimOpened:
    """How the claim began."""
    return ClaimOpened(
        claim=decision.claim,
        kind=decision.kind,
        worker=decision.worker,
        region=decision.region,
        about="class",
        because="enrolment-1/4/cn.labourbridge.training.training-completed.v1",
        opened_on=decision.decided_on,
    )


def decided(claim: str, worker: str, amount: int, **further: Any) -> ClaimDecided:
    """An approved claim of a worker."""
    decision = ClaimDecided(
        claim=claim,
        kind="LIVING",
        worker=worker,
        region=REGION,
        outcome="APPROVED",
        fund=FUND,
        payee=Payee(kind="WORKER", id=worker),
        amount=amount,
        explanation=Explanation(pack="demo@1", inputs=(), steps=(), reasons=()),
        decided_on=date(2026, 3, 2),
        handler="han",
        organisation="520500-hrss",
    )
    return replace(decision, **further)


def adjusted(decision: ClaimDecided, amount: int, cause: str = "certificate-1/2/x") -> ClaimAdjusted:
    """The claim stands at another amount now."""
    return ClaimAdjusted(
        claim=decision.claim,
        kind=decision.kind,
        worker=decision.worker,
        region=decision.region,
        outcome="APPROVED" if amount else "REFUSED",
        fund=decision.fund,
        payee=decision.payee,
        amount=amount,
        difference=amount - decision.amount,
        corrects=f"claim-{decision.claim}/1",
        cause=cause,
        explanation=decision.explanation,
        decided_on=decision.decided_on,
    )


@dataclass(slots=True)
class Money:
    """The service, its bank, and the registry's place."""

    served: Served
    registry: RegistryStandIn
    bank: Bank
    book: Book
    root: Path

    async def policies(self) -> None:
        """What follows from facts, and nothing that speaks to the bank."""
        for work in self.readers():
            if isinstance(work, PolicyWork):
                await drain(self.served.pool, work)

    async def catch_up(self) -> None:
        """The readers of money to the end of the log, until none has anything left to do."""
        await drain(self.served.pool, *self.readers())

    def readers(self) -> Iterable[Work]:
        """What the worker runs of money."""
        service, store = PROGRAM.service, self.served.store
        yield from (PolicyWork(store, each, service.pages_of(store.pool, each)) for each in wiring.POLICIES)
        yield from PROGRAM.works(self.served.settings, store)
        yield from (ViewWork(store.pool, each, service.pages_of(store.pool, each)) for each in wiring.VIEWS)

    async def decide(self, *events: ClaimDecided | ClaimAdjusted) -> None:
        """Decisions come into the log as the claims' rules would bring them."""
        free = asyncio.Semaphore(64)

        async def one(event: ClaimDecided | ClaimAdjusted) -> None:
            found = (opened(event), event) if isinstance(event, ClaimDecided) else (event,)
            async with free:
                order = Order(id=f"test/{event.claim}/{event.type}/{event.amount}")
                await handle(self.served.store, DECISIONS, event.claim, found, order)

        await asyncio.gather(*map(one, events))
        await self.catch_up()

    async def allocate(self, amount: int, fund: str = FUND) -> None:
        body = {"amount": amount, "document": "黔财社〔2026〕7号"}
        answer = await self.served.post(f"/v1/funds/{fund}/allocations", body, office="fund-officer", who="fu")
        assert answer.status_code == 201, answer.text

    async def propose(self, **body: Any) -> dict[str, Any]:
        """A batch of what is due."""
        await self.catch_up()
        answer = await self.served.post("/v1/payment-batches", {"fund": FUND, **body}, office="fund-officer", who="fu")
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def approve(self, batch: dict[str, Any], who: str = "rui") -> Any:
        path = f"/v1/payment-batches/{batch['batch']}/approvals"
        return await self.served.post(path, {"hash": batch["hash"]}, office="releaser", who=who)

    async def release(self, **body: Any) -> dict[str, Any]:
        """A batch proposed, approved, and its file written."""
        batch = await self.propose(**body)
        assert (await self.approve(batch)).status_code == 201
        await self.catch_up()
        return batch

    async def tend(self) -> None:
        """One look of ours into the folder, and what follows from it."""
        for work in PROGRAM.works(self.served.settings, self.served.store):
            if isinstance(work, BankAnswers):
                await work.tend()
        await self.catch_up()

    async def bank_days(self) -> None:
        """Both sides in turn, until there is nothing to say any more."""
        before = None
        while before != (before := self._standing()):
            self.bank.step()
            await self.tend()

    def _standing(self) -> tuple[int, ...]:
        places = ("to-bank", "to-bank/taken", "from-bank", "from-bank/taken", "from-bank/quarantine")
        return tuple(len(self.files(place)) for place in places)

    async def close_session(self) -> None:
        """The bank's statement, taken by us."""
        self.bank.look_back()
        self.bank.desk.close_session(self.served.settings.bank_format)
        await self.bank_days()

    async def reconcile(self) -> dict[str, Any]:
        """Up to today, when somebody asks."""
        await self.catch_up()
        body = {"day": legal_day(CLOCK).isoformat()}
        answer = await self.served.post("/v1/reconciliations", body, office="fund-officer", who="fu")
        assert answer.status_code in (200, 201), answer.text
        await self.catch_up()
        found: dict[str, Any] = answer.json()
        return found

    async def payments(self, claim: str) -> dict[str, Any]:
        answer = await self.served.get(f"/v1/claims/{claim}/payments", office="fund-officer")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def balances(self) -> dict[str, int]:
        """By stage, over all funds and counties."""
        answer = (await self.served.get("/v1/ledger", office="fund-officer")).json()
        assert answer["sum"] == 0
        found: dict[str, int] = {}
        for each in answer["balances"]:
            found[each["stage"]] = found.get(each["stage"], 0) + each["amount"]
        return {stage: amount for stage, amount in found.items() if amount}

    async def fund(self, code: str = FUND) -> dict[str, Any]:
        found = (await self.served.get("/v1/funds", office="fund-officer")).json()["funds"]
        (fund,) = (each for each in found if each["fund"] == code)
        assert isinstance(fund, dict)
        return fund

    def bank_paid(self) -> dict[str, int]:
        """The bank's own list of executed orders."""
        return {went.payment: went.amount for went, _ in self.book.executed()}

    def files(self, place: str) -> list[str]:
        """Names of whole files in a folder."""
        found = (path.name for path in (self.root / place).iterdir() if path.is_file())
        return sorted(name for name in found if not name.startswith("."))


@asynccontextmanager
async def paying(database: str, folder: Path, mishaps: Mishaps = NO_MISHAPS, **settings: Any) -> AsyncIterator[Money]:
    """The service on this database, with the bank in `folder/bank`."""
    root = folder / "bank"
    root.mkdir()
    (folder / "registry_token").write_text("a-token\n")
    async with standing_in() as registry:
        further = {"bank_folder": root, "registry_url": registry.url, **settings}
        async with serving(PROGRAM, database, folder, **further) as served:
            book, folders = Book(folder / "bank.sqlite"), Folders(root)
            desk = Desk(book=book, mishaps=mishaps, today=lambda: f"{legal_day():%Y%m%d}", now=lambda: 0.0)
            bank = Bank(desk=desk, folders=folders, log=lambda _: None)
            try:
                yield Money(served, registry, bank, book, root)
            finally:
                book.close()


def workers(n: int) -> Iterable[tuple[str, str]]:
    """Ids of a claim and a worker each."""
    return ((f"00000000-0000-5000-8000-{i:012}", f"00000000-0000-7000-8000-{i:012}") for i in range(1, n + 1))
