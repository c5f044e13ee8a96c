"""Everything that is left to chance, from one seed."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """How often something goes wrong, as shares of messages or steps."""

    dropped: float = 0.1
    doubled: float = 0.1
    overtaken: float = 0.2
    crashes: float = 0.002
    """Of the steps of a process."""
    cuts: float = 0.0005
    """Of all steps: the exchange is away for a while."""


class Chance:
    """A seeded source; the same questions in the same order get the same answers."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def happens(self, share: float) -> bool:
        return self._random.random() < share

    def number(self, least: int, most: int) -> int:
        return self._random.randint(least, most)

    def seconds(self, mean: float) -> float:
        return self._random.expovariate(1 / mean)

    def one(self, of: Sequence[T]) -> T:
        return of[self._random.randrange(len(of))]
