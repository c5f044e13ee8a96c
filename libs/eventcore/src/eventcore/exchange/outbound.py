"""What goes out to a province: the stream `outbound-<region>-<series>`, whose version is the envelope's number.

The signed bytes are stored once and resent as they are. Ed25519 is deterministic and the key comes with the command, so
the decider stays a function of its command and state.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Final, TypeAlias

from eventcore.decider import Decider, Read, Seen
from eventcore.effects import Effect, Release, Take
from eventcore.exchange.envelopes import Corner, Envelope, Opening, Place, Record, Signer, head_after

SCOPE: Final = "outbound"
"""The guard (SCOPE, region) is held by the present series."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesOpened:
    type: ClassVar[str] = "series-opened"
    region: str
    series: int
    signed: bytes
    head: bytes
    key: str
    incarnation: str
    base_series: int
    base_number: int
    position: int
    """Of the log: facts up to there that the province gets were receipted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvelopeSigned:
    type: ClassVar[str] = "envelope-signed"
    signed: bytes
    head: bytes
    key: str
    position: int
    """Of the fact that it carries."""


OutboundEvent: TypeAlias = SeriesOpened | EnvelopeSigned


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSeries:
    corner: Corner
    signer: Signer
    at: datetime
    region: str
    series: int
    previous: int
    """The series that it replaces; 0 for none."""
    base: Place
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignEnvelope:
    corner: Corner
    signer: Signer
    at: datetime
    record: Record
    position: int


OutboundCommand: TypeAlias = OpenSeries | SignEnvelope


@dataclass(frozen=True, slots=True)
class Unopened:
    """Nothing was signed in this series."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """An open series, up to its last envelope."""

    region: str
    series: int
    number: int
    head: bytes
    keys: frozenset[str]
    """All that signed in it."""
    incarnation: str
    base: tuple[int, int]


Outbound: TypeAlias = Unopened | Series


class NotOpened(Exception):
    """An envelope for a series that was never opened: a mistake of the caller."""


def decide(command: OutboundCommand, outbound: Outbound, seen: Seen) -> Sequence[OutboundEvent]:
    """Opens where nobody else did meanwhile; signs under the next number."""
    match command, outbound:
        case OpenSeries(), Unopened() if int(seen.holder(SCOPE, command.region) or 0) == command.previous:
            return [_opened(command)]
        case OpenSeries(), _:
            return []
        case SignEnvelope(), Series():
            return [_signed(command, outbound)]
        case _:
            raise NotOpened


def _opened(command: OpenSeries) -> SeriesOpened:
    signed = command.signer.sign(
        _envelope(command, command.region, command.series, 1, b"", Opening(command.base)),
    )
    return SeriesOpened(
        region=command.region,
        series=command.series,
        signed=signed,
        head=head_after(b"", signed),
        key=command.signer.id,
        incarnation=command.corner.incarnation,
        base_series=command.base.series,
        base_number=command.base.number,
        position=command.position,
    )


def _signed(command: SignEnvelope, series: Series) -> EnvelopeSigned:
    envelope = _envelope(command, series.region, series.series, series.number + 1, series.head, command.record)
    signed = command.signer.sign(envelope)
    return EnvelopeSigned(
        signed=signed, head=head_after(series.head, signed), key=command.signer.id, position=command.position
    )


def _envelope(
    command: OutboundCommand, region: str, series: int, number: int, before: bytes, content: Opening | Record
) -> Envelope:
    corner = command.corner
    return Envelope(
        corner.region, region, corner.service, corner.incarnation, command.signer.id, command.at,
        series, number, before, content,
    )  # fmt: skip


def evolve(outbound: Outbound, event: OutboundEvent) -> Outbound:
    """What has been signed so far."""
    match event, outbound:
        case SeriesOpened(), Unopened():
            return Series(
                region=event.region,
                series=event.series,
                number=1,
                head=event.head,
                keys=frozenset({event.key}),
                incarnation=event.incarnation,
                base=(event.base_series, event.base_number),
            )
        case EnvelopeSigned(), Series():
            keys = outbound.keys | {event.key}
            return replace(outbound, number=outbound.number + 1, head=event.head, keys=keys)
        case _:
            raise NotOpened


def effects(_: Outbound, event: OutboundEvent) -> Iterable[Effect]:
    """The newest series of a province holds its guard."""
    if isinstance(event, SeriesOpened):
        yield Release(SCOPE, event.region)
        yield Take(SCOPE, event.region, str(event.series))


def reads(command: OutboundCommand | None) -> Iterable[Read]:
    """Who opens a series looks at which one it replaces."""
    if isinstance(command, OpenSeries):
        yield Read(guard=(SCOPE, command.region))


OUTBOUND: Final[Decider[OutboundCommand, OutboundEvent, Outbound]] = Decider(
    category="outbound",
    initial=Unopened(),
    decide=decide,
    evolve=evolve,
    events=OutboundEvent,
    reads=reads,
    effects=effects,
)


def key_of(region: str, series: int) -> str:
    """The key of a series' stream."""
    return f"{region}-{series}"
