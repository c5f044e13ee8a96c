"""What a reservation allows, for claims of home and of other provinces, in the words of the office."""

from dataclasses import replace
from datetime import date, timedelta

from border import HOME
from claim_facts import ISSUED, WELDER
from eventcore.testing import given
from subsidy.claims.reservations.events import (
    Asker,
    ReservationGranted,
    ReservationRefused,
    ReservationReleased,
    ReservationRequested,
    What,
)
from subsidy.claims.reservations.reservation import RESERVATION, Ask, GiveBack, names

KIND = "SKILL_UPGRADE"
WHAT = What(pool="TRAINING", person="w1", level="5")
NAMES = names(WELDER, ISSUED)


def asker(region: str, claim: str, day: date = ISSUED) -> Asker:
    return Asker(
        region=region,
        claim=claim,
        kind=KIND,
        worker="w1",
        about="",
        occupation=WELDER,
        day=day,
        home=HOME,
        ask=1,
    )


OURS, THEIRS = asker("520526", "c1"), asker("440306", "c2", ISSUED + timedelta(days=3650))
HELD = (
    ReservationRequested(what=WHAT, asker=THEIRS),
    ReservationGranted(what=WHAT, holder=THEIRS, occupations=NAMES),
)


def test_what_another_province_holds_never_lapses_and_is_not_contested() -> None:
    """Ours comes ten years before it by its fact; nobody but its holder frees it."""
    refused = ReservationRefused(what=WHAT, asker=OURS, holder_region="440306", holder="c2")
    asked = ReservationRequested(what=WHAT, asker=OURS)
    given(RESERVATION, *HELD).when(Ask(what=WHAT, asker=OURS, occupations=NAMES)).then(asked, refused)


def test_a_reservation_never_lapses() -> None:
    later = replace(OURS, day=date(2046, 1, 1))
    held = replace(OURS, claim="c3")
    history = (
        ReservationRequested(what=WHAT, asker=held),
        ReservationGranted(what=WHAT, holder=held, occupations=NAMES),
    )
    refused = ReservationRefused(what=WHAT, asker=later, holder_region="520526", holder="c3")
    asked = ReservationRequested(what=WHAT, asker=later)
    given(RESERVATION, *history).when(Ask(what=WHAT, asker=later, occupations=NAMES)).then(asked, refused)


def back(province: str | None, claim: str = "c2", ask: int = 1) -> GiveBack:
    return GiveBack(what=WHAT, province=province, claim=claim, ask=ask, stays=False, occupations=NAMES)


def test_a_claim_of_the_same_id_in_another_province_is_another_claim() -> None:
    given(RESERVATION, *HELD).when(back(None)).then()
    given(RESERVATION, *HELD).when(back("430000")).then()
    given(RESERVATION, *HELD).when(back("440000", ask=2)).then()
    given(RESERVATION, *HELD).when(back("440000")).then(ReservationReleased(what=WHAT, asker=THEIRS, stays=False))
