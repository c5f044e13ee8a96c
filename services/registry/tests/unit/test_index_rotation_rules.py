"""Rotating the index key: nobody is looked for under too few keys, in whatever order processes come to know of it."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from eventcore import Rejected, Release, Seen, Take
from eventcore.testing import given
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st
from registry.indexes.rotation import (
    NUMBERS,
    ROTATION,
    BeginRotation,
    IndexKeyMissing,
    InUse,
    RetireVersion,
    RotationBegun,
    RotationUnderWay,
    VersionInUse,
    VersionRetired,
    indexes_in_use,
)
from registry.privacy.commands import ReindexNumber
from registry.surveys.events import SurveyRecorded
from registry.surveys.survey import SURVEY, Unknown
from registry.vault import NumberIndex
from registry.workers.state import Unknown as NoWorker
from registry.workers.worker import WORKER
from survey_samples import RECORD

BEGUN, RETIRED = RotationBegun(version=2), VersionRetired(version=1)
KEYS = [bytes([n]) * 32 for n in (1, 2, 3)]


def test_a_rotation_begins_once_and_ends_before_the_next() -> None:
    given(ROTATION).when(BeginRotation(version=1)).then()
    given(ROTATION).when(BeginRotation(version=2)).then(BEGUN)
    given(ROTATION, BEGUN).when(BeginRotation(version=2)).then()
    given(ROTATION, BEGUN).when(BeginRotation(version=3)).rejected(RotationUnderWay)
    given(ROTATION, BEGUN, RETIRED).when(BeginRotation(version=3)).then(RotationBegun(version=3))
    given(ROTATION, BEGUN, RETIRED).when(BeginRotation(version=1)).rejected(RotationUnderWay)


def test_a_key_goes_out_of_use_only_when_no_number_is_under_it() -> None:
    given(ROTATION, BEGUN).when(RetireVersion(version=1, left=1)).rejected(VersionInUse)
    given(ROTATION, BEGUN).when(RetireVersion(version=2, left=0)).rejected(VersionInUse)
    given(ROTATION, BEGUN).when(RetireVersion(version=1, left=0)).then(RETIRED)
    given(ROTATION, BEGUN, RETIRED).when(RetireVersion(version=1, left=0)).then()


def test_who_lacks_a_key_that_is_in_use_decides_nothing() -> None:
    both = InUse(written=2, versions=frozenset({1, 2}))
    assert indexes_in_use(both, ["2.b", "1.a"]) == ["2.b", "1.a"]
    assert indexes_in_use(InUse(), ["2.b", "1.a"]) == ["1.a"]
    assert indexes_in_use(InUse(written=2, versions=frozenset({2})), ["2.b", "1.a"]) == ["2.b"]
    for known in (["1.a"], ["2.b"], []):
        with pytest.raises(IndexKeyMissing):
            indexes_in_use(both, known)


def test_a_known_number_is_found_under_either_key() -> None:
    both = InUse(written=2, versions=frozenset({1, 2}))
    for holder in ("1.a", "2.b"):
        seen = Seen(states={("rotation", NUMBERS): both}, holders={("person", holder): "w0"})
        (event,) = SURVEY.decide(replace(RECORD, number_indexes=("2.b", "1.a")), Unknown(), seen)
        assert isinstance(event, SurveyRecorded)
        assert (event.worker, event.number_index) == ("w0", "2.b")


@dataclass
class Log:
    """What the door keeps: guards and the one stream that every recording reads. A process decides on what it has
    seen, and the door refuses where that is not true any more."""

    state: InUse = field(default_factory=InUse)
    guards: dict[str, str] = field(default_factory=dict)
    registered: dict[int, set[str]] = field(default_factory=dict)
    version: int = 0

    def apply(self, effects: Any) -> None:
        for effect in effects:
            match effect:
                case Take(_, key, holder):
                    assert self.guards.setdefault(key, holder) == holder
                case Release(_, key):
                    self.guards.pop(key, None)


@dataclass
class Recording:
    """A survey, decided and not yet at the door."""

    person: int
    event: Any
    version: int
    holders: dict[str, str | None]

    def commit(self, log: Log) -> bool:
        if log.version != self.version or any(log.guards.get(key) != held for key, held in self.holders.items()):
            return False
        log.apply(SURVEY.effects(Unknown(), self.event))
        log.registered.setdefault(self.person, set()).add(self.event.worker)
        return True


def decided(log: Log, person: int, known: int, serial: int) -> Recording | None:
    """By a process with the first `known` keys of the file."""
    indexes = NumberIndex(KEYS[:known]).all_of(str(person))
    command = replace(RECORD, survey=f"s{serial}", new_worker=f"w{serial}", number_indexes=indexes)
    holders = {("person", key): log.guards[key] for key in indexes if key in log.guards}
    try:
        events = SURVEY.decide(command, Unknown(), Seen(states={("rotation", NUMBERS): log.state}, holders=holders))
    except IndexKeyMissing:
        return None
    return Recording(person, events[0], log.version, {key: log.guards.get(key) for key in indexes})


def rotate(log: Log, command: Any) -> None:
    try:
        events = ROTATION.decide(command, log.state, Seen())
    except Rejected:
        return
    for event in events:
        log.state, log.version = ROTATION.evolve(log.state, event), log.version + 1


def reindex(log: Log, person: int) -> None:
    """As the background work does it: whatever this person's number is found under."""
    for version in sorted(log.state.versions - {log.state.written}):
        index = NumberIndex(KEYS)
        old, new = index.under(version, str(person)), index.under(log.state.written, str(person))
        if old in log.guards:
            holder = log.guards[old]
            holders = {("person", key): log.guards[key] for key in (old, new) if key in log.guards}
            command = ReindexNumber(worker=holder, owner=holder, old=old, new=new, surveys=())
            for event in WORKER.decide(command, NoWorker(), Seen(holders=holders)):
                log.apply(WORKER.effects(NoWorker(), event))


def left(log: Log, version: int) -> int:
    return sum(key.startswith(f"{version}.") for key in log.guards)


PEOPLE = st.integers(0, 1)
STEPS = st.one_of(
    st.tuples(st.just("record"), PEOPLE, st.integers(1, 3)),
    st.tuples(st.just("decide"), PEOPLE, st.integers(1, 3)),
    st.tuples(st.just("commit"), st.integers(0, 7), st.just(0)),
    st.tuples(st.just("begin"), st.integers(2, 3), st.just(0)),
    st.tuples(st.just("reindex"), PEOPLE, st.just(0)),
    st.tuples(st.just("retire"), st.integers(1, 2), st.just(0)),
)


@settings(deadline=None, derandomize=True, max_examples=400)
@given_any(st.lists(STEPS, max_size=60))
def test_nobody_is_registered_twice_whatever_happens_in_whatever_order(steps: list[tuple[str, int, int]]) -> None:
    log, waiting = Log(), list[Recording]()
    for serial, (what, n, known) in enumerate(steps):
        match what:
            case "decide":
                if recording := decided(log, n, known, serial):
                    waiting.append(recording)
            case "record":
                if recording := decided(log, n, known, serial):
                    assert recording.commit(log)
            case "commit":
                if waiting:
                    waiting.pop(n % len(waiting)).commit(log)
            case "begin":
                rotate(log, BeginRotation(version=n))
            case "reindex":
                reindex(log, n)
            case "retire":
                rotate(log, RetireVersion(version=n, left=left(log, n)))
        assert all(len(workers) == 1 for workers in log.registered.values())
        holders: dict[int, set[str]] = {
            person: {log.guards[key] for key in NumberIndex(KEYS).all_of(str(person)) if key in log.guards}
            for person in log.registered
        }
        assert holders == log.registered
