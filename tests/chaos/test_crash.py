"""Processes and servers are killed, stopped, wiped and cut off by seed, under load; then callers, log, Kafka, inbox and
views must agree. `make crash MINUTES=… SEED=…` does it for longer; the report is `.run/chaos/<seed>/report.json`."""

import asyncio
import json
import os
import shutil
from typing import Final

import pytest
from lb.paths import find_project

from tests.chaos.plan import Plan
from tests.chaos.report import judged, report, text, toothless
from tests.chaos.run import Run
from tests.chaos.servers import servers_of

SEED: Final = int(os.environ.get("LB_CRASH_SEED", "1"))
LOAD: Final = float(os.environ.get("LB_CRASH_MINUTES", "0")) * 60 or 50.0

pytestmark = [pytest.mark.postgres, pytest.mark.kafka, pytest.mark.processes]


def test_after_every_crash_what_was_accepted_is_stored_published_and_applied_once() -> None:
    folder = find_project().runs / "chaos" / str(SEED)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with servers_of(folder, "registry", "reporting") as servers:
        run = Run(Plan(seed=SEED, load=LOAD), folder, servers)
        evidence = asyncio.run(run.carry_out())
    found = report(run, evidence, run.wrong + run.crew.failed + judged(evidence))
    (folder / "report.json").write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(text(found))
    assert found["wrong"] == []
    assert toothless(found) == []
