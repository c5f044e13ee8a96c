"""A published language for tests of the runtime: the seats of the small domain, without an envelope's niceties."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from eventcore import Fact
from eventcore.published import Unpacked
from shop import SeatGivenBack, SeatTaken

TAKEN = "seat-taken.v1"
BACK = "seat-given-back.v1"


@dataclass(frozen=True)
class PublicSeat:
    type: str
    number: str = ""


@dataclass(frozen=True)
class Packed:
    topic: str
    key: bytes
    value: bytes
    headers: Sequence[tuple[str, bytes]]


def publish(fact: Fact[Any]) -> PublicSeat | None:
    match fact.event:
        case SeatTaken(number=number):
            return PublicSeat(TAKEN, number)
        case SeatGivenBack():
            return PublicSeat(BACK)
        case _:
            return None


def pack(
    event: PublicSeat,
    *,
    region: str,
    service: str,
    stream: str,
    version: int,
    position: int,
    incarnation: str,
    occurred_at: datetime,
    recorded_at: datetime,
    correlation: str,
    causation: str,
    trace: str,
) -> Packed:
    headers = {
        "ce_source": f"/cn/{region}/{service}",
        "ce_id": f"{stream}/{version}/{event.type}",
        "ce_type": event.type,
        "ce_time": occurred_at.isoformat(),
        "ce_traceparent": trace,
    }
    return Packed(
        f"{region}.shop.seat.1",
        stream.encode(),
        msgspec.json.encode(event),
        [(name, value.encode()) for name, value in headers.items()],
    )


def unpack(key: bytes, value: bytes, headers: Sequence[tuple[str, bytes]]) -> Unpacked:
    named = {name: text.decode() for name, text in headers}
    version = int(named["ce_id"].split("/")[1])
    occurred_at = datetime.fromisoformat(named["ce_time"])
    event = msgspec.json.decode(value, type=PublicSeat)
    return event, version, occurred_at, "", "", named["ce_traceparent"]
