"""What one province signed the other has, without a hole, byte for byte and once; each message has its receipt. Plain
Python: shares no code with the services."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.chaos.border.evidence import Envelope, Evidence, Node
from tests.chaos.border.plan import REGIONS, node

Lines = Iterator[str]
_DOMAIN: Final = b"labourbridge exchange 1\n"


def check(evidence: Evidence) -> Lines:
    for each in evidence.nodes.values():
        (peer,) = (region for region in REGIONS if region != each.region)
        there = evidence.nodes[node(each.service, peer)]
        way = f"{each.service} {each.region} to {peer}"
        yield from (f"{way}: {line}" for line in _numbered(each.signed(peer)))
        yield from (f"{way}: {line}" for line in _genuine(each, evidence.keys, peer))
        yield from (f"{way}: {line}" for line in _arrived(each.signed(peer), there.envelopes.get(each.region, ())))
        yield from (f"{way}: {line}" for line in _taken_in(each, there))
        yield from (f"{way}: {line}" for line in _receipted(each, peer))


def link(before: bytes, signed: bytes) -> bytes:
    """The chain head after an envelope: SHA-256 over length-prefixed parts."""
    return hashlib.sha256(b"".join(len(part).to_bytes(4, "big") + part for part in (before, signed))).digest()


def _numbered(signed: Sequence[Envelope]) -> Lines:
    """Each series counts from one in a chain of its own, and goes on from what was stored of one before it."""
    known = {(each.series, each.number) for each in signed}
    for series, found in groupby(signed, key=lambda each: each.series):
        envelopes, before = list(found), b""
        if [each.number for each in envelopes] != [*range(1, len(envelopes) + 1)]:
            yield f"series {series} has a hole"
        for each in envelopes:
            said = each.said
            if (said.series, said.number) != (each.series, each.number):
                yield f"{each.series}/{each.number} says that it is {said.series}/{said.number}"
            if said.before != before or link(before, each.signed) != each.head:
                yield f"{each.series}/{each.number} is not in its chain"
            before = each.head
        base = envelopes[0].said.base
        if base != (0, 0) and base not in known:
            yield f"series {series} goes on from {base}, which was never signed"


def _genuine(here: Node, keys: Mapping[str, tuple[str, bytes]], peer: str) -> Lines:
    for each in here.signed(peer):
        said = each.said
        region, public = keys.get(said.key, ("", bytes(32)))
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(said.signature, _DOMAIN + said.body)
        except (InvalidSignature, ValueError):
            region = ""
        if (region, said.sender, said.receiver) != (here.region, here.region, peer):
            yield f"{each.series}/{each.number} is not signed by {here.region}"


def _arrived(signed: Sequence[Envelope], stored: Sequence[Envelope]) -> Lines:
    """All of the newest series; of those before it, as much as the next one goes on from."""
    sent = {(each.series, each.number): each for each in signed}
    got = {(each.series, each.number): each for each in stored}
    series = sorted({each.series for each in signed})
    wanted = {at for at in sent if at[0] == series[-1]}
    for before, after in pairwise(series):
        base = sent[after, 1].said.base
        wanted |= {at for at in sent if at[0] == before and at <= base}
    if lost := wanted - got.keys():
        yield f"{len(lost)} envelopes never arrived, e.g. {min(lost)}"
    if foreign := got.keys() - sent.keys():
        yield f"{len(foreign)} arrived that were never signed, e.g. {min(foreign)}"
    if other := [at for at in got.keys() & sent.keys() if got[at] != sent[at]]:
        yield f"{len(other)} arrived with other bytes, e.g. {min(other)}"


def _taken_in(here: Node, there: Node) -> Lines:
    """Every fact that names the other province lies in its inbox, once; nothing else of us does."""
    source = f"/cn/{here.region}/{here.service}"
    inbox = [each.id for each in there.inbox if each.source == source]
    carried = {each.said.fact for each in there.envelopes.get(here.region, ())} - {None}
    if twice := [id for id, count in Counter(inbox).items() if count > 1]:
        yield f"{len(twice)} facts were taken in twice, e.g. {twice[0]}"
    if {*inbox} != carried:
        yield f"{len({*inbox} ^ carried)} facts are in the inbox or in an envelope, and not in both"
    told = {id.rpartition("/")[0] for id in inbox}
    untold = [each.id for each in here.log.events if there.region in each.body.get("to", ()) and each.id not in told]
    if untold:
        yield f"{len(untold)} facts were never told, e.g. {untold[0]}"


def _receipted(here: Node, peer: str) -> Lines:
    signed, pair = here.signed(peer), here.pairs.get(peer)
    if pair is None or not signed:
        yield "nothing was ever said"
        return
    last, receipted = signed[-1], (pair["receipted_series"], pair["receipted_number"])
    if receipted != (last.series, last.number):
        yield f"{last.series}/{last.number} was signed, the receipt names {receipted}"
    yield from (f"{what}: {pair[what]}" for what in ("frozen", "disputed", "waits") if pair[what])
