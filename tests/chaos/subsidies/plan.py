"""What a run of the services that pay is: who runs, where each is killed, which faults come. A function of the seed.

Plain Python: the checker uses it too, and shares nothing with the runtime.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from tests.chaos.plan import Plan

SERVICES: Final = ("registry", "training", "certification", "subsidy")
PAYING: Final = tuple(f"file.{point}" for point in ("built", "written", "renamed", "sent", "taken"))
"""Where the payments' files are in the making."""
RUNTIME: Final = (
    *("relay.before_send", "relay.after_send", "relay.after_acks", "relay.after_checkpoint"),
    *("inbox.after_getmany", "inbox.after_receive", "inbox.after_offset_commit"),
    *("view.before_commit", "view.after_commit", "door.before_call", "door.after_call"),
)
AT_THE_BANK: Final = ("read", "booked", "moved", "writing", "written", "renamed")
MEMBERS: Final = (
    "subsidy-api-1",
    "subsidy-api-2",
    "subsidy-1",
    "subsidy-2",
    "training",
    "certification",
    "registry",
    "bank",
)
KINDS: Final = ("kill", "pause", "broker killed", "postgres stopped", "keys stopped")
PATIENCE: Final = 120.0
LONG: Final = 120.0
"""Seconds of load from which on each service is killed also at the points of the runtime."""
COUNTIES: Final = ("520102", "520526")


def plan_of(seed: int, load: float) -> Plan:
    """A short run is killed where files are made and read; the points of the runtime are those of the log's run."""
    return Plan(
        seed=seed, load=load, patience=max(PATIENCE, load / 2), roles=_roles(load), members=MEMBERS, kinds=KINDS
    )


def _roles(load: float) -> Mapping[str, Sequence[str]]:
    short = {"subsidy worker": PAYING, "bank serve": AT_THE_BANK}
    if load < LONG:
        return short
    return short | {
        "subsidy worker": (*PAYING, *RUNTIME),
        "subsidy api": ("door.before_call", "door.after_call"),
        "training all": RUNTIME,
        "certification all": RUNTIME,
    }
