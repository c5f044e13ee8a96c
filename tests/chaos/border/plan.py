"""What a run over the border is: two provinces, who runs, where each is killed, which faults come. A function of the
seed.

Plain Python: the checker uses it too, and shares nothing with the runtime.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from tests.chaos.plan import Plan

HOME: Final = "520000"
HOST: Final = "440000"
REGIONS: Final = (HOME, HOST)
SERVICES: Final = ("registry", "placement")
COUNTIES: Final = ("520102", "520526")
KINDS: Final = (
    *("kill", "pause", "broker killed", "postgres stopped"),
    *("exchange cut", "exchange half cut", "exchange killed", "exchange wiped", "key revoked"),
)
"""Half cut: one province writes and hears nothing, or hears and cannot write. Brokers and databases: of one of the
provinces, as the seed says."""
_SHORT: Final = ("door.after_call", "inbox.after_receive", "inbox.after_offset_commit")
_LONG: Final = (
    *("relay.before_send", "relay.after_send", "relay.after_acks", "relay.after_checkpoint"),
    *("inbox.after_getmany", "door.before_call", *_SHORT),
)
LONG: Final = 90.0
"""Seconds of load from which on everybody is killed also at the points of the province's own Kafka."""
PATIENCE: Final = 120.0
_CLOCKS: Final = (-15, 30)
"""Seconds that a clock is wrong, at most. Who is waited for by one clock comes by the other."""


def node(service: str, region: str) -> str:
    """What a service of a province is called."""
    return f"{service}-{region}"


NODES: Final = tuple(node(service, region) for region in REGIONS for service in SERVICES)


def plan_of(seed: int, load: float) -> Plan:
    """Every service of both provinces is killed at every point."""
    return Plan(
        seed=seed, load=load, clients=10, think=0.4, patience=max(PATIENCE, load / 2), roles=_roles(load),
        members=NODES, kinds=KINDS,
    )  # fmt: skip


def _roles(load: float) -> Mapping[str, Sequence[str]]:
    return dict.fromkeys(NODES, _LONG if load > LONG else _SHORT)


def clocks(plan: Plan) -> Mapping[str, int]:
    """By how many seconds the clock of each province is ahead, from the first event to the last: one goes before the
    true time, the other behind it."""
    dice = plan.dice("clocks")
    wrong = [dice.randrange(_CLOCKS[0], -4), dice.randrange(10, _CLOCKS[1])]
    dice.shuffle(wrong)
    return dict(zip(REGIONS, wrong, strict=True))
