"""What a record's stream says now."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal, TypeAlias

Step: TypeAlias = Literal["WAITS", "DUE", "SENT", "RECEIVED"]


def by_grant(worker: str, epoch: int) -> str:
    """What stands for the transfer where a grant of responsibility takes its place."""
    return f"{worker}-{epoch}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Home's side of one transfer. `keys`: who offered which; only the host's is used."""

    region: str | None = None
    keys: tuple[tuple[str, str], ...] = ()
    step: Step = "WAITS"

    @property
    def key(self) -> str | None:
        """That of the host, once it is known who that is."""
        return next((key for region, key in self.keys if region == self.region), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """At home `handovers` and what was ordered, at the host the rest."""

    handovers: Mapping[str, Handover] = field(default_factory=lambda: MappingProxyType({}))
    ordered: frozenset[str] = frozenset()
    """Provinces that were told to erase it."""
    erased: bool = False
    homes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Transfer -> the home to which the key was offered."""
    received: tuple[str, ...] = ()
    """Transfers by which it came, the newest last."""
    groups: tuple[str, ...] | None = None
    """As the newest that came says."""
    to_erase: str | None = None
    """The home that ordered it."""
    done: bool = False

    def handover(self, transfer: str) -> Handover:
        return self.handovers.get(transfer, Handover())

    def with_handover(self, transfer: str, after: Handover) -> "Record":
        return replace(self, handovers=MappingProxyType({**self.handovers, transfer: after}))

    @property
    def hosts(self) -> frozenset[str]:
        """Provinces that have the record, or a key for it."""
        return frozenset(region for each in self.handovers.values() for region, _ in each.keys)
