"""500 workers claim the money of one occupation and level in both provinces at once, while the exchange is cut and
comes back: one payment each by the lists of both banks, and the other claim says why it is not paid.

`make crash MINUTES=… SEED=…` cuts for longer; the report is `.run/chaos/once-<seed>/report.json`."""

import asyncio
import json
import os
import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
from lb.paths import find_project
from registry_stand_in import standing_in

from tests.chaos.border.check_once import Side, check
from tests.chaos.border.once import SUBSIDY, Once, plan_of
from tests.chaos.border.plan import HOME
from tests.chaos.border.servers import Border, border_of

SEED: Final = int(os.environ.get("LB_CRASH_SEED", "1"))
LOAD: Final = float(os.environ.get("LB_CRASH_MINUTES", "0")) * 60 or 30.0
WORKERS: Final = 500

pytestmark = [pytest.mark.postgres, pytest.mark.kafka, pytest.mark.processes]


async def lived(folder: Path, border: Border) -> tuple[Once, Mapping[str, Side]]:
    async with standing_in() as registry:
        run = Once(
            plan_of(SEED, LOAD), folder, border.provinces[HOME], border=border, registry=registry.url, count=WORKERS
        )
        return run, await run.carry_out()


def test_of_two_claims_in_two_provinces_one_is_paid_once() -> None:
    folder = find_project().runs / "chaos" / f"once-{SEED}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with border_of(folder, SUBSIDY) as border:
        run, sides = asyncio.run(lived(folder, border))
    paid = {region: len(side.paid()) for region, side in sides.items()}
    wrong = [*run.wrong, *run.crew.failed, *check(sides, [each.worker for each in run.claimants])]
    found = {
        "seed": SEED,
        "wrong": wrong,
        "phases": run.phases,
        "paid": paid,
        "claims": {region: Counter(each["state"] for each in side.claims) for region, side in sides.items()},
        "reservations": {region: Counter(event.type for event in side.subsidy.events if "reservation" in event.type)
                         for region, side in sides.items()},
        "kills": run.crew.kills,
        "faults": run.faults.done,
    }  # fmt: skip
    (folder / "report.json").write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(json.dumps({name: value for name, value in found.items() if name != "faults"}, ensure_ascii=False))
    assert wrong == []
    assert all(paid.values()), "the one province was always quicker: this proves nothing"
