"""What can have happened to a worker. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from registry.memberships import Membership


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerRegistered:
    type: ClassVar[str] = "worker-registered"
    worker: str
    survey: str
    """Stream id of the approved survey."""
    household_region: str
    groups: tuple[Membership, ...]


WorkerEvent: TypeAlias = WorkerRegistered
