"""Everything that a run left behind, read with SQL, from the files to and from the bank, and from the bank's own list;
no code of the services or the bank."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import asyncpg

from tests.chaos.evidence import Command, Event, Kept, Message, registry_rows
from tests.chaos.history import Asked
from tests.chaos.plan import REGION

TOPICS: Final = tuple(
    f"{REGION}.{topic}.1"
    for topic in (
        "registry.worker",
        "registry.survey",
        "training.institution",
        "training.enrolment",
        "certification.certificate",
    )
)
FOLLOWS: Final = {"training": TOPICS[:1], "certification": (TOPICS[0], TOPICS[3]), "subsidy": TOPICS}
"""What each service takes in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A line of the ledger; `event`: id of the event that it belongs to."""

    event: str
    account: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    events: Sequence[Event]
    commands: Mapping[str, Command]
    guards: Mapping[tuple[str, str], str]
    kept: Kept
    received: Sequence[str]
    """Ids in the inbox, in the order of their positions."""
    postings: Sequence[Posting]

    def of(self, *types: str) -> list[Event]:
        """The events of these types, in the order of their positions."""
        return [event for event in self.events if event.type in types]


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """A line of the bank's own list."""

    payment: str
    amount: int
    reference: str
    came_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file as it lies: the place is its folder below that of the bank."""

    name: str
    place: str
    data: bytes

    @property
    def id(self) -> str:
        return self.name.partition(".")[0]

    @property
    def lines(self) -> list[bytes]:
        return self.data.split(b"\r\n")[:-1]

    @property
    def orders(self) -> dict[str, int]:
        """Order -> fen, by the columns of the agreement."""
        return {line[1:37].decode(): int(line[37:55]) for line in self.lines if line[:1] in b"DQR"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    asked: Sequence[Asked]
    services: Mapping[str, Service]
    messages: Sequence[Message]
    bank: Sequence[Execution]
    files: Sequence[File]
    reconciled: Mapping[str, Any]

    @property
    def subsidy(self) -> Service:
        return self.services["subsidy"]


async def service_rows(url: str) -> Service:
    """Everything that is in a service's database once nothing moves."""
    events, commands, guards, kept = await registry_rows(url)
    connection = await asyncpg.connect(url, timeout=10, command_timeout=60)
    try:
        received = await connection.fetch("select id from log.inbox order by position")
        postings = await connection.fetch("select event, account, amount from log.postings order by event, n")
    finally:
        await connection.close(timeout=10)
    return Service(
        events=events,
        commands=commands,
        guards=guards,
        kept=kept,
        received=[row["id"] for row in received],
        postings=[Posting(**row) for row in postings],
    )


def executions(listed: str) -> list[Execution]:
    """The CSV that `bank executed` prints."""
    return [
        Execution(
            payment=row["payment"],
            amount=int(row["amount"]),
            reference=row["reference"],
            came_back=bool(row["came_back"]),
        )
        for row in csv.DictReader(io.StringIO(listed))
    ]


def files(folder: Path) -> list[File]:
    """All that anybody can see: what begins with a dot is in the making."""
    return [
        File(name=path.name, place=str(path.parent.relative_to(folder)), data=path.read_bytes())
        for side in ("to-bank", "from-bank")
        for path in sorted((folder / side).rglob("[!.]*"))
        if path.is_file()
    ]


def not_taken_in(service: Service, name: str, messages: Sequence[Message]) -> set[str]:
    """Ids of what lies in Kafka for a service and not in its inbox."""
    wanted = {message.id for message in messages if message.topic in FOLLOWS.get(name, ())}
    return wanted - {*service.received}
