"""The checker must be able to fail: each kind of damage, done to two histories that agree, is found and named."""

import ast
import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.chaos.border.check_exchange import link
from tests.chaos.border.evidence import Envelope, Evidence, Node
from tests.chaos.border.plan import HOME, HOST, NODES
from tests.chaos.border.report import judged
from tests.chaos.evidence import Command, Kept, Received
from tests.chaos.made_up import BEGAN, chained
from tests.chaos.subsidies.evidence import Service

HERE: Final = Path(__file__).parent
CHECKER: Final = [*sorted(HERE.glob("check_*.py")), *(HERE / f"{name}.py" for name in ("evidence", "plan", "quiet"))]
KEYS: Final = {region: Ed25519PrivateKey.from_private_bytes(region.encode() * 5 + b"..") for region in (HOME, HOST)}
TENURE: Final = {"worker": "w1", "epoch": 1}
PLAN: Final = {"way": {"worker": "w1", "transfer": "t1"}}
SEAT: Final = {"vacancy": "v1", "transfer": "t1"}
Row = tuple[str, str, str, Mapping[str, Any]]
Damage = Callable[[list[Row]], list[Row]]

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
)


def at(kind: str, story: Sequence[Row]) -> int:
    """Where the last event of this type stands."""
    return max(n for n, (_, _, each, _) in enumerate(story) if each == kind)


def told(story: Sequence[Row]) -> Evidence:
    """Everything that was said crosses, is stored and receipted; a second lies between two events."""
    rows: dict[str, list[tuple[int, tuple[str, int, str, Mapping[str, Any], str]]]] = {name: [] for name in NODES}
    versions: dict[tuple[str, str], int] = {}
    for second, (name, stream, kind, body) in enumerate(story, 1):
        version = versions[name, stream] = versions.get((name, stream), 0) + 1
        rows[name].append((second, (stream, version, kind, body, f"{stream}/{version}")))
    signed = {name: envelopes_of(name, [row for _, row in found]) for name, found in rows.items()}
    nodes = {name: noded(name, rows[name], signed) for name in NODES}
    keys = {key_of(region): (region, key.public_key().public_bytes_raw()) for region, key in KEYS.items()}
    return Evidence(asked=(), nodes=nodes, keys=keys)


def key_of(region: str) -> str:
    return f"key-{region}"


def envelopes_of(name: str, rows: Sequence[tuple[str, int, str, Mapping[str, Any], str]]) -> list[Envelope]:
    """The opening, and one for each event that is for the other province."""
    service, _, region = name.partition("-")
    peer = HOST if region == HOME else HOME
    facts = [f"{stream}/{version}/public" for stream, version, _, body, _ in rows if peer in body.get("to", ())]
    contents: list[Any] = [["opening", [0, 0, b""]]]
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


def without(kind: str) -> Damage:
    """The last event of this type never happened."""
    return lambda story: [row for n, row in enumerate(story) if n != at(kind, story)]


def before(kind: str, other: str) -> Damage:
    """The last event of this type comes before that one."""

    def damage(story: list[Row]) -> list[Row]:
        row = story.pop(at(kind, story))
        story.insert(at(other, story), row)
        return story

    return damage


def told_otherwise(kind: str, **changed: object) -> Damage:
    def damage(story: list[Row]) -> list[Row]:
        name, stream, _, body = story[at(kind, story)]
        story[at(kind, story)] = (name, stream, kind, {**body, **changed})
        return story

    return damage


def another(name: str, stream: str, kind: str, **body: object) -> Damage:
    return lambda story: [*story, (name, stream, kind, body)]


def test_two_histories_that_agree_are_found_sound() -> None:
    assert judged(told(STORY)) == []


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (
            before("permission-begun", "permission-yielded"),
            "registry of 520000 in epoch 1 while placement of 440000 in epoch 2",
        ),
        (before("stewardship-granted", "permission-yielded"), "still acts when epoch 2 is granted"),
        (before("stewardship-granted", "tenure-released"), "is granted before 520000 has released 1"),
        (told_otherwise("permission-begun", epoch=3), "in epoch 3 acts without a grant"),
        (told_otherwise("stewardship-granted", epoch=3), "the ledger's epochs are [1, 3]"),
        (without("acting-yielded"), "registry of 520000 in epoch 1 still acts"),
        (without("permission-begun"), "440000 holds epoch 2, and [] act"),
        (another(PLACEMENT, "transfer-t2", "transfer-proposed", plan=PLAN, epoch=1), "which does not act"),
        (another(REGISTRY, "worker-w1", "wishes-recorded", worker="w1", basis="OFFICE"), "which does not act"),
        (another(REGISTRY, "stewardship-w1", "stewardship-sought", region=HOME), "a recall is still open"),
        (without("reception-employed"), "home says EMPLOYED, the host DISPATCHED"),
        (before("transfer-dispatched", "transfer-confirmed"), "dispatched before it was confirmed"),
        (another(PLACEMENT, "transfer-t1", "transfer-expired"), "it ended twice"),
        (told_otherwise("vacancy-published", terms={"heads": 0}), "1 of 0 seats"),
        (without("vacancy-seat-taken"), "the host says EMPLOYED, its seat is held"),
    ],
)
def test_damage_to_a_history_is_named(damage: Damage, says: str) -> None:
    found = "\n".join(judged(told(damage([*STORY]))))
    assert says in found, found


def lost(there: Node) -> Node:
    return replace(there, envelopes={HOME: there.envelopes[HOME][:-1]})


def never_taken_in(there: Node) -> Node:
    return replace(there, inbox=there.inbox[1:])


def taken_in_twice(there: Node) -> Node:
    return replace(there, inbox=[*there.inbox, there.inbox[0]])


def other_bytes(there: Node) -> Node:
    first, second, *others = there.envelopes[HOME]
    return replace(there, envelopes={HOME: [first, replace(second, signed=first.signed), *others]})


def paired(**changed: object) -> Callable[[Node], Node]:
    return lambda there: replace(there, pairs={HOME: {**there.pairs[HOME], **changed}})


def behind(there: Node) -> Node:
    """Its clock was right, and we think that it was wrong."""
    return replace(there, ahead=3600)


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lost, "placement 520000 to 440000: 1 envelopes never arrived"),
        (never_taken_in, "in the inbox or in an envelope, and not in both"),
        (never_taken_in, "1 facts were never told, e.g. transfer-t1/2"),
        (taken_in_twice, "1 facts were taken in twice"),
        (other_bytes, "1 arrived with other bytes"),
        (paired(receipted_number=1), "the receipt names (7, 1)"),
        (paired(frozen="known_number_other_bytes"), "frozen: known_number_other_bytes"),
        (behind, "in epoch 1 while placement of 440000 in epoch 2"),
    ],
)
def test_damage_to_what_was_received_is_named(damage: Callable[[Node], Node], says: str) -> None:
    sound = told(STORY)
    found = "\n".join(judged(replace(sound, nodes={**sound.nodes, THERE: damage(sound.nodes[THERE])})))
    assert says in found, found


def test_an_envelope_under_an_unknown_key_is_named() -> None:
    sound = told(STORY)
    found = "\n".join(judged(replace(sound, keys={key_of(HOME): sound.keys[key_of(HOME)]})))
    assert "7/1 is not signed by 440000" in found, found


@pytest.mark.parametrize("path", CHECKER, ids=lambda path: path.stem)
def test_the_checker_of_the_border_shares_no_code_with_the_services(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    named = {name.name for node in imports if isinstance(node, ast.Import) for name in node.names}
    named |= {node.module for node in imports if isinstance(node, ast.ImportFrom) and node.module}
    assert not {name.partition(".")[0] for name in named} & {"eventcore", "contracts", "registry", "placement", "lb"}
