"""What a reservation allows, for claims of home and of other provinces, in the words of the office."""

from dataclasses import replace
from datetime import date, timedelta

from border import HOME
from claim_facts import ISSUED, WELDER
from eventcore import Seen
from eventcore.testing import given
from subsidy.claims.dossier.border_events import Request, RequestPlaced
from subsidy.claims.dossier.dossier import DOSSIER, evolve
from subsidy.claims.reservations.elsewhere import asker_of
from subsidy.claims.reservations.events import (
    Asker,
    ReservationGranted,
    ReservationRecovered,
    ReservationRefused,
    ReservationReleased,
    ReservationRequested,
    What,
)
from subsidy.claims.reservations.reservation import RESERVATION, Ask, GiveBack, Recover, names

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

OURS_HELD = (
    ReservationRequested(what=WHAT, asker=OURS),
    ReservationGranted(what=WHAT, holder=OURS, occupations=NAMES),
)
RELEASED = ReservationReleased(what=WHAT, asker=THEIRS, stays=False)


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
    given(RESERVATION, *HELD).when(back("440000")).then(RELEASED)


REQUEST = Request(
    home=HOME,
    region="440306",
    claim="c2",
    ask=1,
    kind=KIND,
    pool="TRAINING",
    occupation=WELDER,
    level="5",
    day=THEIRS.day,
)
ASKED = RequestPlaced(worker="w1", person="w1", request=REQUEST, because="f1")
SAYS = Recover(what=WHAT, holder=asker_of(ASKED), is_restored=True, occupations=NAMES)
RECOVERED = ReservationRecovered(what=WHAT, holder=THEIRS, occupations=NAMES)


def asked(*placed: RequestPlaced) -> Seen:
    """The worker's dossier with what other provinces ask for."""
    dossier = DOSSIER.initial
    for each in placed:
        dossier = evolve(dossier, each)
    return Seen({("dossier", "w1"): dossier}, {})


def test_what_home_granted_elsewhere_and_lost_it_learns_from_the_holder() -> None:
    given(RESERVATION).having_seen(asked(ASKED)).when(SAYS).then(RECOVERED)
    given(RESERVATION, RECOVERED).having_seen(asked(ASKED)).when(SAYS).then()
    given(RESERVATION, *HELD).having_seen(asked(ASKED)).when(SAYS).then()  # as everybody says of every grant
    given(RESERVATION, RECOVERED).when(Ask(what=WHAT, asker=THEIRS, occupations=NAMES)).then()
    refused = ReservationRefused(what=WHAT, asker=OURS, holder_region="440306", holder="c2")
    ours = ReservationRequested(what=WHAT, asker=OURS)
    given(RESERVATION, RECOVERED).when(Ask(what=WHAT, asker=OURS, occupations=NAMES)).then(ours, refused)
    given(RESERVATION, RECOVERED).when(back("440000")).then(RELEASED)


def test_nobody_gets_a_reservation_by_saying_that_they_have_it() -> None:
    says = replace(SAYS, is_restored=False)
    given(RESERVATION).having_seen(asked(ASKED)).when(says).then()
    given(RESERVATION, *OURS_HELD).having_seen(asked(ASKED)).when(says).then()


def test_what_was_given_back_since_is_not_remembered() -> None:
    given(RESERVATION).having_seen(asked()).when(SAYS).then()
    again = replace(ASKED, request=replace(REQUEST, ask=2))
    given(RESERVATION).having_seen(asked(again)).when(SAYS).then()
    moved = replace(ASKED, person="w2")
    given(RESERVATION).having_seen(asked(moved)).when(SAYS).then()


def test_whom_home_took_for_the_holder_has_given_it_back_before() -> None:
    refused = ReservationRefused(what=WHAT, asker=OURS, holder_region="440306", holder="c2")
    yields = replace(RELEASED, asker=OURS, stays=True)
    given(RESERVATION, *OURS_HELD).having_seen(asked(ASKED)).when(SAYS).then(yields, RECOVERED, refused)
    third = asker("330106", "c9")
    held = (
        ReservationRequested(what=WHAT, asker=third),
        ReservationGranted(what=WHAT, holder=third, occupations=NAMES),
    )
    given(RESERVATION, *held).having_seen(asked(ASKED)).when(SAYS).then(replace(yields, asker=third), RECOVERED)
