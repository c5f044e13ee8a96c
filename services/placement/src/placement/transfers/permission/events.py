"""What can have happened to the permission to act for a worker. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class ActingBegun:
    """From here on the service acts, under this epoch of the worker's ledger."""

    type: ClassVar[str] = "permission-begun"
    worker: str
    """Key of this stream."""
    epoch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActingEnding:
    """Nothing new is begun; `transfer` is stopped, or let go, before the service yields."""

    type: ClassVar[str] = "permission-ending"
    worker: str
    epoch: int
    transfer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StewardshipYielded:
    """Nobody in this service acts any more under this epoch, or an older one."""

    type: ClassVar[str] = "permission-yielded"
    worker: str
    epoch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderNoted:
    """Home's ledger names this province from this epoch on."""

    type: ClassVar[str] = "permission-holder-noted"
    worker: str
    epoch: int
    region: str


PermissionEvent: TypeAlias = ActingBegun | ActingEnding | StewardshipYielded | HolderNoted
