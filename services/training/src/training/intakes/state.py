"""What an intake is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from training.enrolments.rounds import rank
from training.intakes import refusals
from training.intakes.events import Given, IntakeFiled, Specialty


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    filed: IntakeFiled
    given: tuple[Given, ...] = ()
    """What came of every applicant, in the order of the rounds."""
    interns: frozenset[str] = frozenset()
    """Who was given an internship."""

    def specialty(self, number: int) -> Specialty:
        """Refuses a number that the intake does not have."""
        if not 1 <= number <= len(self.filed.specialties):
            raise refusals.SpecialtyUnknown
        return self.filed.specialties[number - 1]

    def free(self) -> dict[int, int]:
        """Places by specialty that nobody was given. Who leaves gives none back: the year has begun."""
        places = {number: each.places for number, each in enumerate(self.filed.specialties, 1)}
        for _, number in self._placed():
            places[number] -= 1
        return places

    def admitted(self, specialty: int) -> tuple[str, ...]:
        """Who was given a place in it, the weightiest reasons first."""
        placed = [each for each, number in self._placed() if number == specialty]
        return tuple(dict.fromkeys(each.worker for each in sorted(placed, key=lambda each: rank(each.priority))))

    def _placed(self) -> Iterator[tuple[Given, int]]:
        return ((each, each.wishes[each.wish - 1]) for each in self.given if each.wish)


Intake: TypeAlias = Unknown | Filed


def known(intake: Intake) -> Filed:
    """The intake. Refuses where there is none."""
    if isinstance(intake, Unknown):
        raise refusals.IntakeUnknown
    return intake
