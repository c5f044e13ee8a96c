"""One service's way to the same service of another province, over a network that loses, doubles and reorders.

Envelopes are signed, checked and judged by the exchange's own pure parts; what its SQL does (numbers stored once, a
receipt only of what is stored, where a new series begins in the log) is done here by hand.
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Protocol, TypeAlias

from contracts import dialect
from contracts.addressed import addressees
from eventcore.desk import Order, Task
from eventcore.exchange.directory import Directory
from eventcore.exchange.envelopes import Corner, Envelope, Place, Receipt, Record, Refused, Signer, opened
from eventcore.exchange.judging import Arrived, Held, disputed, judge, moves
from eventcore.exchange.outbound import OUTBOUND, OpenSeries, SignEnvelope, key_of
from eventcore.facts import Fact, Meta
from eventcore.published import packed

from tests.simulation.chance import Chance, Faults
from tests.simulation.memory import Broken
from tests.simulation.node import Node

WINDOW: Final = 64
PATIENCE: Final = timedelta(seconds=20)
BEFORE: Final = Place()
NOTHING: Final = Held(BEFORE, "")


@dataclass(slots=True, eq=False, repr=False)
class Network:
    """Messages under way, each with the time at which it arrives."""

    under_way: list[tuple[datetime, int, "Line", bytes]] = field(default_factory=list)
    sent: int = 0
    cut_until: datetime | None = None

    def send(self, line: "Line", message: bytes, chance: Chance, faults: Faults, now: datetime) -> None:
        """Perhaps never, perhaps twice, perhaps late."""
        copies = 0 if chance.happens(faults.dropped) else 2 if chance.happens(faults.doubled) else 1
        for _ in range(copies):
            late = chance.seconds(5.0) if chance.happens(faults.overtaken) else 0.01
            self.sent += 1
            self.under_way.append((now + timedelta(seconds=late), self.sent, line, message))

    def arrived(self, now: datetime) -> list[tuple["Line", bytes]]:
        """What arrives by now, in its order; nothing while the exchange is cut off."""
        if self.cut_until is not None and now < self.cut_until:
            return []
        due = sorted((each for each in self.under_way if each[0] <= now), key=lambda each: each[:2])
        self.under_way = [each for each in self.under_way if each[0] > now]
        return [(line, message) for _, _, line, message in due]


Said: TypeAlias = tuple[Fact[Any], Any]


class Keys(Protocol):
    """The provinces' keys, as everybody knows them now."""

    signers: dict[str, Signer]
    directory: Directory


@dataclass(slots=True, eq=False, repr=False)
class Line:
    """Everything that goes from one province's service to another's: envelopes there, receipts for the other line."""

    sender: Node
    receiver: Node
    keys: Keys
    series: int = 0
    signed: list[bytes] = field(default_factory=list)
    """Of the present series, by number."""
    carried: list[Said] = field(default_factory=list)
    """What they carry, but for the first, which opens the series."""
    own_heads: dict[tuple[int, int], bytes] = field(default_factory=dict)
    """Chain heads of all that was ever signed."""
    unsigned: deque[Said] = field(default_factory=deque)
    """Facts that go to the other province, and what they say there."""
    sent: int = 0
    receipted: Held = NOTHING
    resend_at: datetime | None = None
    at: Place = BEFORE
    """What the receiver has stored."""
    heads: dict[tuple[int, int], bytes] = field(default_factory=dict)
    owes_receipt: bool = False
    back: "Line | None" = None

    def put(self, fact: Fact[Any], event: Any) -> None:
        """A public fact; it stays at home where it is not addressed to the other province."""
        if self.receiver.region in addressees(event):
            self.unsigned.append((fact, event))

    def sign(self, most: int, now: datetime) -> None:
        """Facts that go to the other province get their numbers."""
        if self.unsigned and not self.signed:
            self.open(now)
        for _ in range(min(most, len(self.unsigned))):
            fact, event = self.unsigned.popleft()
            self.carried.append((fact, event))
            self._order(self._envelope(fact, event, now), fact.id, now)

    def open(self, now: datetime) -> None:
        """A new series, which goes on after the last receipt: what had none follows under new numbers."""
        base = self.receipted.place
        kept = max(base.number - 1, 0) if base.series == self.series else 0
        self.unsigned.extendleft(reversed(self.carried[kept:]))
        previous, self.series = self.series, self.series + 1
        self.signed, self.carried, self.sent, self.resend_at = [], [], 0, None
        self._order(self._opening(previous, base, now), "opening", now)

    def send(self, network: Network, chance: Chance, faults: Faults, now: datetime) -> None:
        """What was never sent, and again what has no receipt in time; a receipt where one is owed."""
        base = self.base
        if self.resend_at is not None and now >= self.resend_at:
            self.sent = base
        for n in range(self.sent, min(len(self.signed), base + WINDOW)):
            network.send(self, self.signed[n], chance, faults, now)
            self.sent, self.resend_at = n + 1, now + PATIENCE
        if base == len(self.signed):
            self.resend_at = None
        if self.back is not None and self.back.owes_receipt:
            self.back.owes_receipt = False
            network.send(self, self._receipt(self.back, now), chance, faults, now)

    @property
    def base(self) -> int:
        """How far the present series is receipted."""
        return self.receipted.place.number if self.receipted.place.series == self.series else 0

    def busy(self, now: datetime) -> bool:
        """Whether the sender has something to do."""
        unsent = min(len(self.signed), self.base + WINDOW) > self.sent
        overdue = self.resend_at is not None and now >= self.resend_at
        owes = self.back is not None and self.back.owes_receipt
        return bool(self.unsigned) or unsent or overdue or owes

    def receive(self, message: bytes, now: datetime) -> None:
        """What came for the receiver."""
        corner = Corner(self.receiver.region, self.receiver.service.name, "")
        try:
            said = opened(message, corner, {self.sender.region}, self.keys.directory, now)
        except Refused:
            return  # signed by a key that was revoked meanwhile: it comes again under another
        match said:
            case Envelope() as envelope:
                self._store(Arrived(envelope, message, 0, 0), now)
            case Receipt() as receipt if self.back is not None:
                self.back._note(receipt)

    def settled(self) -> bool:
        """Everything signed is stored and receipted."""
        if not self.signed:
            return self.at == BEFORE
        return self.at.at == self.receipted.place.at == (self.series, len(self.signed))

    def _store(self, arrived: Arrived, now: datetime) -> None:
        judgement = judge(self.at, [arrived], self.heads)
        if judgement.frozen:
            raise Broken(f"{self.sender.name} to {self.receiver.region}: {judgement.frozen}")
        for each in judgement.taken:
            content = each.envelope.content
            if isinstance(content, Record):
                self.receiver.log.take_in(_unpacked(content, self.sender), now)
            self.at = each.place
            self.heads[self.at.at] = self.at.head
        self.owes_receipt = True

    def _note(self, receipt: Receipt) -> None:
        if reason := disputed(receipt, self.own_heads.get(receipt.stored.at)):
            raise Broken(f"{self.sender.name}: {reason}")
        if moves(self.receipted, receipt):
            self.receipted = Held(receipt.stored, receipt.incarnation)

    def _receipt(self, of: "Line", now: datetime) -> bytes:
        signer, sender = self.keys.signers[self.sender.region], self.sender
        sent = self.series, len(self.signed)
        receipt = Receipt(
            sender.region, self.receiver.region, sender.service.name, "one", signer.id, now, of.at, False, sent, "one"
        )
        return signer.sign(receipt)

    def _order(self, command: OpenSeries | SignEnvelope, of: str, now: datetime) -> None:
        region = self.receiver.region
        order = Order(id=f"exchange/{region}/{self.series}/{of}", meta=Meta(actor="exchange"))
        self.sender.commands += 1
        self.sender.log.handle(Task(OUTBOUND, key_of(region, self.series), command, order), now)
        newest = self.sender.log.facts[-1].event
        self.signed.append(newest.signed)
        self.own_heads[self.series, len(self.signed)] = newest.head

    def _opening(self, previous: int, base: Place, now: datetime) -> OpenSeries:
        return OpenSeries(
            corner=self._corner(), signer=self.keys.signers[self.sender.region], at=now, region=self.receiver.region,
            series=self.series, previous=previous, base=base, position=0,
        )  # fmt: skip

    def _envelope(self, fact: Fact[Any], event: Any, now: datetime) -> SignEnvelope:
        name = self.sender.service.name
        record = packed(dialect, fact, event, region=self.sender.region, service=name, incarnation="one")
        return SignEnvelope(
            corner=self._corner(),
            signer=self.keys.signers[self.sender.region],
            at=now,
            record=Record(record.key, tuple(record.headers), record.value),
            position=fact.position,
        )

    def _corner(self) -> Corner:
        return Corner(self.sender.region, self.sender.service.name, "one")


def lines(one: Node, other: Node, keys: Keys) -> tuple[Line, Line]:
    """Both directions of a pair."""
    there, back = Line(one, other, keys), Line(other, one, keys)
    one.lines.append(there)
    other.lines.append(back)
    there.back, back.back = back, there
    return there, back


def _unpacked(record: Record, sender: Node) -> Fact[Any]:
    found = dialect.unpack(record.key, record.value, record.headers)
    headers = dict(record.headers)
    return Fact(
        event=found.event,
        id=headers["ce_id"].decode(),
        stream=record.key.decode(),
        version=found.version,
        position=0,
        occurred_at=found.occurred_at,
        recorded_at=found.occurred_at,
        meta=Meta(causation=found.causation, correlation=found.correlation),
        source=headers["ce_source"].decode(),
    )
