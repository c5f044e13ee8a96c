"""Order under load: readers at full speed see every fact once and in order, while many processes write.

Each run is `LB_ORDER_EVENTS` facts for each of `LB_ORDER_SEEDS` seeds; `make order` does many, a test run one.
"""

import os
from typing import Final

import pytest

from tests.order import checker
from tests.order.group import Place
from tests.order.plan import messages
from tests.order.run import Run

EVENTS: Final = int(os.environ.get("LB_ORDER_EVENTS", "50000"))
SEEDS: Final = range(1, int(os.environ.get("LB_ORDER_SEEDS", "1")) + 1)

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.processes,
    pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: f"seed-{seed}"),
]


async def test_beside_many_writers_a_reader_sees_every_event_once_and_in_order(place: Place, seed: int) -> None:
    run = Run(place=place, seed=seed, own=EVENTS)
    await run.carry_out()
    log = await checker.read_log(place.urls.owner)
    wrong = checker.wrong_for_reader("reader", log.rows(own=True, foreign=False), *run.seen())
    wrong += checker.wrong_in_own(log, run.answered()) + checker.wrong_in_line(log) + run.failures
    assert not wrong, "\n".join(wrong)
    assert checker.idle_reader(run.ends) + checker.idle_writers(log) == []
    run.forget()


@pytest.mark.kafka
async def test_beside_a_group_that_rebalances_a_reader_sees_every_foreign_fact_once_and_in_order(
    connected_place: Place, seed: int
) -> None:
    run = Run(place=connected_place, seed=seed, foreign=EVENTS)
    await run.carry_out()
    log = await checker.read_log(connected_place.urls.owner)
    wrong = checker.wrong_for_reader("reader", log.rows(own=False, foreign=True), *run.seen())
    wrong += checker.wrong_in_inbox(log, messages(seed, EVENTS)) + checker.wrong_in_line(log) + run.failures
    assert not wrong, "\n".join(wrong)
    assert checker.idle_reader(run.ends) + checker.idle_group(log, run.received()) == []
    run.forget()


@pytest.mark.kafka
async def test_beside_writers_and_a_group_a_reader_of_both_logs_sees_their_union_once_and_in_order(
    connected_place: Place, seed: int
) -> None:
    run = Run(place=connected_place, seed=seed, own=EVENTS // 2, foreign=EVENTS // 2)
    await run.carry_out()
    log = await checker.read_log(connected_place.urls.owner)
    wrong = checker.wrong_for_reader("reader", log.rows(own=True, foreign=True), *run.seen())
    wrong += checker.wrong_in_own(log, run.answered()) + checker.wrong_in_inbox(log, messages(seed, EVENTS // 2))
    wrong += checker.wrong_in_line(log) + run.failures
    assert not wrong, "\n".join(wrong)
    idle = checker.idle_reader(run.ends) + checker.idle_writers(log) + checker.idle_mixture(log)
    assert idle + checker.idle_group(log, run.received()) == []
    run.forget()
