"""Everything that both provinces' registries and placements left behind, read with SQL; no code of the services."""

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

import asyncpg
import msgspec

from tests.chaos.border.plan import HOME, node
from tests.chaos.evidence import Event, Received, reporting_rows
from tests.chaos.history import Asked
from tests.chaos.subsidies.evidence import Service, service_rows

_ENVELOPES: Final = "select sender, series, number, head, envelope from log.envelopes order by sender, series, number"
_PAIRS: Final = "select region, receipted_series, receipted_number, frozen, disputed, waits from log.pairs"
APART: Final = "unreadable exchange."
"""What the exchange brought and nobody takes: signed with a key that is revoked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """As it is stored by who got it, or by who signed it."""

    series: int
    number: int
    head: bytes
    signed: bytes

    @property
    def said(self) -> "Said":
        return read_envelope(self.signed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What stands in an envelope."""

    body: bytes
    signature: bytes
    sender: str
    receiver: str
    key: str
    series: int
    number: int
    before: bytes
    fact: str | None
    """Id of the public event; None where it opens a series."""
    source: str
    base: tuple[int, int]
    """Where the series goes on from."""


def read_envelope(signed: bytes) -> Said:
    """By the layout that docs/adr/0014-the-border.md fixes."""
    body, signature = msgspec.msgpack.decode(signed)
    _, sender, receiver, _, _, key, _, series, number, before, content = msgspec.msgpack.decode(body)
    kind, *rest = content
    headers = dict(rest[1]) if kind == "event" else {}
    return Said(
        body=body, signature=signature, sender=sender, receiver=receiver, key=key, series=series, number=number,
        before=before, fact=headers["ce_id"].decode() if headers else None,
        source=headers["ce_source"].decode() if headers else "",
        base=(0, 0) if headers else (rest[0][0], rest[0][1]),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One service of one province, at rest."""

    region: str
    service: str
    log: Service
    inbox: Sequence[Received]
    envelopes: Mapping[str, Sequence[Envelope]]
    """By sender."""
    pairs: Mapping[str, Mapping[str, Any]]
    ahead: int
    """Seconds that its clock is ahead of the true time."""
    apart: int = 0
    """Messages of the exchange that were not genuine."""

    def when(self, event: Event) -> datetime:
        """The true time at which an event was recorded."""
        return event.recorded_at - timedelta(seconds=self.ahead)

    def streams(self, kind: str) -> Mapping[str, list[Event]]:
        """Key -> events, in order."""
        found: dict[str, list[Event]] = {}
        for event in self.log.events:
            category, _, key = event.stream_id.partition("-")
            if category == kind:
                found.setdefault(key, []).append(event)
        return found

    def signed(self, peer: str) -> Sequence[Envelope]:
        """All that it signed for a province, series by series."""
        found = []
        for key, events in self.streams("outbound").items():
            region, _, series = key.partition("-")
            found += [_signed(int(series), event) for event in events if region == peer]
        return sorted(found, key=lambda each: (each.series, each.number))


def _signed(series: int, event: Event) -> Envelope:
    head, signed = (base64.b64decode(event.body[name]) for name in ("head", "signed"))
    return Envelope(series=series, number=event.version, head=head, signed=signed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    asked: Sequence[Asked]
    nodes: Mapping[str, Node]
    """By name: service and region."""
    keys: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    """Id -> the province whose key it is, and the key."""

    @property
    def ledgers(self) -> Node:
        """Home's registry: the one that says who is responsible."""
        return self.nodes[node("registry", HOME)]

    def of(self, service: str) -> Iterator[Node]:
        """The service in each province."""
        return (each for each in self.nodes.values() if each.service == service)


async def node_rows(url: str, region: str, service: str, ahead: int) -> Node:
    """Everything that is in a service's database once nothing moves."""
    log = await service_rows(url)
    inbox, _ = await reporting_rows(url)
    connection = await asyncpg.connect(url, timeout=10, command_timeout=60)
    try:
        rows = await connection.fetch(_ENVELOPES)
        pairs = await connection.fetch(_PAIRS)
    finally:
        await connection.close(timeout=10)
    envelopes: dict[str, list[Envelope]] = {}
    for sender, series, number, head, signed in rows:
        envelopes.setdefault(sender, []).append(Envelope(series=series, number=number, head=head, signed=signed))
    stuck = [line for line in log.kept.stuck if not line.startswith(APART)]
    return Node(
        region=region, service=service, log=replace(log, kept=replace(log.kept, stuck=stuck)), inbox=inbox,
        envelopes=envelopes, pairs={row["region"]: dict(row) for row in pairs}, ahead=ahead,
        apart=len(log.kept.stuck) - len(stuck),
    )  # fmt: skip
