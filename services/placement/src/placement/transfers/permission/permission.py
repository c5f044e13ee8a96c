"""The rules of the permission to act: under one epoch at a time, and yielded only when nothing is going on any more.

Whoever begins something for a worker reads this stream, so that it cannot begin while the permission ends. What was
begun before is found by its guard, and stopped.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, assert_never

from eventcore import Decider, Read, Rejected, Seen

from placement.transfers.permission.events import (
    ActingBegun,
    ActingEnding,
    HolderNoted,
    PermissionEvent,
    StewardshipYielded,
)

OPEN_TRANSFER: Final = "open-transfer"
"""Guard: the one open transfer of a worker, from its proposal to its end."""


class NotSteward(Rejected):
    """Another province is responsible for the worker, or nobody is at the moment."""

    code = "not_steward"

    def __init__(self, steward: str | None) -> None:
        super().__init__()
        self.steward = steward

    def members(self) -> Mapping[str, str]:
        """Who is responsible, as far as it is known."""
        return {"steward": self.steward} if self.steward else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginActing:
    """The province's registry holds the grant of this epoch."""

    worker: str
    epoch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EndActing:
    """The registry is about to release this epoch."""

    worker: str
    epoch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteStopped:
    """The transfer has ended, or goes on without a steward here."""

    worker: str
    transfer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteHolder:
    """Home's ledger names who is responsible."""

    worker: str
    epoch: int
    region: str


PermissionCommand: TypeAlias = BeginActing | EndActing | NoteStopped | NoteHolder


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who is responsible, as far as this service was told."""

    epoch: int = 0
    region: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Idle:
    """Does not act. `newest`: the newest epoch that ended here."""

    newest: int = 0
    holder: Holder = Holder()


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    epoch: int
    holder: Holder


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Begins nothing; `transfer` is not stopped yet."""

    epoch: int
    transfer: str
    holder: Holder


Permission: TypeAlias = Idle | Acting | Ending


def require_steward(permission: Permission) -> int:
    """The epoch under which the service acts. NotSteward."""
    if not isinstance(permission, Acting):
        raise NotSteward(permission.holder.region)
    return permission.epoch


def newest(permission: Permission) -> int:
    """The newest epoch that was heard of here; epochs only rise."""
    return permission.newest if isinstance(permission, Idle) else permission.epoch


def decide(command: PermissionCommand, permission: Permission, seen: Seen) -> Sequence[PermissionEvent]:
    match command:
        case BeginActing(worker=worker, epoch=epoch):
            return [ActingBegun(worker=worker, epoch=epoch)] if epoch > newest(permission) else []
        case EndActing():
            return _end(command, permission, seen)
        case NoteStopped(worker=worker, transfer=transfer):
            if isinstance(permission, Ending) and permission.transfer == transfer:
                return [StewardshipYielded(worker=worker, epoch=permission.epoch)]
            return []
        case NoteHolder(worker=worker, epoch=epoch, region=region):
            is_newer = epoch > permission.holder.epoch
            return [HolderNoted(worker=worker, epoch=epoch, region=region)] if is_newer else []
        case _:
            assert_never(command)


def _end(command: EndActing, permission: Permission, seen: Seen) -> Sequence[PermissionEvent]:
    """A release of what never began here, or ended before, stops nothing; the registry is answered all the same."""
    worker, epoch = command.worker, command.epoch
    if epoch < newest(permission) or (epoch == newest(permission) and not isinstance(permission, Acting)):
        return []
    running = seen.holder(OPEN_TRANSFER, worker)
    if running is not None and not isinstance(permission, Idle):
        return [ActingEnding(worker=worker, epoch=epoch, transfer=running)]
    return [StewardshipYielded(worker=worker, epoch=epoch)]


def evolve(permission: Permission, event: PermissionEvent) -> Permission:
    holder = permission.holder
    match event:
        case ActingBegun(epoch=epoch):
            return Acting(epoch=epoch, holder=holder)
        case ActingEnding(epoch=epoch, transfer=transfer):
            return Ending(epoch=epoch, transfer=transfer, holder=holder)
        case StewardshipYielded(epoch=epoch):
            return Idle(newest=epoch, holder=holder)
        case HolderNoted(epoch=epoch, region=region):
            return replace(permission, holder=Holder(epoch=epoch, region=region))
        case _:
            assert_never(event)


def reads(command: PermissionCommand) -> Iterable[Read]:
    if isinstance(command, EndActing):
        yield Read(guard=(OPEN_TRANSFER, command.worker))


PERMISSION: Final[Decider[PermissionCommand, PermissionEvent, Permission]] = Decider(
    category="permission",
    initial=Idle(),
    decide=decide,
    evolve=evolve,
    events=PermissionEvent,
    reads=reads,
)
