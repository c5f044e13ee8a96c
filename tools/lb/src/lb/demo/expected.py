"""What reporting has to say, counted from what the offices sent, and the differences where it does not."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Expected:
    """Counts by county and by group."""

    surveys: Counter[str] = field(default_factory=Counter)
    approved: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    persons: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    approved_persons: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, worker: str, county: str, groups: Iterable[str], decision: bool | None) -> None:
        """One survey of a worker, and what became of it (None: nobody has reviewed it)."""
        for place in ("all", county, *groups):
            self.surveys[place] += 1
            self.persons[place].add(worker)
            if decision is True:
                self.approved_persons[place].add(worker)
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
            "persons_surveyed": len(self.persons[place]),
            "persons_approved": len(self.approved_persons[place]),
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
