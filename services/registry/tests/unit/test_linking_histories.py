"""Whatever is recorded, linked, undone and re-indexed in whatever order: a number has the worker that a plain model
says, and every worker points to the one that stands for it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from eventcore import Decider, Do, Effect, Fact, Meta, Rejected, Release, Seen, Take
from eventcore.decider import Undecided
from hypothesis import given, settings
from hypothesis import strategies as st
from registry.indexes.rotation import NUMBERS, ROTATION, BeginRotation, RetireVersion
from registry.policies.when_canonical_changed_compare_both_workers import when_canonical_changed_compare_both_workers
from registry.policies.when_duplicate_decided_tell_the_other_worker import when_duplicate_decided_tell_the_other_worker
from registry.privacy.commands import ReindexNumber
from registry.surveys.survey import SURVEY
from registry.workers.commands import RegisterWorker
from registry.workers.linking_commands import DecideDuplicate
from registry.workers.state import Registered
from registry.workers.worker import WORKER
from survey_samples import APPROVE, RECORD

PERSONS = 4
POLICIES = (when_duplicate_decided_tell_the_other_worker, when_canonical_changed_compare_both_workers)
WORD: dict[str, Any] = {"reason": "PERSON_ASKED", "evidence": (), "official": "sun", "organisation": "o"}


@dataclass
class Registry:
    """The rules with everything that the door would keep, in memory."""

    states: dict[str, Any] = field(default_factory=dict)
    guards: dict[tuple[str, str], str] = field(default_factory=dict)
    facts: list[Any] = field(default_factory=list)
    answered: int = 0

    def handle(self, decider: Decider[Any, Any, Any], key: str, command: Any) -> Sequence[Any]:
        states = {
            (each.decider.category, each.key): self.state(each.decider, each.key)
            for each in decider.reads(command)
            if each.decider
        }
        before = self.state(decider, key)
        events = decider.decide(command, before, Seen(states, self.guards))
        for event in events:
            for effect in decider.effects(before, event):
                self.take(effect)
            before = decider.evolve(before, event)
        self.states[decider.stream(key)] = before
        self.facts += events
        return events

    def state(self, decider: Decider[Any, Any, Any], key: str) -> Any:
        return self.states.get(decider.stream(key), decider.initial)

    def take(self, effect: Effect) -> None:
        match effect:
            case Take(scope, at, holder):
                assert self.guards.setdefault((scope, at), holder) == holder
            case Release(scope, at):
                self.guards.pop((scope, at), None)

    def answer(self, until: int) -> None:
        """Policies answer facts in their order, now or later."""
        while self.answered < min(until, len(self.facts)):
            event, self.answered = self.facts[self.answered], self.answered + 1
            fact: Any = Fact(
                event=event,
                id="f/1",
                stream="f",
                version=1,
                position=1,
                occurred_at=APPROVE.at,
                recorded_at=APPROVE.at,
                meta=Meta(),
            )
            for policy in POLICIES:
                for do in policy(fact):
                    assert isinstance(do, Do)
                    self.handle(do.decider, do.key, do.command)

    def worker(self, key: str) -> Registered:
        state = self.state(WORKER, key)
        assert isinstance(state, Registered)
        return state


@dataclass
class Model:
    """What is true, said plainly."""

    index: dict[int, set[str]] = field(default_factory=dict)
    owner: dict[int, str] = field(default_factory=dict)
    canonical: dict[str, str] = field(default_factory=dict)
    versions: list[int] = field(default_factory=lambda: [1])

    def worker(self, person: int) -> str:
        return self.canonical.get(self.owner[person], self.owner[person])

    def may_link(self, worker: str, other: str) -> bool:
        taken = {worker, other} & self.canonical.keys() or other in self.canonical.values()
        return worker != other and not taken and len(self.versions) == 1


Person = st.integers(0, PERSONS - 1)
Step: TypeAlias = tuple[str, int, int]
WHAT = ("record", "link", "link", "undo", "undo", "different", "begin", "reindex", "reindex", "retire", "answer")
STEPS = st.lists(st.tuples(st.sampled_from(WHAT), Person, Person), min_size=20, max_size=60)


def record(registry: Registry, model: Model, person: int) -> None:
    n = len(registry.facts)
    indexes = tuple(f"{version}.{person}" for version in reversed(model.versions))
    command = replace(RECORD, survey=f"s{n}", new_worker=f"w{n}", number_index=indexes[0], number_indexes=indexes)
    (event,) = registry.handle(SURVEY, f"s{n}", command)
    model.owner.setdefault(person, event.worker)
    model.index.setdefault(person, set()).add(indexes[0])
    assert event.worker == model.worker(person)
    (approved,) = registry.handle(SURVEY, f"s{n}", APPROVE)
    registry.handle(
        WORKER,
        approved.worker,
        RegisterWorker(
            worker=approved.worker,
            survey=f"survey-s{n}",
            household_region=approved.household_region,
            groups=approved.groups,
            organisation="o",
        ),
    )


def decided(registry: Registry, worker: str, other: str, verdict: Any) -> bool:
    held = [key for (scope, key), holder in registry.guards.items() if (scope, holder) == ("person", other)]
    back = [number for each in registry.worker(worker).linked if each.worker == other for number in each.numbers]
    numbers = tuple(held if verdict == "SAME" else back)
    command = DecideDuplicate(worker=worker, other=other, verdict=verdict, numbers=numbers, surveys=(), **WORD)
    try:
        return bool(registry.handle(WORKER, worker, command))
    except (Rejected, Undecided):
        return False


def rotate(registry: Registry, model: Model, what: str, person: int) -> None:
    oldest, newest = model.versions[0], model.versions[-1]
    old, new = f"{oldest}.{person}", f"{newest}.{person}"
    match what:
        case "begin" if oldest == newest:
            registry.handle(ROTATION, NUMBERS, BeginRotation(version=newest + 1))
            model.versions.append(newest + 1)
        case "reindex" if oldest != newest and old in model.index.get(person, ()):
            worker = model.worker(person)
            command = ReindexNumber(worker=worker, owner=model.owner[person], old=old, new=new, surveys=())
            assert registry.handle(WORKER, worker, command)
            model.index[person] = {new}
        case "retire" if oldest != newest:
            for each in model.owner:
                rotate(registry, model, "reindex", each)
            assert registry.handle(ROTATION, NUMBERS, RetireVersion(version=oldest, left=0))
            del model.versions[0]


def step(registry: Registry, model: Model, what: str, one: int, two: int) -> None:
    worker, other = model.owner[one], model.owner[two]
    match what:
        case "record":
            record(registry, model, one)
        case "answer":
            registry.answer(registry.answered + one)
        case "link":
            allowed = model.may_link(worker, other)
            assert decided(registry, worker, other, "SAME") == allowed
            if allowed:
                model.canonical[other] = worker
        case "undo" if model.canonical.get(other) == worker:
            settled = len(model.versions) == 1
            assert decided(registry, worker, other, "DIFFERENT") == settled
            if settled:
                del model.canonical[other]
        case "different" if model.canonical.get(other) != worker:
            decided(registry, worker, other, "DIFFERENT")
        case "begin" | "reindex" | "retire":
            rotate(registry, model, what, one)


@settings(max_examples=100, deadline=None)
@given(STEPS)
def test_guards_and_pointers_are_those_of_a_plain_model(steps: list[Step]) -> None:
    registry, model = Registry(), Model()
    for person in range(PERSONS):
        record(registry, model, person)
    for what, one, two in steps:
        step(registry, model, what, one, two)
    guards = {scope: {k: h for (s, k), h in registry.guards.items() if s == scope} for scope, _ in registry.guards}
    assert guards["person"] == {index: model.worker(person) for person in model.owner for index in model.index[person]}
    assert guards.get("linked-worker", {}) == model.canonical
    registry.answer(2**31)
    for worker in model.owner.values():
        state = registry.worker(worker)
        assert state.canonical == model.canonical.get(worker)
        assert {each.worker for each in state.linked} == {o for o, c in model.canonical.items() if c == worker}
