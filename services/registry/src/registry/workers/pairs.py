"""What is decided about a pair of workers, as guards and states name it."""

from dataclasses import dataclass
from typing import Final

PAIR: Final = "duplicate-pair"
"""Guard: `<one>|<other>`, in order -> what was decided last."""
LINKED: Final = "linked-worker"
"""Guard: linked worker -> the canonical one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A worker that was found to be the one whose state this is part of."""

    worker: str
    numbers: tuple[str, ...]
    """Blind indexes of its numbers, whose guards go back to it when the link is undone."""


def pair(one: str, other: str) -> str:
    """The key of a pair, whichever is named first."""
    return "|".join(sorted((one, other)))
