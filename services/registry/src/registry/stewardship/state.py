"""What is known of a responsibility: at home by the ledger, and of a tenure of this province. Regions are provinces."""

from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class AtHome:
    """Nobody has asked yet: home, in the first epoch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    region: str
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """`holder` is responsible. Where `next` is there it was asked to release, and may take its time. `others` had to
    give way to a later job, the latest last: when that has ended they get it, and hand it back where theirs has too."""

    home: str
    epoch: int
    holder: str
    before: str | None = None
    """Who released the epoch before."""
    next: Sought | None = None
    others: tuple[Sought, ...] = ()
    denied: tuple[Sought, ...] = ()
    """Who asked while the worker was said to have died, the latest last: they get it where that is taken back."""
    refused: str | None = None
    """Why the holder does not give it back."""
    death: tuple[int, str] | None = None
    """Epoch and province by whose word the worker has died."""

    @property
    def coming(self) -> str:
        """Who is responsible once everybody has answered."""
        return self.next.region if self.next else self.holder


Ledger: TypeAlias = AtHome | Granted


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What outlasts a tenure: the worker's jobs in this province, by their ids."""

    running: frozenset[str] = frozenset()
    over: frozenset[str] = frozenset()
    death: tuple[str, int] | None = None
    """Home, which was told of the worker's death, and in which epoch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    """Not, not yet or no more; `epoch`: the newest that is known."""

    epoch: int = 0
    guest_of: str | None = None
    """The home of who was a guest in that epoch."""
    past: Past = field(default_factory=Past)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    epoch: int
    home: str
    region: str
    past: Past

    @property
    def guest_of(self) -> str | None:
        """The home of a guest; None of an own worker."""
        return None if self.home == self.region else self.home


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    epoch: int
    home: str
    ground: str
    missing: frozenset[str]
    """Services that may still act."""
    own: bool
    past: Past

    @property
    def guest_of(self) -> str | None:
        """The home of a guest; None of an own worker."""
        return None if self.own else self.home


Tenure: TypeAlias = Without | Holding | Ending
