"""What a run is: how long, how much load, which points must be hit, which faults come when. A function of the seed.

Plain Python: the checker uses it too, and shares nothing with the runtime.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

REGION: Final = "520000"

POINTS: Final[Mapping[str, Sequence[str]]] = {
    "registry api": ("door.before_call", "door.after_call"),
    "registry worker": (
        *("relay.before_send", "relay.after_send", "relay.after_acks", "relay.after_checkpoint"),
        *("view.before_commit", "view.after_commit", "door.before_call", "door.after_call"),
    ),
    "reporting worker": (
        *("inbox.after_getmany", "inbox.after_receive", "inbox.after_offset_commit"),
        *("view.before_commit", "view.after_commit"),
    ),
}
"""Where a process of each role is killed, each point at least once in a run."""
_REFILLED: Final = ("relay.", "inbox.")
"""Points at which something could be lost that filling a wiped broker again would bring back, and hide."""
FIRST: Final = 60.0
"""Seconds in which one fault of each kind comes; after them they come by chance."""
CHANCE: Final = 0.25
"""That an armed point kills when it is passed, so that it is not always the first time."""

KINDS: Final = (
    *("kill", "pause", "broker killed", "broker paused", "broker wiped"),
    *("postgres stopped", "keys stopped", "postmaster paused"),
)
POINT: Final = "point"
"""A fault of long runs: once more a process is killed at a point, of the role `target`."""
_WEIGHTS: Final = dict(zip(KINDS, (10, 6, 2, 2, 1, 2, 1, 1), strict=True))
MEMBERS: Final = ("api-1", "api-2", "worker-1", "worker-2", "reporting-1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """`seconds`: how long a process stands still, or a server stays away."""

    at: float
    kind: str
    target: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`load`: seconds under load, longer where a point was not passed yet; `patience`: for points, and for quiet."""

    seed: int
    load: float
    clients: int = 8
    think: float = 0.12
    """Seconds between two requests of a client, at most."""
    patience: float = 60.0
    roles: Mapping[str, Sequence[str]] = field(default_factory=lambda: POINTS)
    """Where processes of each role are killed."""
    members: Sequence[str] = MEMBERS
    """Who is killed and stopped by chance."""
    kinds: Sequence[str] = KINDS

    def dice(self, purpose: str) -> random.Random:
        """Dice of their own for each purpose, so that none changes another's throws."""
        return random.Random(f"{self.seed} {purpose}")

    def points(self, role: str, *, refilled: bool) -> list[str]:
        """In an order of their own. `refilled`: those that are struck once a wiped broker is back."""
        dice, points = self.dice(f"points {role}"), list(self.roles[role])
        dice.shuffle(points)
        wiped = "broker wiped" in self.kinds
        return [point for point in points if (wiped and point.startswith(_REFILLED)) == refilled]

    def faults(self) -> Sequence[Fault]:
        """Sorted by time."""
        found = [*self._once(), *self._often()] if self.load > FIRST else self._once()
        return sorted(found, key=lambda fault: fault.at)

    def _once(self) -> Iterator[Fault]:
        """One of each, and some more that stand still, in a shuffled order; a wiped broker comes early, since it takes
        longest until all is back."""
        dice = self.dice("faults")
        kinds = [kind for kind in self.kinds if kind != "broker wiped"] + ["pause", "pause", "kill"]
        dice.shuffle(kinds)
        if "broker wiped" in self.kinds:
            kinds.insert(dice.randrange(len(kinds) // 3), "broker wiped")
        step = min(self.load, FIRST) / (len(kinds) + 1)
        for n, kind in enumerate(kinds):
            yield self._fault(dice, kind, step * (n + 0.5 + dice.random() / 2))

    def _often(self) -> Iterator[Fault]:
        dice, at = self.dice("more faults"), FIRST
        while at < self.load:
            (kind,) = dice.choices((*self.kinds, POINT), (*(_WEIGHTS.get(kind, 2) for kind in self.kinds), 8))
            yield self._fault(dice, kind, at)
            at += dice.uniform(2, 8)

    def _fault(self, dice: random.Random, kind: str, at: float) -> Fault:
        seconds = {"broker killed": 1.0, "broker wiped": 0.5, "broker paused": 3.0}.get(kind, dice.uniform(0.5, 3.0))
        members = self.members
        targets = {"kill": members, "pause": members, POINT: tuple(self.roles)}.get(kind, ("",))
        target = dice.choice(targets)
        return Fault(at=at, kind=kind, target=target, seconds=seconds)
