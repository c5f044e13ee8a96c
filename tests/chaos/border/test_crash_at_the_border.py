"""Registry and placement of two provinces are killed, stopped and cut off from each other by seed, their clocks are
wrong, a key is revoked, and everything is said twice, while workers are sent and handed over; then nobody acted while
another did, home's ledger named one at every time, and both histories agree.

`make crash MINUTES=… SEED=…` does it for longer; the report is `.run/chaos/border-<seed>/report.json`."""

import asyncio
import json
import os
import shutil
from typing import Final

import pytest
from lb.paths import find_project

from tests.chaos.border.plan import HOME, SERVICES, clocks, plan_of
from tests.chaos.border.report import judged, report, toothless
from tests.chaos.border.run import Run
from tests.chaos.border.servers import border_of
from tests.chaos.report import text

SEED: Final = int(os.environ.get("LB_CRASH_SEED", "1"))
LOAD: Final = float(os.environ.get("LB_CRASH_MINUTES", "0")) * 60 or 45.0

pytestmark = [pytest.mark.postgres, pytest.mark.kafka, pytest.mark.processes]


def test_at_no_time_do_two_provinces_act_for_a_worker_and_both_histories_agree() -> None:
    folder = find_project().runs / "chaos" / f"border-{SEED}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    plan = plan_of(SEED, LOAD)
    with border_of(folder, *SERVICES) as border:
        run = Run(plan, folder, border.provinces[HOME], border=border, ahead=clocks(plan))
        evidence = asyncio.run(run.carry_out())
    found = report(run, evidence, run.wrong + run.crew.failed + judged(evidence))
    (folder / "report.json").write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(text(found))
    assert found["wrong"] == []
    assert toothless(found) == []
