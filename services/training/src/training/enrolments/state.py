"""What a worker's stream says now."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from training.classes.events import Terms
from training.enrolments import refusals


@dataclass(frozen=True, slots=True, kw_only=True)
class Designation:
    plan: str
    priority: tuple[str, ...]
    designated_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    event: str
    """Id of the ChoiceRecorded."""
    training_class: str
    chosen_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Attending:
    terms: Terms
    seat: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    terms: Terms
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Concluded:
    terms: Terms
    minutes: int
    days: int
    test: str
    completed: bool
    on: date
    said: str
    """Id of the event that said so last."""


Stay: TypeAlias = Attending | Left | Concluded


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """`version` is the number of its events; 0: nothing was said yet."""

    worker: str = ""
    version: int = 0
    designations: tuple[Designation, ...] = ()
    """Those that hold, one for each plan."""
    died_on: date | None = None
    restricted: bool = False
    restricted_until: date | None = None
    canonical: str | None = None
    choices: tuple[Choice, ...] = ()
    """The last for each class."""
    stays: tuple[Stay, ...] = ()
    """The last for each class."""
    taken_over: tuple[tuple[str, Terms], ...] = ()
    """Classes of workers for whom this one stands."""

    def require_present(self, today: date) -> None:
        """Refuses who has died, is stood for, or whose data may not be used."""
        if self.died_on is not None:
            raise refusals.WorkerDeceased
        if self.restricted and (self.restricted_until is None or today < self.restricted_until):
            raise refusals.UseRestricted
        if self.canonical is not None:
            raise refusals.StoodFor

    def designation(self, plan: str) -> Designation:
        """Refuses where the worker is no trainee under the plan."""
        for each in self.designations:
            if each.plan == plan:
                return each
        raise refusals.NotDesignated

    def choice(self, training_class: str) -> Choice:
        """Refuses where the worker has not chosen the class."""
        for each in self.choices:
            if each.training_class == training_class:
                return each
        raise refusals.NoChoice

    def stay(self, training_class: str) -> Stay | None:
        return next((each for each in self.stays if each.terms.training_class == training_class), None)

    @property
    def collisions(self) -> tuple[str, ...]:
        """Classes that are at the same time as another one: nobody could refuse them, people have to look."""
        classes = self.classes
        return tuple(
            each.training_class
            for n, each in enumerate(classes)
            if any(overlaps(each, other) for m, other in enumerate(classes) if m != n)
        )

    @property
    def classes(self) -> tuple[Terms, ...]:
        """In which the worker is or was until its end, those of others for whom the worker stands among them."""
        own = tuple(each.terms for each in self.stays if not isinstance(each, Left))
        return (*own, *(terms for _, terms in self.taken_over))

    def is_free(self, terms: Terms) -> bool:
        """Whether no other class is at the same time."""
        others = [each for each in self.classes if each.training_class != terms.training_class]
        left = any(isinstance(each, Left) and _meets(each, terms) for each in self.stays)
        return not left and not any(overlaps(each, terms) for each in others)


def overlaps(one: Terms, other: Terms) -> bool:
    """Whether both are on at least one day."""
    return one.starts_on <= other.ends_on and other.starts_on <= one.ends_on


def _meets(left: Left, terms: Terms) -> bool:
    """Whether the worker was still in the class that was left when the other began."""
    other = left.terms.training_class != terms.training_class
    return other and left.terms.starts_on <= terms.ends_on and terms.starts_on < left.withdrawn_on
