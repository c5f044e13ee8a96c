"""How long a run is, and how project and reference take turns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Final

from rich.console import Console

CLIENTS: Final = 128
REGION: Final = "520000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Sizes of everything; `commands` stays within what a store caches."""

    rounds: int = 3
    commands: int = 20_000
    """Commands of one round of the command core."""
    requests: int = 15_000
    """Requests of one round over HTTP."""
    seconds: float = 10.0
    """How long a rate is held."""
    relayed: int = 100_000
    rebuilt: int = 200_000
    imported: int = 200_000
    """Rows of one roster; imported once, for it takes minutes."""


FULL: Final = Plan(rebuilt=1_000_000, imported=1_000_000)
NORMAL: Final = Plan()
QUICK: Final = Plan(rounds=1, commands=2_000, requests=1_500, seconds=2.0, relayed=5_000, rebuilt=5_000, imported=2_000)

Measurement = Callable[[int], float]
"""The number of the round -> one figure."""


class Bench:
    """One run: its sizes, and where it says what it does."""

    def __init__(self, plan: Plan, console: Console) -> None:
        self.plan = plan
        self.console = console

    def say(self, text: str) -> None:
        """One line of progress."""
        self.console.print(text, style="dim", markup=False, highlight=False)

    def alternate(self, contestants: Mapping[str, Measurement]) -> dict[str, float]:
        """Every contestant once a round, in turns; the medians."""
        figures: dict[str, list[float]] = {name: [] for name in contestants}
        for number in range(self.plan.rounds):
            for name, measure in contestants.items():
                figures[name].append(measure(number))
                self.say(f"  round {number + 1} of {self.plan.rounds}: {name} {figures[name][-1]:,.1f}")
        return {name: median(found) for name, found in figures.items()}
