"""Deaths and their taking back are told, and heard, in the order in which they were said: by one reader each."""

from datetime import UTC, date, datetime
from typing import Any

from contracts.stewardship import StewardshipDeathReportedV1, StewardshipDeathWithdrawnV1
from eventcore import Fact, Meta
from eventcore.readers import Policy
from registry.app import SERVICE
from registry.stewardship.commands import BringHome, PassOn, ReportDeath, TakeDeathBack, WithdrawReport
from registry.workers.events import DeathWithdrawn, WorkerDeceased

AT = datetime(2026, 3, 2, tzinfo=UTC)
SAID: dict[str, Any] = {
    **{"worker": "w1", "died_on": date(2026, 3, 1), "household": None, "evidence": "死亡证明 2026-17"},
    **{"official": "zhang", "organisation": "bijie-hrss"},
}
DIED = WorkerDeceased(**SAID)
LIVES = DeathWithdrawn(**SAID, corrects="worker-w1/3", plan=None, attention=None)


def commands(policy: Policy) -> list[type]:
    """What it does about the two facts."""
    return [type(do.command) for event in (DIED, LIVES) for do in policy.react(fact(event))]


def fact(event: Any) -> Fact[Any]:
    return Fact(
        event=event,
        id="worker-w1/3",
        stream="worker-w1",
        version=3,
        position=7,
        occurred_at=AT,
        recorded_at=AT,
        meta=Meta(),
    )


def test_a_death_and_its_taking_back_are_heard_by_one_reader() -> None:
    said = {StewardshipDeathReportedV1.type, StewardshipDeathWithdrawnV1.type}
    hearing = [set(policy.foreign) & said for policy in SERVICE.policies if set(policy.foreign) & said]
    assert hearing == [said]


def test_a_death_and_its_taking_back_are_told_by_one_reader() -> None:
    done = map(commands, SERVICE.policies)
    telling = [each for each in done if ReportDeath in each or WithdrawReport in each]
    assert telling == [[BringHome, ReportDeath, TakeDeathBack, PassOn, WithdrawReport]]
