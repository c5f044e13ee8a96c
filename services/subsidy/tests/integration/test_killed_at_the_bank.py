"""Killed while a file is built, written, renamed, recorded, or taken: nobody is paid twice, nobody is forgotten, and no
half of a file is ever seen."""

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Final

import pytest
from lb.local.databases import MakeDatabase
from paying import Money, decided, paying, workers

SUPPORT: Final = Path(__file__).parents[4] / "tests" / "support"
pytestmark = pytest.mark.processes


async def killed_at(money: Money, point: str) -> None:
    """A process that speaks to the bank until it is killed at this point."""
    settings = money.served.settings
    told = {
        "LB_ENV": "test",
        "LB_REGION": settings.region,
        "LB_DATABASE_URL": settings.database_url.get_secret_value(),
        "LB_SECRETS_DIR": str(settings.secrets_dir),
        "LB_BANK_FOLDER": str(settings.bank_folder),
        "LB_REGISTRY_URL": settings.registry_url,
        "LB_FAILPOINTS": f"{point}:kill",
        "PYTHONPATH": os.pathsep.join(filter(None, (str(SUPPORT), os.environ.get("PYTHONPATH")))),
    }
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "paying_process", env=os.environ | told)
    assert await process.wait() == -signal.SIGKILL


async def test_killed_at_any_point_everybody_is_paid_once(
    subsidy_template: str, postgres_database: MakeDatabase, tmp_path: Path
) -> None:
    async with paying(postgres_database(template=subsidy_template), tmp_path) as money:
        await money.allocate(10_000)
        people = iter(workers(9))
        points = {"file.built": 0, "file.written": 0, "file.renamed": 1, "file.sent": 1}
        for n, (point, whole) in enumerate(points.items(), 1):
            await money.decide(*(decided(claim, worker, 100 + n) for claim, worker in [next(people), next(people)]))
            await money.approve(await money.propose())
            await money.policies()
            await killed_at(money, point)
            assert len(money.files("to-bank")) == whole
            await money.catch_up()
            assert len(money.files("to-bank")) == 1
            money.bank.step()
        assert len(money.files("from-bank")) == len(points)
        await killed_at(money, "file.taken")
        assert len(money.files("from-bank")) == len(points)  # taken, and not put away
        await money.bank_days()
        await money.close_session()
        assert (await money.reconcile())["findings"] == 0

        claims = [claim for claim, _ in workers(8)]
        paid = [await money.payments(claim) for claim in claims]
        assert [each["paid"] for each in paid] == [101, 101, 102, 102, 103, 103, 104, 104]
        assert [len(each["orders"]) for each in paid] == [1] * 8
        assert sorted(money.bank_paid().values()) == [101, 101, 102, 102, 103, 103, 104, 104]
        assert len([name for name in money.files("to-bank/taken") if name.startswith("PAY-")]) == len(points)
        assert await money.balances() == {"TREASURY": -10_000, "BUDGET": 9_180, "PAID": 820}
