"""Provinces and the exchange between them, a step at a time, all by one seed."""

import base64
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final

from eventcore.exchange.directory import Directory
from eventcore.exchange.envelopes import Signer
from eventcore.service import Service

from tests.simulation.border import Line, Network, lines
from tests.simulation.chance import Chance, Faults
from tests.simulation.memory import Broken
from tests.simulation.node import Node
from tests.simulation.province import Province, province

BEGIN: Final = datetime(2026, 3, 2, 1, tzinfo=UTC)
LONGEST: Final = 400_000
"""Steps after which a world that does not come to rest is broken."""
CROSSING: Final = ("registry", "placement", "subsidy")
"""Services that speak to the same of another province."""


class KeyRing:
    """One valid signing key a province, and those that were revoked; the directory is a file in the folder."""

    def __init__(self, folder: Path) -> None:
        self.signers: dict[str, Signer] = {}
        self._file = folder / "directory.json"
        self._listed: dict[str, list[dict[str, str]]] = {}

    def renew(self, region: str, now: datetime) -> None:
        """Another key, valid at once; the one before is revoked."""
        listed = self._listed.setdefault(region, [])
        for key in listed:
            key.setdefault("revoked_at", now.isoformat())
        self.signers[region] = signer = Signer(sha256(f"{region} {len(listed)}".encode()).digest())
        listed.append({"public": base64.b64encode(signer.public).decode(), "valid_from": BEGIN.isoformat()})
        provinces = {each: {"signing": keys} for each, keys in self._listed.items()}
        self._file.write_text(json.dumps({"provinces": provinces}), encoding="utf-8")
        self.directory = Directory(self._file)


@dataclass(slots=True, eq=False, repr=False)
class World:
    """All provinces at one time."""

    provinces: dict[str, Province]
    lines: list[Line]
    keys: KeyRing
    chance: Chance
    faults: Faults
    now: datetime = BEGIN
    network: Network = field(default_factory=Network)
    check: Callable[["World"], None] = lambda _: None
    """Called after every step: what may never be."""

    def node(self, region: str, service: str) -> Node:
        return self.provinces[region].nodes[service]

    def revoke(self, region: str) -> None:
        """Nobody believes the province's key any more; it has another, and begins a new series with everybody."""
        self.keys.renew(region, self.now)
        for line in self.lines:
            if line.sender.region == region and line.signed:
                line.open(self.now)

    def run(self, steps: int) -> None:
        """So many steps; fewer where nothing is left to do now."""
        for _ in range(steps):
            if not self._step():
                return
            self.check(self)

    def rest(self, until: datetime) -> None:
        """Goes on until nothing is left to do by that time; timers that are due by then ring."""
        for _ in range(LONGEST):
            if self._step():
                self.check(self)
                continue
            soonest = self._soonest()
            if soonest is None or soonest > until:
                self.now = max(self.now, until)
                return
            self.now = max(self.now, soonest)
        raise Broken("it does not come to rest")

    def settled(self) -> bool:
        """Every envelope is stored and receipted."""
        return all(line.settled() for line in self.lines)

    def commands(self) -> int:
        return sum(node.commands for each in self.provinces.values() for node in each.nodes.values())

    def digest(self) -> str:
        """Of all histories: equal seeds give equal ones."""
        summed = sha256()
        for region in sorted(self.provinces):
            for name, node in sorted(self.provinces[region].nodes.items()):
                for fact in node.log.facts:
                    summed.update(
                        f"{region} {name} {fact.source} {fact.id} {fact.occurred_at} {fact.event!r}\n".encode()
                    )
        return summed.hexdigest()

    def _step(self) -> bool:
        self.now += timedelta(milliseconds=self.chance.number(1, 20))
        if self.chance.happens(self.faults.cuts):
            self.network.cut_until = self.now + timedelta(seconds=self.chance.seconds(600))
        turns: list[Callable[[], bool]] = [self._border, *(self._turn(each) for each in self.provinces.values())]
        while turns:
            turn = self.chance.one(turns)
            if turn():
                return True
            turns.remove(turn)
        return False

    def _turn(self, of: Province) -> Callable[[], bool]:
        return lambda: of.step(self.chance, self.faults, self.now)

    def _border(self) -> bool:
        arrived = self.network.arrived(self.now)
        for line, message in arrived:
            line.receive(message, self.now)
        busy = [line for line in self.lines if line.busy(self.now)]
        if busy:
            line = self.chance.one(busy)
            line.sign(self.chance.number(1, 32), self.now)
            line.send(self.network, self.chance, self.faults, self.now)
        return bool(arrived or busy)

    def _soonest(self) -> datetime | None:
        """When something happens by itself."""
        return min(self._times(), default=None)

    def _times(self) -> Iterator[datetime]:
        for each in self.provinces.values():
            yield from (at for at in each.down.values() if at > self.now)
            if (at := each.next_timer()) is not None:
                yield at
        for line in self.lines:
            if line.resend_at is not None:
                yield line.resend_at
        if self.network.under_way:
            first = min(each[0] for each in self.network.under_way)
            yield max(first, self.network.cut_until or first)


def world(regions: Sequence[str], services: Sequence[Service], seed: int, folder: Path, faults: Faults) -> World:
    """Provinces with empty logs, and a directory of their keys in the folder."""
    keys = KeyRing(folder)
    for region in regions:
        keys.renew(region, BEGIN)
    provinces = {region: province(region, services) for region in regions}
    pairs = [
        line
        for n, one in enumerate(regions)
        for other in regions[n + 1 :]
        for name in CROSSING
        if name in provinces[one].nodes
        for line in lines(provinces[one].nodes[name], provinces[other].nodes[name], keys)
    ]
    return World(provinces, pairs, keys, Chance(seed), faults)
