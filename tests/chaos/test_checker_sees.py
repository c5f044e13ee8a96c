"""The checker must be able to fail: each kind of damage, done to evidence that agrees, is found and named."""

import ast
import json
import secrets
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.chaos.check_callers import REGISTER
from tests.chaos.check_log import link
from tests.chaos.check_views import counted, journey, pending, steps
from tests.chaos.evidence import SOURCE, Command, Event, Evidence, Kept, Message, Received
from tests.chaos.history import Asked, Request, Told
from tests.chaos.made_up import BEGAN, chained
from tests.chaos.report import judged

HERE: Final = Path(__file__).parent
CHECKER: Final = [
    *sorted(HERE.glob("check_*.py")),
    *(HERE / f"{name}.py" for name in ("evidence", "history", "plan", "quiet")),
]
MASTER: Final = bytes(range(32))
NUMBER: Final = "520599189003070024"
BODY: Final = {
    "number": NUMBER,
    "household_region": "520526",
    "surveyed_on": "2026-03-02",
    "channel": "TRADE_UNION",
}
FACTS: Final = {
    "worker": "w1",
    "household_region": "520526",
    "groups": [{"group": "MONITORED", "valid_from": "2024-01-01", "valid_to": None}],
    "surveyed_on": "2026-03-02",
    "organisation": "520000-township",
}
PUBLIC: Final = {**FACTS, "groups": ["MONITORED"]}
Damage = Callable[[Evidence], Evidence]


def request(n: int, kind: str, key: str, route: str, subject: str, body: Mapping[str, Any] | None = None) -> Request:
    client = subject.partition("-")[0]
    return Request(n=n, kind=kind, client=client, subject=subject, route=route, path=route, key=key, body=body)


def told(n: int, status: int, body: str, attempt: int = 1) -> Told:
    return Told(n=n, attempt=attempt, via="api-1", status=status, body=body, replayed=attempt > 1, seconds=0.01)


def answer(state: str, version: int) -> str:
    return json.dumps({"survey": "s1", "worker": "w1", "state": state, "version": version})


RECORD: Final = request(1, "record", "k1", "/v1/surveys", "township-1", BODY)
APPROVE: Final = request(2, "approve", "k2", "/v1/surveys/{survey}/approval", "county-1")


def sealed_person() -> tuple[dict[str, tuple[bytes, int]], str]:
    key, nonce = secrets.token_bytes(32), secrets.token_bytes(12)
    wrapped = nonce + AESGCM(MASTER).encrypt(nonce, key, b"person-key\x001\x00w1")
    sealed = nonce + AESGCM(key).encrypt(nonce, NUMBER.encode(), b"v1\x00w1\x00survey-s1/1/number")
    return {"w1": (wrapped, 1)}, f"v1.{urlsafe_b64encode(sealed).decode().rstrip('=')}"


def published(event: Event) -> Message:
    said = {**PUBLIC, "survey": "survey-s1"} if event.type == "worker-registered" else PUBLIC
    headers = {"ce_id": event.public_id, "ce_time": event.occurred_at.isoformat(), "ce_source": SOURCE}
    return Message(
        topic="520000.registry.survey.1", partition=int(event.type == "worker-registered"), offset=event.position,
        key=event.stream_id.encode(), value=json.dumps(said).encode(), headers=headers,
    )  # fmt: skip


def taken_in(position: int, message: Message) -> Received:
    headers = [(name, b64encode(value.encode()).decode()) for name, value in message.headers.items()]
    return Received(
        position=position, source=SOURCE, id=message.id, stream_id=message.key.decode(),
        type=message.id.split("/")[2], headers=json.dumps(headers).encode(), data=message.value,
        recorded_at=BEGAN + timedelta(minutes=position),
    )  # fmt: skip


@pytest.fixture
def sound() -> Evidence:
    """One survey: recorded, after an answer was lost, and approved; its worker registered; all of it in reporting."""
    keys, number = sealed_person()
    recorded = {**FACTS, "survey": "s1", "surveyor": "township-1", "channel": "TRADE_UNION", "corrects": None,
                "number_index": "i1", "number": number}  # fmt: skip
    policy = f"{REGISTER}survey-s1/2/0"
    events = chained([
        ("survey-s1", 1, "survey-recorded", recorded, RECORD.command),
        ("survey-s1", 2, "survey-approved", FACTS, APPROVE.command),
        ("worker-w1", 1, "worker-registered", FACTS, policy),
    ])  # fmt: skip
    messages = [published(event) for event in events]
    received = [taken_in(n, message) for n, message in enumerate(messages, 1)]
    answers = {RECORD.command: answer("pending", 1), APPROVE.command: answer("approved", 2), policy: ""}
    views = {"steps": list(steps(received).values()), "journey": list(journey(received).values())}
    return Evidence(
        asked=[
            Asked(RECORD, [told(1, 0, "ReadError"), told(1, 201, answer("pending", 1), attempt=2)]),
            Asked(APPROVE, [told(2, 201, answer("approved", 2))]),
        ],
        events=events,
        commands={id: Command(id=id, outcome=0, answer=text.encode(), version=1, position=1)
                  for id, text in answers.items()},
        guards={("person", "i1"): "w1"},
        keys=keys,
        masters=[MASTER],
        messages=messages,
        received=received,
        registry=Kept(views={"pending": list(pending(events).values())}, stuck=[], readers={"relay": 3}),
        reporting=Kept(views=views, stuck=[], readers={"view/steps": 3}),
        funnel=counted(events),
    )  # fmt: skip


def without_event(evidence: Evidence) -> Evidence:
    return replace(evidence, events=evidence.events[:2])


def event_twice(evidence: Evidence) -> Evidence:
    again = replace(evidence.events[0], position=4, stream_id="survey-s2")
    return replace(evidence, events=[*evidence.events, replace(again, hash=link(b"", again))])


def changed_bytes(evidence: Evidence) -> Evidence:
    return replace(evidence, events=[replace(evidence.events[0], data=b"{}"), *evidence.events[1:]])


def another_answer(evidence: Evidence) -> Evidence:
    asked = Asked(RECORD, [*evidence.asked[0].told, told(1, 201, answer("pending", 7))])
    return replace(evidence, asked=[asked, *evidence.asked[1:]])


def command_unknown(evidence: Evidence) -> Evidence:
    return replace(evidence, commands={id: c for id, c in evidence.commands.items() if id != APPROVE.command})


def two_bodies(evidence: Evidence) -> Evidence:
    other = replace(RECORD, n=3, body={**BODY, "phone": "13900000000"})
    return replace(evidence, asked=[*evidence.asked, Asked(other, [told(3, 201, answer("pending", 1))])])


def never_answered(evidence: Evidence) -> Evidence:
    return replace(evidence, asked=[evidence.asked[0], Asked(APPROVE, [told(2, 503, "")])])


def failed_inside(evidence: Evidence) -> Evidence:
    failing = [told(2, 500, ""), told(2, 201, answer("approved", 2), attempt=2)]
    return replace(evidence, asked=[evidence.asked[0], Asked(APPROVE, failing)])


def refused_and_stored(evidence: Evidence) -> Evidence:
    text = json.dumps({"code": "survey_own_review"})
    refusal = Command(id=APPROVE.command, outcome=2, answer=text.encode(), version=1, position=1)
    asked = [evidence.asked[0], Asked(APPROVE, [told(2, 409, text)])]
    return replace(evidence, asked=asked, commands={**evidence.commands, APPROVE.command: refusal})


def lost_in_kafka(evidence: Evidence) -> Evidence:
    return replace(evidence, messages=evidence.messages[1:])


def overtaken(evidence: Evidence) -> Evidence:
    return replace(evidence, messages=[evidence.messages[1], evidence.messages[0], evidence.messages[2]])


def other_bytes(evidence: Evidence) -> Evidence:
    again = replace(evidence.messages[0], offset=9, value=b'{"worker":"w1"}')
    return replace(evidence, messages=[*evidence.messages, again])


def not_taken_in(evidence: Evidence) -> Evidence:
    return replace(evidence, received=evidence.received[:2])


def taken_in_twice(evidence: Evidence) -> Evidence:
    return replace(evidence, received=[*evidence.received, replace(evidence.received[2], position=4)])


def not_in_the_view(evidence: Evidence) -> Evidence:
    views = {**evidence.reporting.views, "journey": evidence.reporting.views["journey"][:2]}
    return replace(evidence, reporting=replace(evidence.reporting, views=views))


def parked(evidence: Evidence) -> Evidence:
    return replace(evidence, registry=replace(evidence.registry, stuck=["parked relay survey-s1: ValueError"]))


def two_workers(evidence: Evidence) -> Evidence:
    return replace(evidence, guards={("person", "i1"): "w2"})


def key_gone(evidence: Evidence) -> Evidence:
    return replace(evidence, keys={})


def hole(evidence: Evidence) -> Evidence:
    return replace(evidence, received=[*evidence.received[:2], replace(evidence.received[2], position=5)])


def reader_behind(evidence: Evidence) -> Evidence:
    return replace(evidence, registry=replace(evidence.registry, readers={"relay": 2}))


def wrong_total(evidence: Evidence) -> Evidence:
    return replace(evidence, funnel={**evidence.funnel, "surveys": 2})


def test_evidence_that_agrees_is_not_complained_of(sound: Evidence) -> None:
    assert judged(sound) == []
    assert judged(replace(sound, messages=[*sound.messages, replace(sound.messages[0], offset=9)])) == []


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (without_event, "the log does not hold|never stored"),
        (event_twice, "answered with 201, 2 events"),
        (changed_bytes, "hash does not follow"),
        (another_answer, "different answers"),
        (command_unknown, "the log does not know it"),
        (two_bodies, "one key took two bodies"),
        (never_answered, "0 definite answers"),
        (failed_inside, ": 500"),
        (refused_and_stored, "answered with 409, 1 events"),
        (lost_in_kafka, "Kafka: 1 of 3 lost"),
        (overtaken, "Kafka: 1 not after their predecessor"),
        (other_bytes, "ids with different bytes"),
        (not_taken_in, "the inbox: 1 of 3 lost"),
        (taken_in_twice, "the inbox: 1 twice"),
        (not_in_the_view, "view journey: 1 of 3 rows differ"),
        (parked, "parked relay"),
        (two_workers, "guards are not what the events say"),
        (key_gone, "the sealed number is not"),
        (hole, "positions are not 1 to 3"),
        (reader_behind, "registry relay stands at 2"),
        (wrong_total, "reporting answers"),
    ],
)
def test_damage_is_named(sound: Evidence, damage: Damage, says: str) -> None:
    found = "\n".join(judged(damage(sound)))
    assert any(text in found for text in says.split("|")), found


@pytest.mark.parametrize("path", CHECKER, ids=lambda path: path.stem)
def test_the_checker_shares_no_code_with_the_runtime(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    named = {name.name for node in imports if isinstance(node, ast.Import) for name in node.names}
    named |= {node.module for node in imports if isinstance(node, ast.ImportFrom) and node.module}
    assert not {name.partition(".")[0] for name in named} & {"eventcore", "contracts", "registry", "reporting", "lb"}
