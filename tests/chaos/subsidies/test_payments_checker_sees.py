"""The checker must be able to fail: each kind of damage, done to evidence that agrees, is found and named."""

import ast
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from tests.chaos.evidence import Command, Kept, Message
from tests.chaos.history import Asked, Request, Told
from tests.chaos.made_up import chained
from tests.chaos.subsidies.check_chain import hash_of
from tests.chaos.subsidies.evidence import TOPICS, Evidence, Execution, File, Posting, Service
from tests.chaos.subsidies.report import judged

HERE: Final = Path(__file__).parent
CHECKER: Final = [*sorted(HERE.glob("check_*.py")), *(HERE / f"{name}.py" for name in ("evidence", "plan", "quiet"))]
ABOUT: Final[dict[str, Any]] = {"claim": "c1", "kind": "LIVING", "region": "520102", "fund": "F"}
ORDER: Final[dict[str, Any]] = {**ABOUT, "payment": f"{'p1':-<36}", "amount": 8000}
PAYMENT: Final = ORDER["payment"]
LINE: Final[dict[str, Any]] = {**ORDER, "payee": {"kind": "WORKER", "id": "w1"}, "handlers": ["hu"]}
FACT: Final = "enrolment-w1/1/cn.labourbridge.training.training-completed.v1"
HASH: Final = hash_of("F", [LINE])
CLIENT: Final = Request(
    n=1, kind="subsidy", client="treasury", subject="li", route="/v1/payment-batches", path="/v1/payment-batches",
    key="k1", body={"fund": "F"},
)  # fmt: skip
ANSWER: Final = json.dumps({"batch": "b1"})
Row = tuple[str, int, str, Mapping[str, Any], str]
Damage = Callable[[Evidence], Evidence]


def told(status: int, body: str, attempt: int = 1) -> Told:
    return Told(n=1, attempt=attempt, via="api", status=status, body=body, replayed=attempt > 1, seconds=0.01)


ROWS: Final[Sequence[Row]] = (
    ("fund-F", 1, "fund-allocated", {"fund": "F", "amount": 100_000}, "allocate"),
    ("claim-c1", 1, "claim-opened", {"claim": "c1", "kind": "LIVING", "worker": "w1", "about": "k1"}, "open"),
    ("claim-c1", 2, "reservation-asked",
     {"claim": "c1", "once": {"pool": "LIVING", "person": "w1", "occupation": "o", "level": "5"}}, "ask"),
    ("claim-c1", 3, "claim-decided",
     {**ABOUT, "outcome": "APPROVED", "amount": 8000, "explanation": {"inputs": [{"fact": FACT}]}}, "decide"),
    ("payment-c1", 1, "payment-owed-changed", {**ABOUT, "owed": 8000}, "settle"),
    ("payment-c1", 2, "payment-due", {**ORDER, "decision": "claim-c1/3"}, "settle"),
    ("payment-batch-b1", 1, "payment-batch-proposed",
     {"batch": "b1", "fund": "F", "lines": [LINE], "hash": HASH, "official": "wu"}, CLIENT.command),
    ("payment-batch-b1", 2, "payment-batch-approved", {"batch": "b1", "hash": HASH, "official": "fang"}, "approve"),
    ("fund-F", 2, "fund-batch-funded",
     {"fund": "F", "batch": "b1", "hash": HASH, "file": "PAY-F-20260601-001"}, "fund"),
    ("payment-c1", 3, "payment-ordered", {**ORDER, "batch": "b1", "file": "PAY-F-20260601-001"}, "order"),
    ("bank-file-PAY-F-20260601-001", 1, "bank-file-sent",
     {"file": "PAY-F-20260601-001", "orders": [{"payment": PAYMENT, "amount": 8000}]}, "send"),
    ("bank-file-RET-PAY-F-20260601-001-1", 1, "bank-file-taken", {"file": "RET-PAY-F-20260601-001-1"}, "take"),
    ("payment-c1", 4, "payment-executed",
     {**ORDER, "return_file": "RET-PAY-F-20260601-001-1", "reference": "r1"}, "answer"),
)  # fmt: skip
POSTED: Final = (
    ("fund-F/1", "TREASURY", "BUDGET", 100_000), ("claim-c1/3", "BUDGET", "COMMITTED/520102", 8000),
    ("payment-c1/3", "COMMITTED/520102", "PAYABLE/520102", 8000),
    ("bank-file-PAY-F-20260601-001/1", "PAYABLE/520102", "IN_TRANSIT/520102", 8000),
    ("payment-c1/4", "IN_TRANSIT/520102", "PAID/520102", 8000),
)  # fmt: skip


VIEWS: Final[Mapping[str, Sequence[Mapping[str, Any]]]] = {
    "payment_orders": [{"payment": PAYMENT, "status": "executed", "amount": 8000, "returned": 0}],
    "claims": [{"claim": "c1", "state": "APPROVED", "amount": 8000, "missing": []}],
}


def service(rows: Sequence[Row], received: Sequence[str] = (), postings: Sequence[Posting] = ()) -> Service:
    events = chained(rows)
    commands = {
        event.meta["command"]: Command(
            id=event.meta["command"], outcome=0, version=1, position=event.position,
            answer=ANSWER.encode() if event.meta["command"] == CLIENT.command else b"",
        )
        for event in events
    }  # fmt: skip
    kept = Kept(views=VIEWS, stuck=[], readers={})
    return Service(events=events, commands=commands, guards={}, kept=kept, received=received, postings=postings)


def file_of(name: str, place: str, amount: int = 8000) -> File:
    lines = [f"D{PAYMENT}{amount:018}", f"T{1:08}{amount:018}{'0' * 64}"]
    return File(name=f"{name}.txt", place=place, data="".join(f"{line}\r\n" for line in lines).encode())


@pytest.fixture
def sound() -> Evidence:
    """One worker: completed a class of two days, was owed for them, and paid."""
    postings = [
        Posting(event=event, account=f"F/{account}", amount=fen)
        for event, source, target, amount in POSTED
        for account, fen in ((source, -amount), (target, amount))
    ]
    completed = {"worker": "w1", "terms": {"training_class": "k1"}, "days": 2}
    headers = {"ce_id": FACT}
    return Evidence(
        asked=[Asked(CLIENT, [told(0, "ReadError"), told(201, ANSWER, attempt=2)])],
        services={
            "training": service([("enrolment-w1", 1, "training-completed", completed, "close")]),
            "certification": service([], [FACT]),
            "subsidy": service(ROWS, [FACT], postings),
        },
        messages=[Message(topic=TOPICS[3], partition=0, offset=0, key=b"", value=b"", headers=headers)],
        bank=[Execution(payment=PAYMENT, amount=8000, reference="r1", came_back=False)],
        files=[file_of("PAY-F-20260601-001", "to-bank/taken")],
        reconciled={"findings": [], "awaited": 0, "funds": [{"fund": "F", "paid": 8000}]},
    )


def changed(evidence: Evidence, **changes: Any) -> Evidence:
    """With another subsidy service."""
    return replace(evidence, services={**evidence.services, "subsidy": replace(evidence.subsidy, **changes)})


def told_otherwise(stream: str, version: int, **changes: Any) -> Damage:
    """One event says something else, and its hash fits."""

    def damage(evidence: Evidence) -> Evidence:
        rows = [
            (row[0], row[1], row[2], {**row[3], **changes}, row[4]) if row[:2] == (stream, version) else row
            for row in ROWS
        ]
        return changed(evidence, events=chained(rows))

    return damage


def paid_again(evidence: Evidence) -> Evidence:
    """The same order is executed twice."""
    again = (*ROWS, ("payment-c1", 5, "payment-executed", ROWS[-1][3], "answer"))
    return changed(evidence, events=chained(again))


def another_order(evidence: Evidence) -> Evidence:
    """A time-out is paid again, under another id."""
    due = {**ORDER, "payment": f"{'p2':-<36}", "decision": "claim-c1/3"}
    rows = [*ROWS[:-1], ("payment-c1", 4, "payment-due", due, "again")]
    return changed(evidence, events=chained(rows))


def never_paid(evidence: Evidence) -> Evidence:
    failed: Row = ("payment-c1", 4, "payment-failed", {**ORDER, "reason": "ACCOUNT_CLOSED"}, "answer")
    return changed(evidence, events=chained([*ROWS[:-1], failed, ("payment-c1", 5, "payment-renewed", ABOUT, "renew")]))


def twice_for_one(evidence: Evidence) -> Evidence:
    """Another claim of the same person for the same occupation and level."""
    other = {"claim": "c2", "about": "k2"}
    more = [("claim-c2", version, kind, {**body, **other}, command) for _, version, kind, body, command in ROWS[1:4]]
    return changed(evidence, events=chained([*ROWS, *more]))


def otherwise_in_training(evidence: Evidence) -> Evidence:
    """One day instead of two, and another one who completed the class."""
    said: dict[str, Any] = {"terms": {"training_class": "k1"}, "days": 1}
    rows = [(f"enrolment-{who}", 1, "training-completed", {"worker": who, **said}, "close") for who in ("w1", "w2")]
    return replace(evidence, services={**evidence.services, "training": service(rows)})


def revoked(evidence: Evidence) -> Evidence:
    """Its certificate fell, and it is owed all the same."""
    rows = [(*row[:3], {**row[3], "kind": "TRAINING"}, row[4]) if row[2] == "claim-opened" else row for row in ROWS]
    fallen = service([("certificate-k1", 1, "certificate-revoked", {"certificate": "k1"}, "revoke")], [FACT])
    found = changed(evidence, events=chained(rows))
    return replace(found, services={**found.services, "certification": fallen})


def posted_once(evidence: Evidence) -> Evidence:
    return changed(evidence, postings=evidence.subsidy.postings[:-1])


def posted_elsewhere(evidence: Evidence) -> Evidence:
    """It sums to zero, and says something else."""
    *rest, last = evidence.subsidy.postings
    return changed(evidence, postings=[*rest, replace(last, account="F/SUSPENSE")])


def unknown_to_us(evidence: Evidence) -> Evidence:
    more = Execution(payment="p9", amount=1, reference="r9", came_back=False)
    return replace(evidence, bank=[*evidence.bank, more])


def other_amount(evidence: Evidence) -> Evidence:
    return replace(evidence, bank=[replace(evidence.bank[0], amount=8001)])


def came_back(evidence: Evidence) -> Evidence:
    return replace(evidence, bank=[replace(evidence.bank[0], came_back=True)])


def in_two_files(evidence: Evidence) -> Evidence:
    return replace(evidence, files=[*evidence.files, file_of("PAY-F-20260601-002", "to-bank/taken")])


def cut_file(evidence: Evidence) -> Evidence:
    (file,) = evidence.files
    return replace(evidence, files=[replace(file, data=file.data[:60])])


def not_fetched(evidence: Evidence) -> Evidence:
    return replace(evidence, files=[replace(evidence.files[0], place="to-bank")])


def unexplained(evidence: Evidence) -> Evidence:
    return replace(evidence, reconciled={**evidence.reconciled, "findings": ["8000 fen"]})


def not_taken_in(evidence: Evidence) -> Evidence:
    return changed(evidence, received=[])


def taken_in_twice(evidence: Evidence) -> Evidence:
    return changed(evidence, received=[FACT, FACT])


def parked(evidence: Evidence) -> Evidence:
    return changed(evidence, kept=replace(evidence.subsidy.kept, stuck=["parked relay claim-c1: ValueError"]))


def shown_otherwise(evidence: Evidence) -> Evidence:
    views = {**VIEWS, "payment_orders": [{**VIEWS["payment_orders"][0], "status": "unknown"}]}
    return changed(evidence, kept=replace(evidence.subsidy.kept, views=views))


def changed_bytes(evidence: Evidence) -> Evidence:
    first, *rest = evidence.subsidy.events
    return changed(evidence, events=[replace(first, data=b"{}"), *rest])


def another_answer(evidence: Evidence) -> Evidence:
    told_again = Asked(replace(CLIENT, n=2), [told(201, '{"batch":"b2"}')])
    return replace(evidence, asked=[*evidence.asked, told_again])


def command_unknown(evidence: Evidence) -> Evidence:
    kept = {id: each for id, each in evidence.subsidy.commands.items() if id != CLIENT.command}
    return changed(evidence, commands=kept)


def test_evidence_of_payments_that_agrees_is_not_complained_of(sound: Evidence) -> None:
    assert judged(sound) == []


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (paid_again, "was paid before"),
        (another_order, "a second order beside"),
        (never_paid, "are owed, and nobody pays them"),
        (told_otherwise("payment-c1", 1, owed=4000), "its payments know of 4000"),
        (told_otherwise("payment-c1", 2, decision="claim-c1/2"), "no decision leads to it"),
        (told_otherwise("claim-c1", 3, explanation={"inputs": [{"fact": "nowhere"}]}), "rests on"),
        (told_otherwise("payment-batch-b1", 2, official="hu"), "had a hand in it"),
        (told_otherwise("payment-batch-b1", 2, official="wu"), "had a hand in it"),
        (told_otherwise("payment-batch-b1", 2, hash="0" * 64), "what was approved is not what was released"),
        (told_otherwise("payment-batch-b1", 1, lines=[{**LINE, "amount": 9000}]), "what was approved is not"),
        (told_otherwise("bank-file-RET-PAY-F-20260601-001-1", 1, file="RET-2"), "was not taken"),
        (twice_for_one, "are all owed for"),
        (otherwise_in_training, "no claim LIVING of w2 about k1"),
        (otherwise_in_training, "8000 fen are owed, 4000 are right"),
        (revoked, "owed for a revoked certificate"),
        (posted_once, "fen in the ledger"),
        (posted_elsewhere, "F/SUSPENSE has 8000 fen, the events say 0"),
        (unknown_to_us, "the bank paid it, and we do not know"),
        (other_amount, "the bank Execution"),
        (came_back, "other ones by the bank's"),
        (in_two_files, "PAY-F-20260601-002 lies there and was never sent"),
        (in_two_files, "is in ['PAY-F-20260601-001', 'PAY-F-20260601-002']"),
        (cut_file, "is not whole"),
        (not_fetched, "waits"),
        (unexplained, "unexplained: 8000 fen"),
        (not_taken_in, "has not taken in 1 facts"),
        (taken_in_twice, "taken in 1 facts twice"),
        (parked, "parked relay"),
        (shown_otherwise, "view payment_orders: 1 rows differ"),
        (changed_bytes, "hash does not follow"),
        (another_answer, "one key, different answers"),
        (command_unknown, "the log does not know it"),
    ],
)
def test_damage_to_payments_is_named(sound: Evidence, damage: Damage, says: str) -> None:
    found = "\n".join(judged(damage(sound)))
    assert says in found, found


@pytest.mark.parametrize("path", CHECKER, ids=lambda path: path.stem)
def test_the_checker_of_payments_shares_no_code_with_the_services(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    named = {name.name for node in imports if isinstance(node, ast.Import) for name in node.names}
    named |= {node.module for node in imports if isinstance(node, ast.ImportFrom) and node.module}
    ours = {"eventcore", "contracts", "registry", "training", "certification", "subsidy", "bank", "lb"}
    assert not {name.partition(".")[0] for name in named} & ours
