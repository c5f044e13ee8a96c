"""What reporting has to say of classes, certificates and money, counted from what the offices and the bank did."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

USUAL: Final = 2000
"""Workers from which on the whole way has so many of each at least."""
LEAST: Final = {"classes": 30, "certificates": 1000, "certificates revoked": 20, "claims": 2000, "endings": 5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Persons by the step that they reached, and fen by the bank's own list."""

    designated: int
    enrolled: int
    completed: int
    certified: int
    """Without those whose certificate fell."""
    executed: int
    returned: int
    steps: Mapping[str, int] = field(default_factory=dict)
    """Further steps of the funnel, by name."""

    def differences(self, funnel: Mapping[str, Any], money: Mapping[str, Any]) -> Iterator[str]:
        """One line for every number that differs; none means that reporting agrees."""
        steps = {
            "persons_designated": self.designated,
            "persons_enrolled": self.enrolled,
            "persons_completed": self.completed,
            "persons_certified": self.certified,
            **self.steps,
        }
        fen = {"paid": self.executed, "returned": self.returned, "under_way": 0}
        for numbers, expected in ((funnel["total"], steps), (money["total"], fen)):
            for name, number in expected.items():
                if numbers[name] != number:
                    yield f"{name}: {number} by what was done, {numbers[name]} reported"


def too_few(counted: Mapping[str, int]) -> list[str]:
    """One line for everything of which a demonstration of the usual size has too few to show much."""
    return [f"{what}: {counted[what]}, {least} at least" for what, least in LEAST.items() if counted[what] < least]
