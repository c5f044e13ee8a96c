"""given(…).when(command).then(…): rules tested in the words of the domain."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import pytest

from eventcore.decider import NOTHING_SEEN, Decider, Rejected, Seen, fold

C = TypeVar("C")
E = TypeVar("E")
S = TypeVar("S")


@dataclass(frozen=True)
class Outcome(Generic[C, E, S]):
    decider: Decider[C, E, S]
    state: S
    command: C
    seen: Seen

    def then(self, *expected: E) -> None:
        """Exactly these events; none for a command that has nothing to do."""
        assert tuple(self.decider.decide(self.command, self.state, self.seen)) == expected

    def rejected(self, refusal: type[Rejected]) -> None:
        """The rules refuse, with this refusal."""
        with pytest.raises(refusal):
            self.decider.decide(self.command, self.state, self.seen)


@dataclass(frozen=True)
class Given(Generic[C, E, S]):
    decider: Decider[C, E, S]
    events: Sequence[E]
    seen: Seen = NOTHING_SEEN

    def having_seen(self, seen: Seen) -> "Given[C, E, S]":
        """The same history, with what other streams and guards say."""
        return Given(self.decider, self.events, seen)

    def when(self, command: C) -> Outcome[C, E, S]:
        """The command that is tried on this history."""
        return Outcome(self.decider, fold(self.decider, self.events), command, self.seen)


def given(decider: Decider[C, E, S], *events: E) -> Given[C, E, S]:
    """A stream with this history."""
    return Given(decider, events)
