"""What the registry tells of a worker, as placement notes it, and what it begins or ends."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

import pytest
from contracts.memberships import Membership
from contracts.public_event import PublicEvent
from contracts.registry import (
    DuplicateDecidedV1,
    GroupMembership,
    PersonalDataErasedV1,
    UseRestrictedV1,
    WorkerDeathWithdrawnV1,
    WorkerDeceasedV1,
    WorkerRegisteredV1,
)
from contracts.stewardship import StewardshipEndingV1, StewardshipGrantedV1, StewardshipHeldV1
from eventcore import Do, Seen, fold
from eventcore.testing import given
from placement.policies.when_acting_or_a_worker_ends_stop_the_transfer import (
    when_acting_or_a_worker_ends_stop_the_transfer,
)
from placement.policies.when_the_registry_moves_a_stewardship_begin_or_end_acting import (
    when_the_registry_moves_a_stewardship_begin_or_end_acting,
)
from placement.policies.when_the_registry_tells_of_a_worker_note_it import when_the_registry_tells_of_a_worker_note_it
from placement.transfers.home.commands import Stop
from placement.transfers.home.transfer import TRANSFER
from placement.transfers.permission.permission import (
    OPEN_TRANSFER,
    PERMISSION,
    BeginActing,
    EndActing,
    NoteHolder,
)
from placement.transfers.persons import person as persons
from placement.transfers.persons.events import (
    DeathTakenBack,
    GuestNoted,
    PersonEnded,
    PersonEvent,
    PersonKnown,
    PersonLinked,
)
from placement.transfers.persons.person import PERSON, Note, require_known
from published import Published
from transfer_samples import TRANSFER as TRANSFER_ID
from transfer_samples import WORKER

TODAY: Final = date(2026, 5, 4)
KNOWN: Final = PersonKnown(
    worker=WORKER,
    household_region="520526",
    groups=(Membership(group="POVERTY_LIFTED", valid_from=date(2021, 1, 1), valid_to=None),),
)
HELD: Final[dict[str, Any]] = {"to": (), "worker": WORKER, "home": "520000", "organisation": "hr-520000"}


def told(event: PublicEvent) -> Any:
    return Published(event=event, stream="s", version=1, at=datetime(2026, 5, 4, tzinfo=UTC)).fact(1)


def registered(region: str) -> WorkerRegisteredV1:
    member = GroupMembership(group="POVERTY_LIFTED", valid_from=date(2021, 1, 1))
    return WorkerRegisteredV1(worker=WORKER, survey="s1", household_region=region, groups=(member,))


def test_a_registered_worker_is_known_once() -> None:
    (do,) = when_the_registry_tells_of_a_worker_note_it(told(registered("520526")))
    assert do == Do(PERSON, WORKER, Note(event=KNOWN))
    given(PERSON, KNOWN).when(do.command).then()


def test_a_guest_is_known_by_the_job_before_anybody_was_surveyed_here() -> None:
    noted = GuestNoted(worker=WORKER, county="440306", household_region="520526")
    given(PERSON).when(Note(event=noted)).then(noted)
    guest = fold(PERSON, [noted])
    assert (require_known(guest, TODAY), guest.county) == ("520526", "440306")
    both: list[PersonEvent] = [KNOWN, replace(noted, household_region="520102")]
    assert fold(PERSON, both).region == "520526"  # as the registry says


@pytest.mark.parametrize(
    ("event", "ground"),
    [
        (WorkerDeceasedV1(worker=WORKER, died_on=TODAY, organisation="hr"), "DECEASED"),
        (PersonalDataErasedV1(worker=WORKER, organisation="hr"), "ERASED"),
    ],
    ids=["death", "erasure"],
)
def test_an_end_finds_the_transfer_that_goes_on_and_stops_it(event: PublicEvent, ground: str) -> None:
    (do,) = when_the_registry_tells_of_a_worker_note_it(told(event))
    assert do == Do(PERSON, WORKER, Note(event=PersonEnded(worker=WORKER, ground=ground)))
    ended = PersonEnded(worker=WORKER, ground=ground, transfer=TRANSFER_ID)
    in_transfer = Seen({}, {(OPEN_TRANSFER, WORKER): TRANSFER_ID})
    given(PERSON, KNOWN).having_seen(in_transfer).when(do.command).then(ended)
    given(PERSON, KNOWN, ended).having_seen(in_transfer).when(do.command).then()
    stops = when_acting_or_a_worker_ends_stop_the_transfer(_own(ended))
    assert list(stops) == [Do(TRANSFER, TRANSFER_ID, Stop(ground=ground))]


def test_an_end_without_a_transfer_stops_nothing() -> None:
    ended = PersonEnded(worker=WORKER, ground="DECEASED", transfer=None)
    given(PERSON, KNOWN).when(Note(event=ended)).then(ended)
    assert list(when_acting_or_a_worker_ends_stop_the_transfer(_own(ended))) == []


@pytest.mark.parametrize(
    ("event", "refusal"),
    [
        (PersonLinked(worker=WORKER, canonical="another"), persons.WorkerLinked),
        (PersonEnded(worker=WORKER, ground="ERASED", transfer=None), persons.WorkerEnded),
    ],
    ids=["linked", "erased"],
)
def test_nothing_is_begun_for_who_is_linked_or_gone(event: Any, refusal: Any) -> None:
    with pytest.raises(refusal):
        require_known(fold(PERSON, (KNOWN, event)), TODAY)


def test_nothing_is_begun_while_the_data_are_only_kept() -> None:
    restricted = UseRestrictedV1(worker=WORKER, ground="OBJECTION", until=date(2026, 5, 5), organisation="hr")
    (do,) = when_the_registry_tells_of_a_worker_note_it(told(restricted))
    person = fold(PERSON, (KNOWN, *PERSON.decide(do.command, fold(PERSON, (KNOWN,)), Seen())))
    with pytest.raises(persons.WorkerRestricted):
        require_known(person, TODAY)
    assert require_known(person, date(2026, 5, 5)) == "520526"


def test_a_death_that_was_recorded_wrongly_is_taken_back_and_an_erasure_is_not() -> None:
    back = WorkerDeathWithdrawnV1(worker=WORKER, corrects="worker-1/2", died_on=TODAY, organisation="hr")
    (do,) = when_the_registry_tells_of_a_worker_note_it(told(back))
    dead, erased = (PersonEnded(worker=WORKER, ground=each, transfer=None) for each in ("DECEASED", "ERASED"))
    given(PERSON, KNOWN, dead).when(do.command).then(DeathTakenBack(worker=WORKER))
    given(PERSON, KNOWN, erased).when(do.command).then()


def test_a_link_is_noted_at_who_is_stood_for_and_undone_there() -> None:
    facts: dict[str, Any] = {"worker": "keeps", "other": WORKER, "reason": "SAME_PERSON", "organisation": "hr"}
    (linked,) = when_the_registry_tells_of_a_worker_note_it(
        told(DuplicateDecidedV1(**facts, verdict="SAME", undone=False))
    )
    (undone,) = when_the_registry_tells_of_a_worker_note_it(
        told(DuplicateDecidedV1(**facts, verdict="DIFFERENT", undone=True))
    )
    never = when_the_registry_tells_of_a_worker_note_it(
        told(DuplicateDecidedV1(**facts, verdict="DIFFERENT", undone=False))
    )
    assert linked == Do(PERSON, WORKER, Note(event=PersonLinked(worker=WORKER, canonical="keeps")))
    assert undone == Do(PERSON, WORKER, Note(event=PersonLinked(worker=WORKER, canonical=None)))
    assert list(never) == []


def test_registering_at_home_is_the_first_grant_and_elsewhere_is_none() -> None:
    (first,) = when_the_registry_moves_a_stewardship_begin_or_end_acting(told(registered("520526")))
    assert first == Do(PERMISSION, WORKER, BeginActing(worker=WORKER, epoch=1))
    assert list(when_the_registry_moves_a_stewardship_begin_or_end_acting(told(registered("440306")))) == []


def test_the_registry_begins_and_ends_acting_and_names_who_does() -> None:
    react = when_the_registry_moves_a_stewardship_begin_or_end_acting
    assert [each.command for each in react(told(StewardshipHeldV1(**HELD, epoch=2)))] == [
        BeginActing(worker=WORKER, epoch=2)
    ]
    assert [each.command for each in react(told(StewardshipEndingV1(**HELD, epoch=2)))] == [
        EndActing(worker=WORKER, epoch=2)
    ]
    granted = StewardshipGrantedV1(**HELD, epoch=3, region="440000", ground="EMPLOYED")
    assert [each.command for each in react(told(granted))] == [NoteHolder(worker=WORKER, epoch=3, region="440000")]


def _own(event: Any) -> Any:
    fact = told(registered("520526"))
    return type(fact)(
        event=event,
        id="person-1/1",
        stream="person-1",
        version=1,
        position=1,
        occurred_at=fact.occurred_at,
        recorded_at=fact.recorded_at,
        meta=fact.meta,
    )
