"""Whom the measures for students of poor families are for (R-REG-14, R-TRN-14)."""

from collections.abc import Iterable
from typing import Final

POOR: Final = frozenset({"POOR_HOUSEHOLD", "POOR_FAMILY_LEAVER"})
"""Of `trainee-priorities`."""


def is_poor(priority: Iterable[str]) -> bool:
    return not POOR.isdisjoint(priority)
