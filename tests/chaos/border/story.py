"""Two histories that agree: a worker is sent to the other province and handed over. For tests of the checker."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.chaos.border.check_exchange import link
from tests.chaos.border.evidence import Envelope, Evidence, Node
from tests.chaos.border.plan import HOME, HOST, NODES
from tests.chaos.evidence import Command, Kept, Received
from tests.chaos.made_up import BEGAN, chained
from tests.chaos.subsidies.evidence import Service

KEYS: Final = {region: Ed25519PrivateKey.from_private_bytes(region.encode() * 5 + b"..") for region in (HOME, HOST)}
TENURE: Final = {"worker": "w1", "epoch": 1}
PLAN: Final = {"way": {"worker": "w1", "transfer": "t1"}}
SEAT: Final = {"vacancy": "v1", "transfer": "t1"}
Row = tuple[str, str, str, Mapping[str, Any]]

REGISTRY, PLACEMENT, THERE, REGISTRY_THERE = (NODES[n] for n in (0, 1, 3, 2))
STORY: Final[Sequence[Row]] = (
    (REGISTRY, "worker-w1", "worker-registered", {"worker": "w1"}),
    (PLACEMENT, "permission-w1", "permission-begun", TENURE),
    (THERE, "vacancy-v1", "vacancy-published", {"terms": {"heads": 1}, "to": [HOME]}),
    (PLACEMENT, "transfer-t1", "transfer-proposed", {"plan": PLAN, "epoch": 1}),
    (PLACEMENT, "transfer-t1", "transfer-nominated", {"plan": PLAN, "to": [HOST]}),
    (THERE, "reception-t1", "reception-opened", {}),
    (THERE, "reception-t1", "reception-seat-asked", {}),
    (THERE, "vacancy-v1", "vacancy-seat-held", SEAT),
    (THERE, "reception-t1", "reception-accepted", {"to": [HOME]}),
    (PLACEMENT, "transfer-t1", "transfer-confirmed", {"to": [HOST]}),
    (THERE, "reception-t1", "reception-confirmed", {}),
    (PLACEMENT, "transfer-t1", "transfer-dispatched", {"to": [HOST]}),
    (THERE, "reception-t1", "reception-expected", {}),
    (THERE, "reception-t1", "reception-employed", {"to": [HOME]}),
    (THERE, "vacancy-v1", "vacancy-seat-taken", SEAT),
    (PLACEMENT, "transfer-t1", "transfer-completed", {}),
    (REGISTRY_THERE, "tenure-w1", "tenure-requested", {"to": [HOME]}),
    (REGISTRY, "stewardship-w1", "stewardship-granted", {"epoch": 1, "region": HOME}),
    (REGISTRY, "stewardship-w1", "stewardship-sought", {"region": HOST}),
    (REGISTRY, "tenure-w1", "tenure-ending", TENURE),
    (PLACEMENT, "permission-w1", "permission-yielded", TENURE),
    (REGISTRY, "worker-w1", "acting-yielded", TENURE),
    (REGISTRY, "tenure-w1", "tenure-released", TENURE),
    (REGISTRY, "stewardship-w1", "stewardship-granted", {"epoch": 2, "region": HOST, "to": [HOST]}),
    (REGISTRY_THERE, "tenure-w1", "tenure-held", {"epoch": 2}),
    (THERE, "permission-w1", "permission-begun", {"worker": "w1", "epoch": 2}),
    (REGISTRY_THERE, "worker-w1", "acting-resumed", {"worker": "w1", "epoch": 2}),
)


def at(kind: str, story: Sequence[Row]) -> int:
    """Where the last event of this type stands."""
    return max(n for n, (_, _, each, _) in enumerate(story) if each == kind)


def told(story: Sequence[Row], base: tuple[int, int] = (0, 0)) -> Evidence:
    """Everything that was said crosses, is stored and receipted; a second lies between two events. `base`: where each
    series says that it goes on from."""
    rows: dict[str, list[tuple[int, tuple[str, int, str, Mapping[str, Any], str]]]] = {name: [] for name in NODES}
    versions: dict[tuple[str, str], int] = {}
    for second, (name, stream, kind, body) in enumerate(story, 1):
        version = versions[name, stream] = versions.get((name, stream), 0) + 1
        rows[name].append((second, (stream, version, kind, body, f"{stream}/{version}")))
    signed = {name: envelopes_of(name, [row for _, row in found], base) for name, found in rows.items()}
    nodes = {name: noded(name, rows[name], signed) for name in NODES}
    keys = {key_of(region): (region, key.public_key().public_bytes_raw()) for region, key in KEYS.items()}
    return Evidence(asked=(), nodes=nodes, keys=keys)


def key_of(region: str) -> str:
    return f"key-{region}"


def envelopes_of(
    name: str, rows: Sequence[tuple[str, int, str, Mapping[str, Any], str]], base: tuple[int, int]
) -> list[Envelope]:
    """The opening, and one for each event that is for the other province."""
    service, _, region = name.partition("-")
    peer = HOST if region == HOME else HOME
    facts = [f"{stream}/{version}/public" for stream, version, _, body, _ in rows if peer in body.get("to", ())]
    contents: list[Any] = [["opening", [*base, b""]]]
    for fact in facts:
        headers = [["ce_id", fact.encode()], ["ce_source", f"/cn/{region}/{service}".encode()]]
        contents.append(["event", b"", headers, b"{}"])
    found, before = [], b""
    for number, content in enumerate(contents, 1):
        said = ["envelope", region, peer, service, "one", key_of(region), BEGAN, 7, number, before, content]
        body = msgspec.msgpack.encode(said)
        envelope = msgspec.msgpack.encode([body, KEYS[region].sign(b"labourbridge exchange 1\n" + body)])
        before = link(before, envelope)
        found.append(Envelope(series=7, number=number, head=before, signed=envelope))
    return found


def noded(name: str, rows: Sequence[Any], signed: Mapping[str, Sequence[Envelope]]) -> Node:
    service, _, region = name.partition("-")
    peer = HOST if region == HOME else HOME
    heard = signed[f"{service}-{peer}"]
    late = rows[-1][0] + 1 if rows else 1
    outbound = [(f"outbound-{peer}-7", each.number, "envelope-signed", bodied(each), f"x/{each.number}")
                for each in signed[name]]  # fmt: skip
    events = chained([row for _, row in rows] + outbound, [second for second, _ in rows] + [late] * len(outbound))
    commands = {each.meta["command"]: Command(id=each.meta["command"], outcome=0, answer=b"", version=1,
                                              position=each.position) for each in events}  # fmt: skip
    inbox = [
        Received(position=n, source=f"/cn/{peer}/{service}", id=each.said.fact or "", stream_id="", type="",
                 headers=b"", data=b"", recorded_at=BEGAN)
        for n, each in enumerate(heard) if each.said.fact
    ]  # fmt: skip
    last = signed[name][-1]
    pair = {"receipted_series": 7, "receipted_number": last.number, "frozen": None, "disputed": None, "waits": None}
    log = Service(events=events, commands=commands, guards={}, kept=Kept(views={}, stuck=[], readers={}),
                  received=[each.id for each in inbox], postings=[])  # fmt: skip
    return Node(region=region, service=service, log=log, inbox=inbox, envelopes={peer: heard}, pairs={peer: pair},
                ahead=0)  # fmt: skip


def bodied(envelope: Envelope) -> Mapping[str, str]:
    return {name: base64.b64encode(value).decode() for name, value in
            (("signed", envelope.signed), ("head", envelope.head))}  # fmt: skip
