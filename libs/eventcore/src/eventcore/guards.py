"""What a command asks of guards: its reads and its effects, brought down to one step for each guard."""

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec.structs import replace

from eventcore.call import GuardStep
from eventcore.effects import Effect, Guard, Release, Take

ANY: Final = 0
FREE_OR: Final = 1
EXACTLY: Final = 2
KEEP: Final = 0
HOLD: Final = 1
FREE: Final = 2


class GuardTaken(Exception):
    """An event takes a guard that its own command has given to somebody else: a mistake in the decider."""


def guard_steps(seen: Mapping[Guard, str | None], effects: Iterable[tuple[int, Effect]]) -> tuple[GuardStep, ...]:
    """`seen`: holders that the decision looked at. `effects`: with the ordinal of their event, in order."""
    steps = {(scope, key): GuardStep(0, scope, key, EXACTLY, holder) for (scope, key), holder in sorted(seen.items())}
    for event, effect in effects:
        match effect:
            case Take(scope, key):
                steps[scope, key] = _taken(steps.get((scope, key)), effect, event)
            case Release(scope, key):
                before = steps.get((scope, key), GuardStep(0, scope, key, ANY, None))
                steps[scope, key] = replace(before, op=FREE, final=None, event=event)
            case _:
                pass
    return tuple(steps.values())


def _taken(before: GuardStep | None, take: Take, event: int) -> GuardStep:
    if before is None:
        return GuardStep(event, take.scope, take.key, FREE_OR, take.holder, HOLD, take.holder)
    holder = before.final if before.op == HOLD else before.want if before.op == KEEP else None
    if holder not in (None, take.holder):
        raise GuardTaken(take.scope)
    return replace(before, op=HOLD, final=take.holder, event=event)
