"""Aid for students of technical schools: once a person and school year, by what training says (R-SUB-04, R-SUB-39)."""

from collections.abc import Sequence
from datetime import date
from itertools import permutations

import pytest
from claim_facts import COUNTY, Life
from claim_world import World
from published import Published
from rule_packs import text_of
from school_facts import SCHOOL, Schooling
from subsidy.claims.dossier.arising import OF_SCHOOL_YEAR
from subsidy.claims.events import ClaimDecided, ClaimReady, ClaimWaits
from subsidy.claims.publishing import publish
from subsidy.claims.replaying import comes_out
from subsidy.claims.state import Opened
from subsidy.money.payments.payee import Payee
from subsidy.packs.rule_pack import RULE_PACK, version_of

KINDS = ("student-aid", "tuition", "grant")
WANG = Life()
AID = "STUDENT_AID"


def world(*told: Published) -> World:
    found = World()
    for each in KINDS:
        found.publish(text_of(f"520000-{each}"))
    found.commit()
    found.tell(*told)
    return found


def standing(claim: Opened) -> tuple[type, Sequence[str]]:
    return type(claim.standing), getattr(claim.standing, "missing", ())


def amounts(found: World) -> dict[str, int]:
    """What each decided claim stands at."""
    return {key: each.decision.made.amount for key, each in found.claims().items() if each.decision}


def decided(found: World) -> World:
    found.decide_all()
    return found


def test_a_school_year_opens_aid_tuition_and_grant_by_itself() -> None:
    school = Schooling(life=WANG)
    found = decided(world(WANG.registered(), school.begun()))
    claims = found.claims()
    assert {each.opened.kind for each in claims.values()} == set(OF_SCHOOL_YEAR)
    assert {each.opened.region for each in claims.values()} == {COUNTY}
    assert amounts(found) == {
        school.claim("STUDENT_AID"): 300_000,
        school.claim("TUITION"): 200_000,
        school.claim("GRANT"): 200_000,
    }
    tuition = claims[school.claim("TUITION")].decision
    assert tuition
    assert (tuition.payee, tuition.fund) == (Payee(kind="ORGANISATION", id=SCHOOL), "LOCAL_MATCHING")
    opened = publish(claims[school.claim(AID)].opened)
    assert opened is not None
    assert (opened.model_dump()["year"], opened.model_dump()["certificate"]) == (2025, None)


def test_a_school_year_is_one_whatever_school_it_is_and_however_often_it_is_said() -> None:
    school = Schooling(life=WANG)
    elsewhere = Schooling(life=WANG, _versions=school._versions)
    found = decided(world(WANG.registered(), school.begun()))
    found.tell(school.left(date(2026, 2, 1)), elsewhere.begun(2025, "2026-03", "i-2", "91520502MA6DLL0005"))
    assert amounts(decided(found))[school.claim(AID)] == 300_000
    assert len(found.claims()) == len(KINDS)
    found.tell(elsewhere.begun(2026, "2026-09", "i-2"))
    assert len(found.claims()) == 2 * len(KINDS)


def test_two_ids_of_one_person_get_the_aid_of_a_year_once() -> None:
    other = Life(name="wang-2")
    one, two = Schooling(life=WANG), Schooling(life=other)
    found = decided(
        world(WANG.registered(), other.registered(), WANG.is_same_as(other), one.begun(), two.begun(2025, "2025-10"))
    )
    given = amounts(found)
    assert sorted(given.get(each.claim(AID), 0) for each in (one, two)) == [0, 300_000]
    assert sorted(given.get(each.claim("TUITION"), 0) for each in (one, two)) == [0, 200_000]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_who_was_never_there_is_owed_nothing_in_whichever_order_it_is_known(order: tuple[int, ...]) -> None:
    school = Schooling(life=WANG)
    told = (WANG.registered(), school.begun(), school.left(date(2025, 10, 20), "NEVER_CAME"))
    found = decided(world(*(told[n] for n in order)))
    made = found.claims()[school.claim(AID)].decision
    assert made
    assert (made.made.outcome, made.made.explanation.reasons) == ("REFUSED", ("NOT_AT_SCHOOL",))


def test_what_was_paid_is_owed_back_when_the_student_turns_out_to_have_been_gone() -> None:
    school = Schooling(life=WANG)
    found = decided(world(WANG.registered(), school.begun(2025, "2025-11")))
    found.tell(school.left(date(2026, 1, 10)))
    assert amounts(found)[school.claim(AID)] == 300_000, "who leaves later was there"
    gone = decided(world(WANG.registered(), school.begun(2025, "2025-11")))
    gone.tell(Schooling(life=WANG, _versions=school._versions).left(date(2025, 10, 10)))
    assert amounts(gone)[school.claim(AID)] == 0


def test_who_comes_back_to_the_same_school_was_there() -> None:
    school = Schooling(life=WANG)
    found = decided(
        world(WANG.registered(), school.begun(), school.left(date(2025, 10, 10)), school.begun(2025, "2026-03"))
    )
    assert amounts(found)[school.claim(AID)] == 300_000


def test_nothing_is_refused_for_what_is_not_known_yet() -> None:
    school = Schooling(life=WANG)
    waits = world(school.begun()).claims()[school.claim(AID)]
    assert standing(waits) == (ClaimWaits, ("region",))
    assert standing(world(WANG.registered(), school.begun()).claims()[school.claim(AID)])[0] is ClaimReady
    rich = Life(name="li", groups=("LAND_LOST",))
    of_rich = Schooling(life=rich)
    refused = decided(world(rich.registered(), of_rich.begun())).claims()[of_rich.claim(AID)].decision
    assert refused
    assert refused.made.explanation.reasons == ("NOT_IN_GROUP",)


def test_a_decision_on_aid_is_computed_again_from_what_is_stored() -> None:
    school = Schooling(life=WANG)
    found = decided(world(WANG.registered(), school.begun()))
    made = [fact.event for fact in found.facts if isinstance(fact.event, ClaimDecided)]
    assert len(made) == len(KINDS)
    for each in made:
        name, _, version = each.explanation.pack.partition("@")
        assert comes_out(each, version_of(found.states[RULE_PACK.stream(name)], int(version)))
        assert {"groups", "at_school", "paid_this_year"} <= {given.name for given in each.explanation.inputs}
