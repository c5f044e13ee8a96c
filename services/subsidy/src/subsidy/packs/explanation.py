"""Why a decision is what it is: the facts that its rules used, and the lines of the arithmetic."""

from dataclasses import dataclass
from typing import Final

GRANTED: Final = "GRANTED"
"""Value of an input that no rule pack asks about, where it is not against the claim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A fact that a decision used. Part of stored events."""

    name: str
    """What the rule calls it: `certificate`, `attended_days`, `group` …"""
    value: str
    fact: str
    """Public id, or `stream/version` of an own event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A line of the arithmetic, in fen. Part of stored events."""

    rule: str
    """Name of the rule's step in the pack."""
    expression: str
    """With the numbers that it was computed with: `21 * 3000`."""
    result: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a decision is what it is: enough to compute it again. Part of stored events."""

    pack: str
    """`name@version`."""
    inputs: tuple[Input, ...]
    steps: tuple[Step, ...]
    reasons: tuple[str, ...]
