"""Deciders: a stream's rules as two pure functions.

`decide(command, state, seen) -> events` says what may happen, or raises `Rejected`;
`evolve(state, event) -> state` says what it means. No clock, no randomness, no input or output in either.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar, cast

from eventcore.effects import Effect, Guard

C = TypeVar("C")
E = TypeVar("E")
S = TypeVar("S")


class Rejected(Exception):
    """The rules do not allow this command now. Subclasses carry a stable `code`; their docstring is the message."""

    code: ClassVar[str]

    def members(self) -> Mapping[str, str]:
        """What the answer says beside the code: ids and codes, never personal data."""
        return {}


class Undecided(Exception):
    """This process does not know enough to decide. Nothing is done or stored: the command is sent again later."""


@dataclass(frozen=True, slots=True)
class Read:
    """Something else that a decision looks at: another stream of this service, or the holder of a guard."""

    decider: "Decider[Any, Any, Any] | None" = None
    key: str = ""
    guard: Guard | None = None
    then: str = ""
    """Also the guard of this scope whose key is the holder of `guard`."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a decision asked to see, loaded. Streams' versions and guards' holders in it are checked at the append."""

    states: Mapping[tuple[str, str], object] = field(default_factory=dict)
    holders: Mapping[Guard, str] = field(default_factory=dict)

    def state(self, decider: "Decider[Any, Any, S]", key: str) -> S:
        """The state of a stream named by `reads`; KeyError where `reads` did not name it."""
        return cast(S, self.states[decider.category, key])

    def holder(self, scope: str, key: str) -> str | None:
        """Who holds the guard, or nobody."""
        return self.holders.get((scope, key))


NOTHING_SEEN = Seen()


def _nothing(*_: object) -> tuple[()]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider(Generic[C, E, S]):
    """One kind of stream: `<category>-<key>`."""

    category: str
    initial: S
    decide: Callable[[C, S, Seen], Sequence[E]]
    evolve: Callable[[S, E], S]
    events: object
    """The union of the stream's events; the codec is built from it."""
    reads: Callable[[C], Iterable[Read]] = _nothing
    effects: Callable[[S, E], Iterable[Effect]] = _nothing
    """Guards, postings and timers that an event means, given the state before it. `lb verify` folds them again."""

    def stream(self, key: str) -> str:
        """The stream id of a key."""
        return f"{self.category}-{key}"


def fold(decider: Decider[C, E, S], events: Iterable[E]) -> S:
    """The state after these events."""
    state = decider.initial
    for event in events:
        state = decider.evolve(state, event)
    return state
