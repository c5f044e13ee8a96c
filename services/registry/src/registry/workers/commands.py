"""What can be asked of a worker's stream."""

from dataclasses import dataclass
from typing import TypeAlias

from registry.memberships import Membership


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterWorker:
    worker: str
    survey: str
    household_region: str
    groups: tuple[Membership, ...]


WorkerCommand: TypeAlias = RegisterWorker
