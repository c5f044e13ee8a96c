"""A home whose log was restored has lost grants: the holders say what they hold, and it takes their word."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from contracts.stewardship_codes import JOB_FOUND_ALONE, ORDER
from eventcore import Do, Fact, Meta
from eventcore.testing import given
from registry.policies.when_stewardship_is_recalled_end_the_tenure import when_stewardship_is_recalled_end_the_tenure
from registry.stewardship import refusals
from registry.stewardship.commands import End, NoteHolding, NoteRelease
from registry.stewardship.events import (
    StewardshipGranted,
    StewardshipRecalled,
    StewardshipRecovered,
    StewardshipSought,
)
from registry.stewardship.ledger import LEDGER
from registry.stewardship.tenure import TENURE

HOME, HOST, THIRD = "520000", "440000", "330000"
TOLD: dict[str, Any] = {"worker": "w1", "home": HOME, "organisation": "440306-hrss"}
SAYS = NoteHolding(**TOLD, epoch=2, region=HOST, is_restored=True)
FIRST = StewardshipGranted(**TOLD, epoch=1, region=HOME, ground="HOME", to=())
GRANTED = StewardshipGranted(**TOLD, epoch=2, region=HOST, ground=JOB_FOUND_ALONE, to=(HOST,))
RECOVERED = StewardshipRecovered(**TOLD, epoch=2, region=HOST)
RELEASE = NoteRelease(worker="w1", epoch=2, region=HOST, organisation="440306-hrss")


def test_what_home_granted_and_lost_it_learns_from_the_holder() -> None:
    given(LEDGER).when(SAYS).then(RECOVERED)
    given(LEDGER, FIRST).when(SAYS).then(RECOVERED)
    given(LEDGER, FIRST, RECOVERED).when(SAYS).then()
    back = replace(FIRST, epoch=3)
    given(LEDGER, FIRST, RECOVERED).when(RELEASE).then(back)
    given(LEDGER, FIRST, RECOVERED, back).when(SAYS).then()  # said before it was released, and heard after


def test_nobody_makes_themselves_responsible_by_saying_that_they_are() -> None:
    said = replace(SAYS, is_restored=False)
    given(LEDGER, FIRST).when(said).rejected(refusals.NotTheHolder)
    given(LEDGER).when(said).rejected(refusals.NotTheHolder)
    given(LEDGER, FIRST, GRANTED).when(said).then()  # as everybody says of every grant
    given(LEDGER, FIRST, GRANTED).when(replace(said, region=THIRD)).then()


def test_who_was_to_get_it_next_still_is() -> None:
    sought = StewardshipSought(worker="w1", region=THIRD, ground=JOB_FOUND_ALONE, employment="j2")
    recalled = StewardshipRecalled(**TOLD, epoch=2, region=HOST, successor=THIRD, ground=JOB_FOUND_ALONE, to=(HOST,))
    given(LEDGER, FIRST, sought).when(SAYS).then(RECOVERED, recalled)
    given(LEDGER, FIRST, replace(sought, region=HOST)).when(SAYS).then(RECOVERED)


def test_a_home_that_forgot_its_grant_stops_acting_itself() -> None:
    (do,) = when_stewardship_is_recalled_end_the_tenure(of(RECOVERED))
    assert do == Do(TENURE, "w1", End(**TOLD, epoch=1, ground=ORDER, own=True, successor=HOST))


def of(event: Any) -> Fact[Any]:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    return Fact(
        event=event,
        id="stewardship-w1/1",
        stream="stewardship-w1",
        version=1,
        position=1,
        occurred_at=at,
        recorded_at=at,
        meta=Meta(),
    )
