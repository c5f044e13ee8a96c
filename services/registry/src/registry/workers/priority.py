"""In what order workers are chosen as trainees: poor households first (R-REG-02), then whose land was taken
(R-REG-29), then the other groups that the policies name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from contracts.memberships import Membership, groups_on


@dataclass(frozen=True, slots=True)
class Step:
    """One reason, and the codes that give it, in any of their names over time."""

    reason: str
    groups: frozenset[str]


STEPS: Final = (
    Step("POOR_HOUSEHOLD", frozenset({"POOR_HOUSEHOLD", "REGISTERED_POOR", "POVERTY_LIFTED", "MONITORED"})),
    Step("POOR_FAMILY_LEAVER", frozenset({"LHS_CURRENT", "LHS_PAST"})),
    Step("LAND_LOST", frozenset({"LAND_LOST"})),
    Step("HARD_TO_EMPLOY", frozenset({"HARD_TO_EMPLOY", "OLDER_HARD_TO_PLACE"})),
    Step("LEAVER", frozenset({"RURAL_LEAVER", "URBAN_LOW_INCOME_LEAVER"})),
    Step("UNEMPLOYED_MIGRANT", frozenset({"URBAN_UNEMPLOYED_MIGRANT"})),
    Step("MIGRANT", frozenset({"RETURNING_MIGRANT", "RURAL_TRANSFERRED"})),
)
LAST: Final = len(STEPS)
"""The rank of who has no reason."""


def reasons(memberships: Iterable[Membership], day: date) -> tuple[str, ...]:
    """Why the worker comes early, the weightiest first; empty where nothing speaks for it."""
    held = frozenset(groups_on(memberships, day))
    return tuple(step.reason for step in STEPS if held & step.groups)


def rank(memberships: Iterable[Membership], day: date) -> int:
    """0 comes first: the place of the weightiest reason. `LAST` where there is none."""
    held = frozenset(groups_on(memberships, day))
    return next((place for place, step in enumerate(STEPS) if held & step.groups), LAST)
