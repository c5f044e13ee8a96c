"""The checker must be able to fail: each kind of damage, done to two histories that agree, is found and named."""

import ast
import base64
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from tests.chaos.border.evidence import Node
from tests.chaos.border.plan import HOME, HOST, KINDS, NODES
from tests.chaos.border.report import judged, toothless
from tests.chaos.border.story import PLACEMENT, PLAN, REGISTRY, STORY, THERE, Row, at, key_of, told
from tests.chaos.border.workload import REFUSED, TAKEN
from tests.chaos.evidence import Event

HERE: Final = Path(__file__).parent
CHECKER: Final = [*sorted(HERE.glob("check_*.py")), *(HERE / f"{name}.py" for name in ("evidence", "plan", "quiet"))]
TELLING: Final = ("stewardship-granted", "transfer-too-late", "transfer-expired", "vacancy-seat-freed")
"""Events without which a run proves nothing."""
Damage = Callable[[list[Row]], list[Row]]


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


def in_two_at_once(story: list[Row]) -> list[Row]:
    """The worker is proposed once more while the first transfer is open."""
    plan = {"way": {"worker": "w1", "transfer": "t2"}}
    story.insert(at("transfer-nominated", story), (PLACEMENT, "transfer-t2", "transfer-proposed", {"plan": plan}))
    return story


def another(name: str, stream: str, kind: str, **body: object) -> Damage:
    return lambda story: [*story, (name, stream, kind, body)]


def job_lost(responsible: bool) -> list[Row]:
    """A job of home's that ended before the worker was handed over, and whose loss is registered after it."""
    ended: Row = (
        PLACEMENT,
        "employment-e1",
        "employment-ended",
        {"terms": {"worker": "w1"}, "responsible": responsible},
    )
    registered: Row = (PLACEMENT, "follow-up-w1", "unemployment-registered", {"worker": "w1"})
    return [*STORY[:2], ended, *STORY[2:], registered]


def lost_elsewhere(_: list[Row]) -> list[Row]:
    return job_lost(responsible=False)


@pytest.mark.parametrize("story", [STORY, job_lost(responsible=True)])
def test_two_histories_that_agree_are_found_sound(story: list[Row]) -> None:
    assert judged(told(story)) == []


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
        (without("permission-begun"), "440000 holds epoch 2, and [('440000', 'registry', 2)] act"),
        (without("acting-resumed"), "440000 holds epoch 2, and [('440000', 'placement', 2)] act"),
        (lost_elsewhere, "unemployment-registered by 520000, which does not act"),
        (another(PLACEMENT, "transfer-t2", "transfer-proposed", plan=PLAN, epoch=1), "which does not act"),
        (another(REGISTRY, "worker-w1", "wishes-recorded", worker="w1", basis="OFFICE"), "which does not act"),
        (another(REGISTRY, "stewardship-w1", "stewardship-sought", region=HOME), "a recall is still open"),
        (without("reception-employed"), "home says EMPLOYED, the host DISPATCHED"),
        (before("transfer-dispatched", "transfer-confirmed"), "dispatched before it was confirmed"),
        (another(PLACEMENT, "transfer-t1", "transfer-expired"), "it ended twice"),
        (another(PLACEMENT, "transfer-t1", "transfer-confirmed", to=[HOST]), "t1: transfer-confirmed twice"),
        (in_two_at_once, "w1 is in t1 and in t2"),
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


def from_nowhere(there: Node) -> Node:
    last = there.envelopes[HOME][-1]
    return replace(there, envelopes={HOME: [*there.envelopes[HOME], replace(last, number=last.number + 1)]})


def silent(there: Node) -> Node:
    return replace(there, pairs={})


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
        (from_nowhere, "1 arrived that were never signed"),
        (silent, "placement 440000 to 520000: nothing was ever said"),
        (paired(receipted_number=1), "the receipt names (7, 1)"),
        (paired(frozen="known_number_other_bytes"), "frozen: known_number_other_bytes"),
        (paired(disputed="receipt_of_another_chain"), "disputed: receipt_of_another_chain"),
        (paired(waits="number_missing"), "waits: number_missing"),
        (behind, "in epoch 1 while placement of 440000 in epoch 2"),
    ],
)
def test_damage_to_what_was_received_is_named(damage: Callable[[Node], Node], says: str) -> None:
    sound = told(STORY)
    found = "\n".join(judged(replace(sound, nodes={**sound.nodes, THERE: damage(sound.nodes[THERE])})))
    assert says in found, found


def signed_otherwise(damage: Callable[[list[Event]], list[Event]]) -> str:
    """What is found where home's placement signed in another way than it was received."""
    sound = told(STORY)
    node = sound.nodes[PLACEMENT]
    kept = [each for each in node.log.events if each.type != "envelope-signed"]
    signed = [each for each in node.log.events if each.type == "envelope-signed"]
    log = replace(node.log, events=[*kept, *damage(signed)])
    return "\n".join(judged(replace(sound, nodes={**sound.nodes, PLACEMENT: replace(node, log=log)})))


def test_a_series_that_was_signed_with_a_hole_is_named() -> None:
    assert "series 7 has a hole" in signed_otherwise(lambda signed: [signed[0], *signed[2:]])


def test_an_envelope_under_another_number_is_named() -> None:
    found = signed_otherwise(lambda signed: [*signed[:-1], replace(signed[-1], version=99)])
    assert "7/99 says that it is 7/4" in found, found


def test_an_envelope_outside_its_chain_is_named() -> None:
    def forked(signed: list[Event]) -> list[Event]:
        body = {**signed[1].body, "head": base64.b64encode(b"another").decode()}
        return [signed[0], replace(signed[1], body=body), *signed[2:]]

    found = signed_otherwise(forked)
    assert "7/2 is not in its chain" in found, found
    assert "7/3 is not in its chain" in found, found


def test_a_series_that_goes_on_from_nowhere_is_named() -> None:
    found = "\n".join(judged(told(STORY, base=(5, 3))))
    assert "series 7 goes on from (5, 3), which was never signed" in found, found


def test_a_run_in_which_nothing_struck_proves_nothing() -> None:
    found: dict[str, Any] = {
        **dict.fromkeys(("cut", "replayed", "said again"), 1),
        **{"kept apart": {"a": 1}, "series": {"a": 2}, "faults": [{"kind": kind} for kind in KINDS]},
        **{"taken": dict.fromkeys(TAKEN, 1), "refused": dict.fromkeys(REFUSED, 1)},
        "events": dict.fromkeys(NODES, dict.fromkeys(TELLING, 1)),
    }
    assert toothless(found) == []
    for part in ("cut", "replayed", "said again"):
        assert toothless({**found, part: 0})
    for part in ("kept apart", "taken", "refused", "faults"):
        assert toothless({**found, part: type(found[part])()})
    assert toothless({**found, "series": {"a": 1}}) == ["no series begun anew"]
    assert len(toothless({**found, "events": {name: {} for name in NODES}})) == len(TELLING)
    assert toothless({**found, "faults": found["faults"][1:]}) == [f"no {KINDS[0]}"]


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
