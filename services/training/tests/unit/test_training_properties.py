"""What holds whatever the order: seats, classes at a time, and what attendance adds up to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from eventcore import Rejected
from eventcore.decider import Decider, Undecided, fold
from eventcore.desk import Decision, Desk, Order, State, Task, decide
from eventcore.effects import Release, Take
from hypothesis import example, given, settings
from hypothesis import strategies as st
from training.classes.commands import CloseClass, CorrectSession, RecordSession
from training.classes.events import Attendance
from training.classes.seats import SEAT, place
from training.classes.training_class import CLASS
from training.enrolments.commands import Enrol, Withdraw
from training.enrolments.enrolment import ENROLMENT
from training.enrolments.state import Attending, Concluded, overlaps
from training.policies.when_class_is_over_say_what_it_was_to_its_trainees import (
    when_class_is_over_say_what_it_was_to_its_trainees,
)
from training_samples import CLASSES, ENROLMENTS, INSTITUTIONS, KEY, TERMS, own
from training_way import BASE, worker

CAPACITY, WORKERS = 2, 5
FILED = replace(CLASSES[0], capacity=CAPACITY, priority_until=None)
OF: dict[str, Any] = {"by": "wu", "organisation": "hr-520123"}
DAY = date(2026, 6, 1)


@dataclass(slots=True)
class Log:
    """The door's promises in a few lines: what was read must still be true, guards have one holder."""

    events: dict[str, list[Any]] = field(default_factory=dict)
    guards: dict[tuple[str, str], str] = field(default_factory=dict)

    def look(self, decider: Decider[Any, Any, Any], key: str, command: Any) -> Decision:
        """Decides on what is there now."""
        streams = {decider.stream(key): decider}
        streams |= {read.decider.stream(read.key): read.decider for read in decider.reads(command) if read.decider}
        states = {
            stream: State(len(self.events.get(stream, ())), fold(kind, self.events.get(stream, ())))
            for stream, kind in streams.items()
        }
        return decide(Task(decider, key, command, Order(id="")), Desk(states, dict(self.guards), False), "")

    def append(self, decision: Decision) -> bool:
        """Whether it took effect."""
        versions = {decision.task.stream: decision.before.version, **decision.reads}
        if any(len(self.events.get(stream, ())) != version for stream, version in versions.items()):
            return False
        if any(self.guards.get(guard) != holder for guard, holder in decision.holders.items()):
            return False
        for _, effect in decision.effects:
            match effect:
                case Take(scope, key, holder):
                    assert self.guards.setdefault((scope, key), holder) == holder
                case Release(scope, key):
                    del self.guards[scope, key]
        self.events.setdefault(decision.task.stream, []).extend(decision.events)
        return True


def designated(n: int) -> list[Any]:
    """A worker who chose the class."""
    return [replace(ENROLMENTS[0], worker=worker(n)), replace(ENROLMENTS[7], worker=worker(n))]


def enrol(n: int, seat: int | None) -> Enrol:
    return Enrol(
        worker=worker(n),
        training_class=KEY,
        institution=BASE,
        capacity=CAPACITY,
        seat=seat,
        in_round=False,
        today=DAY,
        **OF,
    )


CLOSE = CloseClass(training_class=KEY, capacity=CAPACITY, closed_on=date(2026, 5, 9), tests=(), today=DAY, **OF)
LEAVE = Withdraw(training_class=KEY, withdrawn_on=date(2026, 4, 20), reason="OWN_WISH", today=DAY, **OF)
STEPS = st.lists(
    st.tuples(
        st.integers(1, WORKERS),
        st.sampled_from([1, 2, None, "leave", "close"]),
        st.integers(0, 6),  # how many later requests are decided before this one comes to the door
    ),
    max_size=30,
)


@example(steps=[(1, 1, 0), (1, "close", 0), (1, "leave", 0)])
@given(steps=STEPS)
@settings(max_examples=200)
def test_there_are_never_more_workers_than_seats_whatever_overtakes_what(steps: Sequence[tuple[int, Any, int]]) -> None:
    log = Log({f"enrolment-{worker(n)}": designated(n) for n in range(1, WORKERS + 1)})
    log.events |= {f"class-{KEY}": [FILED, CLASSES[1]], f"institution-{BASE}": list(INSTITUTIONS[:2])}
    waiting: list[tuple[int, Decision]] = []
    for at, (n, what, delay) in enumerate(steps):
        for due, decision in [each for each in waiting if each[0] <= at]:
            log.append(decision)
            waiting.remove((due, decision))
        try:
            waiting.append((at + delay, asked(log, n, what)))
        except Undecided:
            continue
        check_seats(log)
    for _, decision in waiting:
        log.append(decision)
        check_seats(log)


def asked(log: Log, n: int, what: Any) -> Decision:
    """The worker gets a seat or leaves; or the class is closed with a test of everybody who is seen in it."""
    match what:
        case "close":
            tests = tuple((holder, "PASSED") for holder in log.guards.values())
            return log.look(CLASS, KEY, replace(CLOSE, tests=tests))
        case "leave":
            return log.look(ENROLMENT, worker(n), LEAVE)
        case _:
            return log.look(ENROLMENT, worker(n), enrol(n, what))


def check_seats(log: Log) -> None:
    """Who attends holds a seat of the class, and nobody else does; who has a seat when it is closed has a result."""
    there = {}
    for n in range(1, WORKERS + 1):
        stay = fold(ENROLMENT, log.events[f"enrolment-{worker(n)}"]).stay(KEY)
        if isinstance(stay, Attending):
            there[SEAT, place(KEY, stay.seat)] = worker(n)
    assert log.guards == there
    assert len(there) <= CAPACITY
    closed = log.events[f"class-{KEY}"][2:]
    assert {each.worker for event in closed for each in event.results} == set(there.values() if closed else ())


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 20), st.booleans()), min_size=2, max_size=8)


@example(spans=[(0, 10, False), (5, 10, False)])
@given(spans=SPANS)
def test_a_worker_is_never_in_two_classes_at_a_time(spans: Sequence[tuple[int, int, bool]]) -> None:
    log = Log({f"institution-{BASE}": list(INSTITUTIONS[:2]), f"enrolment-{worker(1)}": designated(1)[:1]})
    for n, (first, length, leaves) in enumerate(spans):
        starts_on = date(2026, 4, 1) + timedelta(days=first)
        key = f"class-{n}"
        terms = replace(TERMS, training_class=key, starts_on=starts_on, ends_on=starts_on + timedelta(days=length))
        log.events[f"class-{key}"] = [replace(FILED, training_class=key, terms=terms), CLASSES[1]]
        log.events[f"enrolment-{worker(1)}"].append(replace(ENROLMENTS[7], worker=worker(1), terms=terms))
        log.append(log.look(ENROLMENT, worker(1), replace(enrol(1, 1), training_class=key)))
        if leaves:
            leave = replace(LEAVE, training_class=key, withdrawn_on=starts_on)
            log.append(log.look(ENROLMENT, worker(1), leave))
    stays = fold(ENROLMENT, log.events[f"enrolment-{worker(1)}"]).stays
    attended = [each.terms for each in stays if isinstance(each, Attending)]
    assert not any(overlaps(one, other) for n, one in enumerate(attended) for other in attended[:n])


MINUTES = st.integers(0, 360)
DAYS = st.dictionaries(st.integers(0, 5), MINUTES, min_size=1)


@example(known={0: 360, 1: 360, 2: 60}, right={0: 300}, order=range(6), closed_at=1)
@given(known=DAYS, right=DAYS, order=st.permutations(range(6)), closed_at=st.integers(0, 6))
def test_what_is_completed_depends_on_the_attendance_alone(
    known: Mapping[int, int], right: Mapping[int, int], order: Sequence[int], closed_at: int
) -> None:
    """Sessions come in any order, are corrected, and the class is closed anywhere between."""
    terms = replace(TERMS, minimum_minutes=720, minimum_days=3)
    log = Log({f"class-{KEY}": [replace(FILED, terms=terms), CLASSES[1]]}, {(SEAT, place(KEY, 1)): worker(1)})
    log.events[f"enrolment-{worker(1)}"] = [
        *designated(1),
        replace(ENROLMENTS[8], worker=worker(1), terms=terms, seat=1),
    ]
    for at, day in enumerate(order):
        if at == closed_at:
            close(log)
        if day in known:
            record(log, day, known[day])
    if closed_at == len(order):
        close(log)
    for day in sorted(right.keys() & known.keys()):
        correct(log, [each for each in order if each in known].index(day) + 1, right[day])
    attended = [minutes for minutes in {**known, **{d: m for d, m in right.items() if d in known}}.values() if minutes]
    stay = fold(ENROLMENT, log.events[f"enrolment-{worker(1)}"]).stay(KEY)
    assert isinstance(stay, Concluded)
    assert (stay.minutes, stay.days) == (sum(attended), len(attended))
    assert stay.completed == (sum(attended) >= 720 and len(attended) >= 3)


def ask(log: Log, command: Any) -> None:
    """Of the class; and what follows from it."""
    decision = log.look(CLASS, KEY, command)
    assert not isinstance(decision.refusal, Rejected)
    assert log.append(decision)
    for event in decision.events:
        for do in when_class_is_over_say_what_it_was_to_its_trainees(own(event)):
            assert log.append(log.look(do.decider, do.key, do.command))


def record(log: Log, day: int, minutes: int) -> None:
    present = (Attendance(worker=worker(1), minutes=minutes),)
    command = RecordSession(
        training_class=KEY,
        capacity=CAPACITY,
        on=date(2026, 4, 6) + timedelta(days=day),
        starts_at="08:30",
        minutes=360,
        form="DAYTIME",
        teacher="T-1",
        present=present,
        supervising=True,
        today=DAY,
        **OF,
    )
    ask(log, command)


def correct(log: Log, session: int, minutes: int) -> None:
    command = CorrectSession(
        training_class=KEY,
        capacity=CAPACITY,
        session=session,
        attendance=(Attendance(worker=worker(1), minutes=minutes),),
        evidence="核查〔2026〕2号",
        supervising=True,
        today=DAY,
        **OF,
    )
    ask(log, command)


def close(log: Log) -> None:
    ask(log, replace(CLOSE, tests=((worker(1), "PASSED"),)))
