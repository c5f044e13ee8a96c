"""Once for a person, an occupation and a level, nationwide: home decides, a claim elsewhere pays on its grant only."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from border import HOME, HOST, Border, a_guest, certified_at_the_host, insured
from claim_facts import ISSUED, WELDER_BEFORE, Life
from claim_world import TODAY
from contracts.reservation import ReservationAskedV1, ReservationGrantedV1, ReservationHeldV1, ReservationReleasedV1
from hypothesis import Phase, settings
from hypothesis import given as examples
from hypothesis import strategies as st
from published import Published
from subsidy.claims import refusals
from subsidy.claims.claim import CLAIM
from subsidy.claims.commands import FreeReservation
from subsidy.claims.explaining import explained
from subsidy.claims.state import Opened

WANG = Life(days=20, issued_on=ISSUED)
ABROAD = WANG.but(occupation=WELDER_BEFORE, issued_on=ISSUED + timedelta(days=10))
"""The same worker, certified in the other province under the older name of the occupation, ten days later."""
KIND = "SKILL_UPGRADE"


def at_home(border: Border) -> str:
    """The worker has a claim at home."""
    border.home.tell(WANG.registered(), WANG.issued())
    insured(border.home, WANG.worker)
    return WANG.claim(KIND)


def at_the_host(border: Border) -> str:
    """The worker has a claim where the work is."""
    border.host.tell(certified_at_the_host(ABROAD), a_guest(ABROAD))
    insured(border.host, ABROAD.worker)
    return ABROAD.claim(KIND)


def outcome(border: Border, region: str, claim: str) -> str:
    found = border.world(region).claims()[claim]
    return found.decision.made.outcome if found.decision else "WAITING"


def waiting_for(found: Opened) -> tuple[str, ...]:
    standing = found.standing
    return getattr(standing, "missing", ())


def test_a_claim_elsewhere_waits_for_home_and_says_so() -> None:
    border = Border()
    claim = at_the_host(border)
    found = border.host.claims()[claim]
    assert waiting_for(found) == ("reservation",)
    assert found.region == "440306"
    assert not border.host.decide(claim)
    sentences = list(explained(found, None, TODAY + timedelta(days=40)))
    assert any("520000" in each.zh and "40 天未答复" in each.zh for each in sentences)
    assert any("has not answered for 40 days" in each.en for each in sentences)


def test_a_claim_elsewhere_is_paid_on_the_grant_of_home() -> None:
    border = Border()
    claim = at_the_host(border)
    border.settle()
    assert border.host.decide(claim)
    assert outcome(border, HOST, claim) == "APPROVED"
    assert [fact.event.claim for fact in border.home.facts if isinstance(fact.event, ReservationHeldV1)] == [claim]
    decision = border.host.claims()[claim].decision
    assert decision is not None
    inputs = {each.name: each for each in decision.made.explanation.inputs}
    assert inputs["reservation"].value == "GRANTED"
    assert inputs["reservation"].fact.endswith(ReservationGrantedV1.type)


def test_what_home_has_given_is_refused_elsewhere_under_every_name_of_the_occupation() -> None:
    border = Border()
    first = at_home(border)
    assert border.home.decide(first)
    claim = at_the_host(border)
    border.settle()
    assert border.host.decide(claim)
    assert outcome(border, HOST, claim) == "REFUSED"
    decision = border.host.claims()[claim].decision
    assert decision is not None
    assert decision.made.explanation.reasons == ("ALREADY_SUBSIDISED",)
    assert decision.made.explanation.inputs[-1].value == HOME


def test_what_was_given_elsewhere_is_refused_at_home_until_it_is_given_back() -> None:
    border = Border()
    claim = at_the_host(border)
    border.settle()
    border.host.decide(claim)
    first = at_home(border)
    border.settle()
    border.home.decide(first)
    assert outcome(border, HOME, first) == "REFUSED"
    border.host.tell(ABROAD.revoked())
    border.settle()
    assert outcome(border, HOST, claim) == "REFUSED"
    assert outcome(border, HOME, first) == "REFUSED", "the money may still be out"
    border.host.do(CLAIM, claim, FreeReservation(claim=claim))
    border.host.settle()
    border.settle()
    assert outcome(border, HOME, first) == "APPROVED"


def test_who_comes_first_by_the_fact_has_it_over_the_border_too() -> None:
    border = Border()
    later, first = at_home(border), WANG.but(issued_on=ISSUED - timedelta(days=30), occupation=WELDER_BEFORE)
    border.host.tell(certified_at_the_host(first), a_guest(first))
    insured(border.host, first.worker)
    border.settle()
    assert border.host.decide(first.claim(KIND))
    assert outcome(border, HOST, first.claim(KIND)) == "APPROVED"
    border.home.decide(later)
    assert outcome(border, HOME, later) == "REFUSED"


def test_a_grant_that_reaches_a_closed_claim_is_given_back_at_once() -> None:
    border = Border()
    claim = at_the_host(border)
    border.bring(HOME)
    border.send()
    border.host.tell(ABROAD.revoked())
    assert border.host.claims()[claim].reserving is None
    released = [fact for fact in border.host.facts if fact.event.type == "reservation-given-up"]
    border.settle()
    again = [fact for fact in border.host.facts if fact.event.type == "reservation-given-up"]
    assert len(again) == len(released) + 1
    assert not border.home.guards


def test_an_old_answer_is_no_answer_to_a_newer_ask() -> None:
    border = Border()
    claim = at_the_host(border)
    border.bring(HOME)
    border.send()
    border.host.tell(ABROAD.suspended())
    border.host.tell(ABROAD.reinstated())
    assert border.host.claims()[claim].asks == 2
    border.bring(HOST)
    found = border.host.claims()[claim]
    assert waiting_for(found) == ("reservation",)
    border.settle()
    assert border.host.decide(claim)


def test_only_home_answers() -> None:
    border = Border()
    claim = at_the_host(border)
    asked = next(each for each in _to(border, HOME) if isinstance(each.event, ReservationAskedV1))
    forged = ReservationGrantedV1(**(asked.event.model_dump() | {"to": (HOST,)}))
    granted = Published(event=forged, stream="reservation-x", version=1, at=asked.at)
    with pytest.raises(refusals.NotTheHome):
        border.host.tell(granted, said_in="430000")
    assert not border.host.decide(claim)


def test_only_the_province_of_a_claim_gives_back_what_it_holds() -> None:
    border = Border()
    at_the_host(border)
    border.settle()
    held = dict(border.home.guards)
    assert held
    asked = next(fact for fact in border.home.facts if isinstance(fact.event, ReservationAskedV1))
    forged = ReservationReleasedV1(**asked.event.model_dump())
    released = Published(event=forged, stream=asked.stream, version=99, at=asked.occurred_at)
    with pytest.raises(refusals.NotTheirClaim):
        border.home.tell(released, said_in="430000")
    assert border.home.guards == held


def test_a_claim_asks_the_home_of_its_worker_alone() -> None:
    border = Border()
    at_the_host(border)
    asked = _to(border, HOME)[0]
    event = asked.event.model_copy(update={"to": (HOME, "430000")})
    with pytest.raises(refusals.NotTheHome):
        border.home.tell(replace(asked, event=event), said_in=HOST)


def _to(border: Border, region: str) -> list[Published]:
    border.send()
    return list(border.on_its_way[region])


def test_when_two_workers_are_one_a_claim_elsewhere_asks_again_under_the_one() -> None:
    border = Border()
    twin = Life(name="wang-again", issued_on=ISSUED - timedelta(days=5))
    first = at_home(border)
    border.home.decide(first)
    border.host.tell(certified_at_the_host(twin), a_guest(twin))
    insured(border.host, twin.worker)
    border.settle()
    border.host.decide(twin.claim(KIND))
    assert outcome(border, HOST, twin.claim(KIND)) == "APPROVED"
    border.home.tell(WANG.is_same_as(twin))
    border.settle()
    assert outcome(border, HOST, twin.claim(KIND)) == "REFUSED"
    assert outcome(border, HOME, first) == "APPROVED"


@settings(max_examples=80, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@examples(data=st.data())
def test_never_two_are_paid_whatever_is_slow(data: st.DataObject) -> None:
    border = Border()
    home, host = at_home(border), at_the_host(border)
    steps: dict[str, Callable[[], object]] = {
        "to home": lambda: border.bring(HOME),
        "to host": lambda: border.bring(HOST),
        "home decides": lambda: border.home.decide(home),
        "host decides": lambda: border.host.decide(host),
        "home looks": lambda: border.home.tell(*_wobble(border, WANG)),
        "host looks": lambda: border.host.tell(*_wobble(border, ABROAD)),
    }
    for name in data.draw(st.lists(st.sampled_from(sorted(steps)), max_size=25)):
        steps[name]()
        assert _paid(border, home, host) <= 1
    border.settle()
    for _ in range(3):
        border.home.decide(home)
        border.host.decide(host)
        border.settle()
    assert _paid(border, home, host) <= 1


def _paid(border: Border, home: str, host: str) -> int:
    """Claims that are owed something, or may not have given the money back."""
    claims = (border.home.claims()[home], border.host.claims()[host])
    return sum(claim.decision is not None and claim.decision.granted for claim in claims)


def _wobble(border: Border, life: Life) -> tuple[Published, ...]:
    """The certificate is suspended or reinstated, in turn."""
    version = 10 + len(border.home.facts) + len(border.host.facts)
    each = life.suspended() if version % 2 else life.reinstated()
    return (replace(each, version=version),)


def test_another_level_is_another_reservation() -> None:
    border = Border()
    first = at_home(border)
    border.home.decide(first)
    higher = ABROAD.but(level="4")
    border.host.tell(certified_at_the_host(higher), a_guest(higher))
    insured(border.host, higher.worker)
    border.settle()
    assert border.host.decide(higher.claim(KIND))
    assert outcome(border, HOST, higher.claim(KIND)) == "APPROVED"
