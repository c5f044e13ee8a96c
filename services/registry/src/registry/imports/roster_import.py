"""The rules of an import: judged once, read by who needs it while it is there, and destroyed at its term."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, assert_never

from eventcore import Decider, Effect, Rejected, Seen, Wake

from registry.imports.commands import (
    CompleteImport,
    DiscloseImport,
    ExpireImport,
    FailImport,
    ImportCommand,
    StartImport,
)
from registry.imports.events import (
    ImportCompleted,
    ImportDisclosed,
    ImportEvent,
    ImportExpired,
    ImportFailed,
    ImportStarted,
)

TERM: Final = "term"
"""Timer: when file and verdicts are destroyed."""


class NotComplete(Rejected):
    """The rows are not all judged yet."""

    code = "import_not_complete"


class Failed(Rejected):
    """The file could not be read."""

    code = "import_failed"


class Expired(Rejected):
    """The term of this import is over: its file and verdicts are destroyed."""

    code = "import_expired"


@dataclass(frozen=True, slots=True)
class NoImport:
    pass


@dataclass(frozen=True, slots=True)
class Running:
    started: ImportStarted


@dataclass(frozen=True, slots=True)
class Complete:
    started: ImportStarted
    result: ImportCompleted


@dataclass(frozen=True, slots=True)
class Unread:
    started: ImportStarted
    code: str


@dataclass(frozen=True, slots=True)
class Gone:
    """What it came to stays known; what it held does not."""

    started: ImportStarted
    result: ImportCompleted | None


KnownImport: TypeAlias = Running | Complete | Unread | Gone
Import: TypeAlias = NoImport | KnownImport
Standing: TypeAlias = Literal["running", "complete", "failed", "expired"]


def decide(command: ImportCommand, state: Import, _: Seen) -> Sequence[ImportEvent]:
    match command:
        case StartImport(started):
            return [started] if isinstance(state, NoImport) else []
        case CompleteImport(result):
            return [result] if isinstance(state, Running) else []
        case FailImport(failure):
            return [failure] if isinstance(state, Running) else []
        case DiscloseImport(disclosed):
            require_complete(state)
            return [disclosed]
        case ExpireImport():
            return [ImportExpired()] if isinstance(state, Running | Complete | Unread) else []
        case _:
            assert_never(command)


def require_complete(state: Import) -> Complete:
    """The import with its result. NotComplete, Failed, Expired."""
    match state:
        case Complete():
            return state
        case NoImport() | Running():
            raise NotComplete
        case Unread():
            raise Failed
        case Gone():
            raise Expired
        case _:
            assert_never(state)


def evolve(state: Import, event: ImportEvent) -> Import:
    match event:
        case ImportStarted():
            return Running(event)
        case ImportCompleted():
            return Complete(known(state).started, event)
        case ImportFailed():
            return Unread(known(state).started, event.code)
        case ImportDisclosed():
            return state
        case ImportExpired():
            return Gone(known(state).started, state.result if isinstance(state, Complete) else None)
        case _:
            assert_never(event)


def known(state: Import) -> KnownImport:
    """The import, which was started. NotComplete where it was not."""
    if isinstance(state, NoImport):
        raise NotComplete
    return state


def standing(state: KnownImport) -> Standing:
    """The state in one word, for answers."""
    match state:
        case Running():
            return "running"
        case Complete():
            return "complete"
        case Unread():
            return "failed"
        case Gone():
            return "expired"
        case _:
            assert_never(state)


def effects(_: Import, event: ImportEvent) -> Iterable[Effect]:
    if isinstance(event, ImportStarted):
        yield Wake(TERM, event.ends_at)


IMPORT: Final[Decider[ImportCommand, ImportEvent, Import]] = Decider(
    category="import", initial=NoImport(), decide=decide, evolve=evolve, events=ImportEvent, effects=effects
)
