"""Who is responsible: what the ledger at home and a tenure allow, in the words of the offices."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from eventcore import Seen
from eventcore.testing import given
from registry.indexes.guards import MINTED
from registry.responsibility import NotSteward
from registry.stewardship import refusals
from registry.stewardship.commands import (
    BringHome,
    End,
    HearJob,
    HearJobEnd,
    Hold,
    NoteDeath,
    NoteRecallRefusal,
    NoteRelease,
    NoteYield,
    PassOn,
    ReportDeath,
    SeekStewardship,
    TakeBack,
)
from registry.stewardship.events import (
    RecallRefusalNoted,
    StewardDeathNoted,
    StewardshipDenied,
    StewardshipGranted,
    StewardshipRecalled,
    StewardshipSought,
    StewardshipTakenBack,
)
from registry.stewardship.ledger import LEDGER
from registry.stewardship.tenure import TENURE
from registry.stewardship.tenure_events import (
    DeathReported,
    JobEndHeard,
    JobHeard,
    TenureEnding,
    TenureHeld,
    TenureKept,
    TenureReleased,
    TenureRequested,
    YieldNoted,
)
from registry.workers import acting
from registry.workers.acting import ResumeActing, YieldActing
from registry.workers.acting_events import ActingResumed, ActingYielded
from registry.workers.commands import RecordWishes
from registry.workers.events import WorkerDeceased, WorkerRegistered
from registry.workers.folding import folded
from registry.workers.state import Unknown, Worker
from registry.workers.worker import WORKER

HOME, HOST, THIRD = "520000", "440000", "330000"
OFFICE = "440306-hrss"
TOLD: dict[str, Any] = {"worker": "w1", "home": HOME, "organisation": OFFICE}
REGISTERED = WorkerRegistered(worker="w1", survey="survey-s1", household_region="520526", groups=())
DIED = WorkerDeceased(
    worker="w1", died_on=date(2026, 6, 1), household=None, evidence="1", official="sun", organisation=OFFICE
)
SEEK = SeekStewardship(**TOLD, region=HOST, ground="JOB_FOUND_ALONE", employment="j1")
FIRST = StewardshipGranted(**TOLD, epoch=1, region=HOME, ground="HOME", to=())
SOUGHT = StewardshipSought(worker="w1", region=HOST, ground="JOB_FOUND_ALONE", employment="j1")
RECALLED = StewardshipRecalled(**TOLD, epoch=1, region=HOME, successor=HOST, ground="JOB_FOUND_ALONE", to=())
GRANTED = StewardshipGranted(**TOLD, epoch=2, region=HOST, ground="JOB_FOUND_ALONE", to=(HOST,))
AWAY = (FIRST, SOUGHT, RECALLED, GRANTED)
RELEASE = NoteRelease(worker="w1", epoch=1, region=HOME, organisation=OFFICE)


def seeing(worker: Worker, **minted: str) -> Seen:
    return Seen({(WORKER.category, "w1"): worker}, {(MINTED, key): ask for key, ask in minted.items()})


KNOWN = seeing(folded(Unknown(), [REGISTERED]))


def test_the_first_request_begins_the_ledger_with_homes_own_grant_and_recalls_it() -> None:
    given(LEDGER).having_seen(KNOWN).when(SEEK).then(FIRST, SOUGHT, RECALLED)
    given(LEDGER, *AWAY[:3]).having_seen(KNOWN).when(SEEK).then()


def test_a_holder_that_asks_while_it_hands_back_gets_it_again() -> None:
    given(LEDGER, *AWAY).having_seen(KNOWN).when(SEEK).then(SOUGHT)
    again = replace(GRANTED, epoch=3)
    given(LEDGER, *AWAY, SOUGHT).when(replace(RELEASE, epoch=2, region=HOST)).then(again)
    third = replace(SEEK, region=THIRD, employment="j2")
    recalled = replace(RECALLED, epoch=2, region=HOST, successor=THIRD, to=(HOST,))
    sought = replace(SOUGHT, region=THIRD, employment="j2")
    given(LEDGER, *AWAY, SOUGHT).having_seen(KNOWN).when(third).then(sought, recalled)


def test_home_gives_nobody_whom_it_does_not_know_and_no_dead() -> None:
    denied = StewardshipDenied(**TOLD, epoch=1, region=HOME, reason="UNKNOWN_WORKER", to=(HOST,))
    given(LEDGER).having_seen(seeing(Unknown())).when(SEEK).then(denied)
    dead = seeing(folded(Unknown(), [REGISTERED, DIED]))
    given(LEDGER).having_seen(dead).when(SEEK).then(FIRST, replace(denied, reason="DECEASED"))


def test_who_has_an_id_only_because_another_province_asked_is_known() -> None:
    given(LEDGER).having_seen(seeing(Unknown(), w1="440000-a1")).when(SEEK).then(FIRST, SOUGHT, RECALLED)


def test_only_the_holders_release_moves_the_ledger_on() -> None:
    given(LEDGER, *AWAY[:3]).when(RELEASE).then(GRANTED)
    given(LEDGER, *AWAY[:3]).when(replace(RELEASE, region=THIRD)).rejected(refusals.NotTheHolder)
    given(LEDGER, *AWAY[:3]).when(replace(RELEASE, epoch=2)).rejected(refusals.NotTheHolder)
    given(LEDGER).when(RELEASE).rejected(refusals.NotTheHolder)
    given(LEDGER, *AWAY).when(RELEASE).then()  # of an epoch that is over


def test_a_release_that_nobody_asked_for_brings_the_worker_home() -> None:
    back = StewardshipGranted(**TOLD, epoch=3, region=HOME, ground="HOME", to=())
    given(LEDGER, *AWAY).when(replace(RELEASE, epoch=2, region=HOST)).then(back)


def test_a_later_job_in_a_third_province_recalls_it_and_who_gave_way_gets_it_after_that() -> None:
    third = replace(SEEK, region=THIRD, employment="j2")
    sought = replace(SOUGHT, region=THIRD, employment="j2")
    recalled = replace(RECALLED, epoch=2, region=HOST, successor=THIRD, to=(HOST,))
    given(LEDGER, *AWAY).having_seen(KNOWN).when(third).then(sought, recalled)
    granted = StewardshipGranted(**TOLD, epoch=3, region=THIRD, ground="JOB_FOUND_ALONE", to=(THIRD,))
    history = (*AWAY, sought, recalled)
    given(LEDGER, *history).when(replace(RELEASE, epoch=2, region=HOST)).then(granted)
    again = replace(granted, epoch=4, region=HOST, to=(HOST,))
    given(LEDGER, *history, granted).when(replace(RELEASE, epoch=3, region=THIRD)).then(again)


def test_when_a_job_at_home_ends_who_gave_way_to_it_gets_it_back() -> None:
    home = (*AWAY, replace(SOUGHT, region=HOME), replace(RECALLED, epoch=2, region=HOST, successor=HOME, to=(HOST,)))
    held = (*home, replace(FIRST, epoch=3))
    after = replace(RECALLED, epoch=3, successor=HOST)
    ended = PassOn(worker="w1", organisation=OFFICE)
    given(LEDGER, *held).having_seen(KNOWN).when(ended).then(replace(SOUGHT, employment=None), after)
    given(LEDGER, *home).having_seen(KNOWN).when(ended).then(replace(SOUGHT, employment=None))  # not released yet
    dead = seeing(folded(Unknown(), [REGISTERED, DIED]))
    given(LEDGER, *held).having_seen(dead).when(ended).then()
    given(LEDGER).when(ended).then()


def test_an_office_at_home_asks_it_back_once() -> None:
    asked = BringHome(worker="w1", ground="OFFICE", organisation=OFFICE)
    sought = StewardshipSought(worker="w1", region=HOME, ground="OFFICE", employment=None)
    recalled = replace(RECALLED, epoch=2, region=HOST, successor=HOME, ground="OFFICE", to=(HOST,))
    given(LEDGER, *AWAY).when(asked).then(sought, recalled)
    given(LEDGER, *AWAY, sought, recalled).when(asked).then()
    given(LEDGER).when(asked).then()
    refused = NoteRecallRefusal(worker="w1", epoch=2, region=HOST, reason="STILL_EMPLOYED")
    noted = RecallRefusalNoted(worker="w1", epoch=2, region=HOST, reason="STILL_EMPLOYED")
    given(LEDGER, *AWAY, sought, recalled).when(refused).then(noted)
    given(LEDGER, *AWAY, sought, recalled, noted).when(refused).then()
    given(LEDGER, *AWAY).when(replace(refused, region=THIRD)).rejected(refusals.NotTheHolder)


def test_it_is_taken_back_by_order_and_from_a_province_that_nobody_believes() -> None:
    order = TakeBack(worker="w1", order="7", revoked=frozenset({HOST}), official="sun", organisation=OFFICE)
    taken = StewardshipTakenBack(**TOLD, epoch=2, region=HOST, order="7", official="sun", to=(HOST,))
    home = StewardshipGranted(**TOLD, epoch=3, region=HOME, ground="ORDER", to=())
    given(LEDGER, *AWAY).when(order).then(taken, home)
    given(LEDGER, *AWAY).when(replace(order, order="")).rejected(refusals.OrderMissing)
    given(LEDGER, *AWAY).when(replace(order, revoked=frozenset({THIRD}))).rejected(refusals.HolderIsTrusted)
    given(LEDGER).when(order).rejected(refusals.NothingToTakeBack)
    given(LEDGER, *AWAY, taken, home).when(replace(RELEASE, epoch=2, region=HOST)).then()  # void


PLACES: dict[str, Any] = {"household_region": "520526", "county": "440306"}
HEAR = HearJob(**TOLD, region=HOST, ground="JOB_FOUND_ALONE", employment="j1", **PLACES)
HEARD = JobHeard(worker="w1", employment="j1", home=HOME, **PLACES)
REQUESTED = TenureRequested(**TOLD, region=HOST, ground="JOB_FOUND_ALONE", employment="j1", to=(HOME,))
HOLD = Hold(**TOLD, epoch=2, region=HOST)
HELD = TenureHeld(**TOLD, epoch=2, region=HOST, to=(HOME,))
ENDED = JobEndHeard(worker="w1", employment="j1")
ENDING = TenureEnding(**TOLD, epoch=2, ground="JOB_ENDED", acting=("placement", "registry"), successor=HOME, own=False)
YIELD = NoteYield(worker="w1", epoch=2, service="placement", organisation=OFFICE)
RECALL = End(**TOLD, epoch=2, ground="JOB_FOUND_ALONE", own=False, successor=HOME)


def test_a_job_asks_home_once_and_a_second_one_while_it_is_held_does_not() -> None:
    given(TENURE).when(HEAR).then(HEARD, REQUESTED)
    given(TENURE, HEARD, REQUESTED).when(HEAR).then()
    given(TENURE, HEARD, REQUESTED, HELD).when(replace(HEAR, employment="j2")).then(replace(HEARD, employment="j2"))


def test_a_grant_is_held_once_and_goes_back_at_once_where_the_job_has_ended_meanwhile() -> None:
    given(TENURE, HEARD, REQUESTED).when(HOLD).then(HELD)
    given(TENURE, HEARD, REQUESTED, HELD).when(HOLD).then()
    given(TENURE, HEARD, REQUESTED, ENDED).when(HOLD).then(HELD, ENDING)


def test_the_end_of_the_last_job_hands_back() -> None:
    end = HearJobEnd(worker="w1", home=HOME, employment="j1", organisation=OFFICE)
    given(TENURE, HEARD, REQUESTED, HELD).when(end).then(ENDED, ENDING)
    other = replace(HEARD, employment="j2")
    given(TENURE, HEARD, REQUESTED, HELD, other).when(end).then(ENDED)


def test_it_is_released_only_when_every_service_that_acts_has_stopped() -> None:
    own = replace(ENDING, epoch=1, own=True, ground="JOB_FOUND_ALONE", successor=HOST)
    registry = YieldNoted(worker="w1", epoch=1, service="registry")
    released = TenureReleased(**TOLD, epoch=1, ground="JOB_FOUND_ALONE", to=())
    given(TENURE, own).when(replace(YIELD, epoch=1, service="registry")).then(registry)
    given(TENURE, own, registry).when(replace(YIELD, epoch=1, service="registry")).then()
    given(TENURE, own, registry).when(replace(YIELD, epoch=1)).then(
        YieldNoted(worker="w1", epoch=1, service="placement"), released
    )
    given(TENURE, own).when(YIELD).then()  # of another epoch


def test_a_recall_that_overtakes_its_grant_ends_it() -> None:
    ending = replace(ENDING, ground="JOB_FOUND_ALONE")
    given(TENURE).when(RECALL).then(ending)
    given(TENURE, ending).when(HOLD).then()
    given(TENURE, ending).when(RECALL).then()


def test_an_office_that_asks_back_is_refused_while_there_is_a_job() -> None:
    asked = replace(RECALL, ground="OFFICE")
    kept = TenureKept(**TOLD, epoch=2, region=HOST, reason="STILL_EMPLOYED", to=(HOME,))
    given(TENURE, HEARD, REQUESTED, HELD).when(asked).then(kept)
    given(TENURE, HEARD, REQUESTED, HELD).when(RECALL).then(replace(ENDING, ground="JOB_FOUND_ALONE"))


YIELDED = ActingYielded(worker="w1", epoch=1, steward=HOST)
RESUMED = ActingResumed(worker="w1", epoch=3)
WISHES = RecordWishes(wishes=("JOB",), evidence="1", official="li", organisation=OFFICE, today=date(2026, 7, 1))


def test_the_registry_stops_in_the_workers_own_stream_and_goes_on_with_a_newer_epoch() -> None:
    stop, go_on = YieldActing(worker="w1", epoch=1, steward=HOST), ResumeActing(worker="w1", epoch=3)
    given(WORKER, REGISTERED).when(stop).then(YIELDED)
    given(WORKER, REGISTERED, YIELDED).when(stop).then()
    given(WORKER, REGISTERED, YIELDED).when(WISHES).rejected(NotSteward)
    given(WORKER, REGISTERED, YIELDED).when(go_on).then(RESUMED)
    given(WORKER, REGISTERED, YIELDED, RESUMED).when(stop).then()
    given(WORKER, REGISTERED, YIELDED, RESUMED).when(go_on).then()
    given(WORKER, YIELDED, REGISTERED).when(WISHES).rejected(NotSteward)  # registered after it was handed over


def test_a_refusal_names_the_steward() -> None:
    with pytest.raises(NotSteward) as refused:
        acting.require_acting(folded(Unknown(), [REGISTERED, YIELDED]))
    assert refused.value.members() == {"steward": HOST}


REPORT = ReportDeath(worker="w1", died_on=date(2026, 6, 1), evidence="9", organisation=OFFICE)
TO_NOTE = NoteDeath(worker="w1", epoch=2, region=HOST, died_on=date(2026, 6, 1), evidence="9", organisation=OFFICE)
NOTED = StewardDeathNoted(
    worker="w1", epoch=2, region=HOST, died_on=date(2026, 6, 1), evidence="9", organisation=OFFICE
)


def test_a_province_tells_home_of_the_death_of_its_guest_and_of_nobody_else() -> None:
    reported = DeathReported(**TOLD, epoch=2, died_on=date(2026, 6, 1), evidence="9", to=(HOME,))
    given(TENURE, HEARD, REQUESTED, HELD).when(REPORT).then(reported)
    given(TENURE, HEARD, REQUESTED).when(REPORT).then()
    given(TENURE, replace(HELD, region=HOME)).when(REPORT).then()


def test_only_the_holder_says_that_a_worker_has_died_or_who_has_just_released() -> None:
    given(LEDGER, *AWAY).when(TO_NOTE).then(NOTED)
    given(LEDGER, *AWAY).when(replace(TO_NOTE, region=THIRD)).rejected(refusals.NotTheHolder)
    given(LEDGER, *AWAY).when(replace(TO_NOTE, epoch=3)).rejected(refusals.NotTheHolder)
    given(LEDGER).when(TO_NOTE).rejected(refusals.NotTheHolder)
    home_again = replace(FIRST, epoch=3)
    given(LEDGER, *AWAY, home_again).when(TO_NOTE).then(NOTED)
    by_order = replace(home_again, ground="ORDER")
    given(LEDGER, *AWAY, by_order).when(TO_NOTE).rejected(refusals.NotTheHolder)
