"""The services from training to the bank are killed, stopped and cut off by seed while they train, certify, decide and
pay; then everybody was paid once, nobody was forgotten, and the bank's list is ours to the fen.

`make crash MINUTES=… SEED=…` does it for longer; the report is `.run/chaos/subsidies-<seed>/report.json`."""

import asyncio
import json
import os
import shutil
from typing import Final

import pytest
from lb.paths import find_project

from tests.chaos.report import text
from tests.chaos.servers import servers_of
from tests.chaos.subsidies.plan import SERVICES, plan_of
from tests.chaos.subsidies.report import judged, report, toothless
from tests.chaos.subsidies.run import Run

SEED: Final = int(os.environ.get("LB_CRASH_SEED", "1"))
LOAD: Final = float(os.environ.get("LB_CRASH_MINUTES", "0")) * 60 or 15.0

pytestmark = [pytest.mark.postgres, pytest.mark.kafka, pytest.mark.processes]


def test_after_every_crash_each_is_paid_once_and_nobody_is_forgotten() -> None:
    folder = find_project().runs / "chaos" / f"subsidies-{SEED}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with servers_of(folder, *SERVICES) as servers:
        run = Run(plan_of(SEED, LOAD), folder, servers)
        evidence = asyncio.run(run.carry_out())
    found = report(run, evidence, run.wrong + run.crew.failed + judged(evidence))
    (folder / "report.json").write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(text(found))
    assert found["wrong"] == []
    assert toothless(found) == []
