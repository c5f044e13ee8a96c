"""Two provinces with a log each, and between them a road on which messages are lost, doubled, late and out of order."""

import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
import toy_dialect
from draining import drain
from eventcore.broker.messages import Incoming, Outgoing
from eventcore.database import Pool, connect
from eventcore.exchange.courier import Courier, Pace
from eventcore.exchange.directory import Directory, Key, Listing, Province
from eventcore.exchange.envelopes import Signer
from eventcore.exchange.keys import SIGNING, Ring
from eventcore.exchange.pairs import Border
from eventcore.exchange.receiving import Receiver
from eventcore.exchange.signing import SigningWork
from eventcore.schema import renew
from eventcore.service import Service
from eventcore.store import Order, Store, handle
from lb.local.databases import MakeDatabase, with_database
from logs import APP
from shop import CLASS, SEAT, OpenClass, TakeSeat

HOME, HOST = "520000", "440000"


def everybody(_: object) -> Sequence[str]:
    """Every fact goes to both."""
    return HOME, HOST


SHOP = Service(
    name="shop",
    dialect=toy_dialect,
    migrations=Path(),
    deciders=(CLASS, SEAT),
    publish=toy_dialect.publish,
    topics=("shop.seat.1",),
    addressees=everybody,
)
EAGER = Pace(first=0.0, longest=0.0, asked=0.0)
"""Everything without a receipt goes out at every look."""
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Keys:
    """The directory of both provinces and their secrets, in a folder."""

    folder: Path
    listing: dict[str, list[Key]] = field(default_factory=lambda: {HOME: [], HOST: []})
    seeds: dict[str, list[bytes]] = field(default_factory=lambda: {HOME: [], HOST: []})

    def add(self, region: str, valid_from: datetime = LONG_AGO) -> Signer:
        seed = random.randbytes(32)
        signer = Signer(seed)
        self.seeds[region].append(seed)
        self.listing[region].append(Key(public=signer.public, valid_from=valid_from))
        self.write()
        return signer

    def change(self, region: str, n: int, **changes: datetime) -> None:
        self.listing[region][n] = msgspec.structs.replace(self.listing[region][n], **changes)
        self.write()

    def write(self) -> None:
        provinces = {region: Province(signing=tuple(keys)) for region, keys in self.listing.items()}
        (self.folder / "directory.json").write_bytes(msgspec.json.encode(Listing(provinces)))
        for region, seeds in self.seeds.items():
            (self.folder / region).mkdir(exist_ok=True)
            (self.folder / region / SIGNING).write_text("\n".join(seed.hex() for seed in seeds))

    def directory(self) -> Directory:
        return Directory(self.folder / "directory.json")


class Side:
    """One province: its log, its reader of the pair, its courier, its receiver."""

    def __init__(self, region: str, pool: Pool, keys: Keys, owner: str = "", make: MakeDatabase | None = None) -> None:
        self.region, self.peer = region, HOST if region == HOME else HOME
        self.pool, self.keys, self.owner, self._make, self.taken = pool, keys, owner, make, 0
        self.road: list[Outgoing] = []
        self.restart()

    @classmethod
    @asynccontextmanager
    async def of(cls, region: str, keys: Keys, make: MakeDatabase, template: str) -> AsyncIterator["Side"]:
        """With a database of its own."""
        owner = make(template=template)
        side = cls(region, await connect(app_url(owner)), keys, owner, make)
        yield side
        await side.pool.close()

    def twin(self) -> "Side":
        """Another process on the same log."""
        return Side(self.region, self.pool, self.keys)

    async def backup(self) -> str:
        """A copy of the log as it is now."""
        assert self._make
        await self.pool.close()
        copy = self._make(template=urlsplit(self.owner).path.lstrip("/"))
        self.pool = await connect(app_url(self.owner))
        self.restart()
        return copy

    async def restore(self, copy: str) -> None:
        """The log is the copy now, under a new incarnation; what came after it is lost."""
        await self.pool.close()
        self.owner = copy
        await renew(copy)
        self.pool = await connect(app_url(copy))
        self.restart()

    def restart(self) -> None:
        """A new process on the same log."""
        self.store = Store(self.pool)
        self.directory = self.keys.directory()
        self.border = Border(
            store=self.store,
            region=self.region,
            service="shop",
            peers=(self.peer,),
            directory=self.directory,
            ring=Ring(self.keys.folder / self.region / SIGNING, self.region, self.directory),
            dialect=toy_dialect,
            publish=toy_dialect.publish,
            addressees=everybody,
            clock=now,
        )
        self.courier = Courier(self.border, self._publish, EAGER)
        self.receiver = Receiver(self.border, self.store.appended)

    async def _publish(self, outgoing: Sequence[Outgoing]) -> None:
        self.road += outgoing

    async def seats(self, count: int) -> None:
        """So many facts that the other province gets."""
        await handle(self.store, CLASS, "weld", OpenClass(place="x"), Order(id="open"))
        for n in range(self.taken, self.taken + count):
            command = TakeSeat(class_key="weld", number=f"{self.region}-{n}")
            await handle(self.store, SEAT, f"s{n}", command, Order(id=f"take-{n}"))
        self.taken += count

    async def work(self) -> SigningWork:
        await self.border.prepare()
        series = await self.border.settle(self.peer)
        (standing,) = await self.border.standings(self.peer)
        pages = SHOP.pages(self.pool, SHOP.all_codecs(), ())
        work = SigningWork(self.border, self.peer, series, standing["own"], pages)
        await work.begin()
        return work

    async def sign(self) -> None:
        """Everything that is in the log gets its envelope."""
        await drain(self.pool, await self.work())

    async def send(self) -> None:
        """One turn of the courier, after signing."""
        await self.sign()
        await self.courier.round()

    async def receive(self, outgoing: Sequence[Outgoing]) -> None:
        await self.receiver.receive([incoming(each, n) for n, each in enumerate(outgoing)])

    async def arrived(self) -> list[str]:
        """Ids of what came from the other province, in the order of the inbox."""
        return [row["id"] for row in await self.pool.fetch("select id from log.inbox order by position")]

    async def said(self) -> list[str]:
        """Ids of what the other province has to get, in the order of the log."""
        rows = await self.pool.fetch("select stream_id from log.events where type = 'seat-taken' order by position")
        return [f"{row['stream_id']}/1/{toy_dialect.TAKEN}" for row in rows]

    async def envelopes(self) -> list[tuple[str, int, bytes]]:
        """Everything that was ever signed: stream, number, bytes."""
        rows = await self.pool.fetch(
            "select stream_id, version, data from log.events where stream_id like 'outbound-%' order by position"
        )
        return [(row["stream_id"], row["version"], row["data"]) for row in rows]

    async def reasons(self) -> list[str]:
        """Why messages were kept apart."""
        return [row["reason"] for row in await self.pool.fetch("select reason from log.unreadable")]

    async def standing(self) -> Any:
        (standing,) = await self.border.standings(self.peer)
        return standing


def now() -> datetime:
    return datetime.now(UTC)


def app_url(owner: str) -> str:
    return with_database(owner, urlsplit(owner).path.lstrip("/"), user=APP)


def incoming(outgoing: Outgoing, offset: int) -> Incoming:
    return Incoming(
        topic=outgoing.topic, partition=0, offset=offset, key=outgoing.key, value=outgoing.value,
        headers=outgoing.headers,
    )  # fmt: skip


async def settle(*sides: Side) -> None:
    """The road is open: until nobody has anything to say that the other does not have."""
    for _ in range(40):
        for side, other in (sides, sides[::-1]):
            await side.send()
            road, side.road = side.road, []
            await other.receive(road)
        if all([await quiet(side) for side in sides]):
            return
    raise AssertionError("the pair never comes to rest")


async def quiet(side: Side) -> bool:
    standing = await side.standing()
    return bool(
        (standing["series"], standing["number"]) == (standing["receipted_series"], standing["receipted_number"])
        and standing["agrees"]
    )


@dataclass
class Weather:
    """What happens to messages on the road, by seed."""

    dice: random.Random

    def passes(self, road: list[Outgoing]) -> tuple[list[Outgoing], list[Outgoing]]:
        """What arrives now, in which order, and what comes later."""
        now: list[Outgoing] = []
        later: list[Outgoing] = []
        for each in road:
            fate = self.dice.random()
            if fate < 0.2:
                continue
            (later if fate < 0.4 else now).append(each)
            if fate > 0.85:
                now.append(each)
        if self.dice.random() < 0.3:
            self.dice.shuffle(now)
        return now, later
