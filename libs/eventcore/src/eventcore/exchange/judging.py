"""What of a province's envelopes is stored, and which of its receipts count. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from eventcore.exchange.envelopes import Envelope, Opening, Place, Receipt, head_after

Heads: TypeAlias = Mapping[tuple[int, int], bytes]
"""(series, number) -> chain head, of the envelopes that are stored."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """An envelope that was found genuine, with its bytes and where they came from."""

    envelope: Envelope
    signed: bytes
    partition: int
    offset: int

    @property
    def place(self) -> Place:
        """Where it brings the pair."""
        envelope = self.envelope
        return Place(envelope.series, envelope.number, head_after(envelope.before, self.signed))


@dataclass(slots=True)
class Judgement:
    """Envelopes to store, in order without a hole; why the next is not; why the pair is frozen."""

    taken: list[Arrived] = field(default_factory=list)
    waits: str = ""
    frozen: str = ""


def judge(at: Place, arrived: Sequence[Arrived], stored: Heads) -> Judgement:
    """Goes through them in order. What comes early is not kept: it is asked for together with what is missing."""
    judgement, known = Judgement(), dict(stored)
    for each in arrived:
        place, reason = each.place, ""
        if place.at in known:
            judgement.frozen = "" if known[place.at] == place.head else "known_number_other_bytes"
        elif place.at > at.at:
            reason, judgement.frozen = _next(at, each.envelope, known)
            judgement.waits = reason
            if not reason and not judgement.frozen:
                judgement.taken.append(each)
                known[place.at], at = place.head, place
        if judgement.frozen:
            break
    return judgement


def _next(at: Place, envelope: Envelope, known: Heads) -> tuple[str, str]:
    """Why this envelope is not what comes next, and why it never can be."""
    if envelope.series == at.series:
        if envelope.number != at.number + 1:
            return "number_missing", ""
        return "", "" if envelope.before == at.head else "another_chain"
    if not isinstance(envelope.content, Opening):
        return "opening_missing", ""
    base = envelope.content.base
    if not base.number:
        return "", ""
    if base.at not in known:
        return "base_missing", ""
    return "", "" if known[base.at] == base.head else "another_chain"


@dataclass(frozen=True, slots=True)
class Held:
    """The newest receipt of a province."""

    place: Place
    incarnation: str


def disputed(receipt: Receipt, head: bytes | None) -> str | None:
    """Why a receipt cannot be true: it names what we never signed, or another chain. `head` is ours at its place."""
    if receipt.stored.number == 0 or receipt.stored.head == head:
        return None
    return "receipt_of_what_was_not_sent" if head is None else "receipt_of_another_chain"


def moves(held: Held, receipt: Receipt) -> bool:
    """Whether the receipt counts: it goes on, or its giver's log was restored and says how far it has come again."""
    return receipt.incarnation != held.incarnation or receipt.stored.at >= held.place.at
