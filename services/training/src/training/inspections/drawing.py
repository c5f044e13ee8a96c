"""A sample that anybody can draw again: the order is that of a hash of seed and id, which nobody can choose."""

import hashlib
from collections.abc import Iterable


def draw(seed: str, population: Iterable[str], size: int) -> tuple[str, ...]:
    """That many, or all where there are fewer; the same whatever order they come in."""

    def place(id: str) -> tuple[str, str]:
        return hashlib.sha256(f"{seed}\n{id}".encode()).hexdigest(), id

    return tuple(sorted(set(population), key=place)[:size])


def digest(population: Iterable[str]) -> str:
    """SHA-256 over the ids in their order, a line each."""
    return hashlib.sha256("".join(f"{id}\n" for id in sorted(set(population))).encode()).hexdigest()
