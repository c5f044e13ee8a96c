"""What reporting has to say, counted from what the offices sent, and the differences where it does not."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lb.people import Person


@dataclass(slots=True)
class Expected:
    """Counts by county and by group."""

    surveys: Counter[str] = field(default_factory=Counter)
    approved: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)

    def add(self, person: Person, decision: bool | None) -> None:
        """One survey, and what became of it (None: nobody has reviewed it)."""
        for place in ("all", person.county, *person.groups):
            self.surveys[place] += 1
            self.approved[place] += decision is True
            self.rejected[place] += decision is False

    def differences(self, funnel: Mapping[str, Any]) -> list[str]:
        """One line for every number that differs; none means that reporting agrees."""
        return [line for place, counts in _counted(funnel) for line in self._compare(place, counts)]

    def _compare(self, place: str, counts: Mapping[str, int]) -> Iterator[str]:
        expected = {
            "surveys": self.surveys[place],
            "surveys_approved": self.approved[place],
            "surveys_rejected": self.rejected[place],
            "persons_surveyed": self.surveys[place],
            "persons_approved": self.approved[place],
        }
        for name, number in expected.items():
            if counts[name] != number:
                yield f"{place} {name}: sent {number}, reported {counts[name]}"


def _counted(funnel: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, int]]]:
    yield "all", funnel["total"]
    for row in funnel["regions"]:
        yield row["region"], row
    for row in funnel["groups"]:
        yield row["group"], row
