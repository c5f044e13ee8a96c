"""Two ids that are one person: what is known of the one counts for the claims of the other, and is given once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from border import insured
from claim_facts import ISSUED, WELDER_BEFORE, Life
from claim_world import TODAY, WITHOUT_SHARING, World
from eventcore.ids import same_id
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from job_facts import Career
from published import Published
from rule_packs import text_of
from subsidy.claims.dossier.dossier import DOSSIER, Note
from subsidy.claims.dossier.events import EvidenceNoted, PersonNoted
from subsidy.claims.dossier.parts import Said
from subsidy.claims.dossier.state import Dossier
from subsidy.claims.events import ClaimAdjusted, ClaimDecided
from subsidy.claims.explaining import explained
from subsidy.claims.replaying import comes_out
from subsidy.packs.rule_pack import RULE_PACK, version_of

AS_THEY_COME = (Phase.explicit, Phase.reuse, Phase.generate)
WANG = Life(groups=("RURAL_TRANSFERRED",))
AGAIN = Life(name="wang-again", groups=("POVERTY_LIFTED",))
"""The same person, surveyed a second time: WANG stands for them."""
LINKED, PARTED = WANG.is_same_as(AGAIN), WANG.is_same_as(AGAIN, version=21, day=11, undone=True)


def world(*kinds: str) -> World:
    found = World()
    for kind in kinds:
        found.publish(text_of(f"520000-{kind}"))
    found.commit()
    return found


def made(found: World, claim: str) -> ClaimDecided | ClaimAdjusted:
    found.decide(claim)
    decision = found.claims()[claim].decision
    assert decision is not None, found.claims()[claim].standing
    return decision.made


def certified_as(life: Life, trained: Life) -> Published:
    """The certificate of one id, for the class of the other."""
    told = life.issued()
    return replace(told, event=told.event.model_copy(update={"training_class": trained.training_class}))


def test_who_was_trained_under_one_id_may_be_certified_under_the_other() -> None:
    found = world("training")
    found.tell(WANG.registered(), AGAIN.registered(), AGAIN.completed(), LINKED, certified_as(WANG, AGAIN))
    assert made(found, WANG.claim("TRAINING")).outcome == "APPROVED"
    found.tell(AGAIN.attended(9, completed=False))
    assert made(found, WANG.claim("TRAINING")).outcome == "REFUSED"


def test_a_group_of_the_one_entitles_the_other_and_only_while_they_are_one() -> None:
    found = world("living")
    found.tell(WANG.registered(), AGAIN.registered(), WANG.completed())
    assert made(found, WANG.claim("LIVING")).outcome == "REFUSED"
    found.tell(LINKED)
    assert made(found, WANG.claim("LIVING")).outcome == "APPROVED"
    found.tell(PARTED)
    assert made(found, WANG.claim("LIVING")).outcome == "REFUSED"


def test_what_an_office_says_later_of_who_stands_for_both_counts_for_the_other() -> None:
    found = world("skill-upgrade")
    found.tell(WANG.registered(), AGAIN.registered(), AGAIN.completed(), AGAIN.issued(), LINKED)
    assert not found.decide(AGAIN.claim("SKILL_UPGRADE"))
    insured(found, WANG.worker)
    assert made(found, AGAIN.claim("SKILL_UPGRADE")).outcome == "APPROVED"


def test_a_death_is_recorded_once_and_ends_the_claims_of_both() -> None:
    found = world("living")
    found.tell(WANG.registered(), AGAIN.registered(), AGAIN.completed(), LINKED, WANG.died(date(2026, 6, 20)))
    assert made(found, AGAIN.claim("LIVING")).explanation.reasons == ("DECEASED",)


FIRST, SECOND = Career(life=WANG), Career(life=AGAIN)


def away(career: Career, *months: str) -> Sequence[Published]:
    begun = career.begun("a", date.fromisoformat(f"{months[0]}-03"))
    return [begun, *(career.month("a", each) for each in months)]


JANUARY, MARCH = away(SECOND, "2026-01", "2026-02"), away(FIRST, "2026-03")
"""Together three months in a row, under two ids."""


def travel_world() -> World:
    found = world("cross-province-travel")
    found.tell(WANG.registered(), AGAIN.registered())
    return found


def test_months_away_under_two_ids_are_put_together_in_the_claim_of_who_stands_for_both() -> None:
    found = travel_world()
    found.tell(*JANUARY, *MARCH)
    assert not found.decide(FIRST.claim_id)
    found.tell(LINKED)
    assert made(found, FIRST.claim_id).amount == 50_000
    other = made(found, SECOND.claim_id)
    assert other.explanation.reasons == ("SAME_PERSON",)
    assert [(each.name, each.value, each.fact) for each in other.explanation.inputs] == [
        ("person", WANG.worker, LINKED.id)
    ]
    sentences = " ".join(each.zh for each in explained(found.claims()[SECOND.claim_id], None, TODAY))
    assert "同一人重复登记" in sentences
    assert WANG.worker in sentences
    replayed(found)


def test_what_an_office_saw_for_the_claim_of_the_one_counts_for_that_of_both() -> None:
    found = World()
    found.publish(text_of("520526-cross-province-travel"))
    found.commit()
    found.tell(WANG.registered(), AGAIN.registered(), *JANUARY, *MARCH)
    seen: dict[str, Any] = {"document": "车票 1", "noted_on": TODAY, "official": "cai", "organisation": "bijie-hrss"}
    ticket = EvidenceNoted(
        worker=AGAIN.worker,
        claim=SECOND.claim_id,
        input="ticket",
        value=48_000,
        said=Said(fact="", order=1),
        concerns=(),
        **seen,
    )
    found.do(DOSSIER, AGAIN.worker, Note(ticket))
    found.settle()
    found.tell(LINKED)
    assert made(found, FIRST.claim_id).amount == 48_000 + 180_000


def test_when_the_link_is_known_first_one_claim_opens() -> None:
    found = travel_world()
    found.tell(LINKED, *JANUARY)
    assert set(found.claims()) == {FIRST.claim_id}
    found.tell(*MARCH)
    assert made(found, FIRST.claim_id).amount == 50_000


def test_what_was_paid_to_one_id_before_the_link_stays_and_the_other_claim_ends() -> None:
    found = travel_world()
    found.tell(*away(Career(life=AGAIN), "2026-01", "2026-02", "2026-03"))
    assert made(found, SECOND.claim_id).amount == 50_000
    found.tell(LINKED)
    assert made(found, SECOND.claim_id).amount == 50_000
    assert made(found, FIRST.claim_id).explanation.reasons == ("ALREADY_THIS_YEAR",)
    replayed(found)


def test_a_link_that_is_undone_ends_the_claim_that_came_with_it_and_gives_the_other_back() -> None:
    found = travel_world()
    found.tell(LINKED, *away(Career(life=AGAIN), "2026-01", "2026-02", "2026-03"))
    assert made(found, FIRST.claim_id).amount == 50_000
    found.tell(PARTED)
    assert made(found, FIRST.claim_id).explanation.reasons == ("FACT_GONE",)
    assert made(found, SECOND.claim_id).amount == 50_000
    replayed(found)


def test_days_of_one_class_are_paid_under_one_id() -> None:
    found = world("living")
    twice = replace(WANG.completed(), event=WANG.completed().event.model_copy(update={"worker": AGAIN.worker}))
    found.tell(WANG.registered(), AGAIN.registered(), WANG.completed(), replace(twice, stream="enrolment-again"))
    other = same_id("LIVING", AGAIN.worker, WANG.training_class)
    assert made(found, other).outcome == "APPROVED"
    found.tell(LINKED)
    assert made(found, other).explanation.reasons == ("SAME_PERSON",)
    assert made(found, WANG.claim("LIVING")).outcome != made(found, other).outcome


def replayed(found: World) -> None:
    """All decisions come out again from what is stored of them."""
    for fact in found.facts:
        if isinstance(fact.event, ClaimDecided | ClaimAdjusted):
            name, _, version = fact.event.explanation.pack.partition("@")
            assert comes_out(fact.event, version_of(found.states[RULE_PACK.stream(name)], int(version))), fact.id


TRAVELS: Sequence[Published] = (WANG.registered(), AGAIN.registered(), *JANUARY, *MARCH, LINKED)


@settings(max_examples=60, deadline=None, phases=AS_THEY_COME, derandomize=True)
@given(order=st.permutations(TRAVELS))
def test_in_whatever_order_link_and_jobs_come_one_claim_is_paid_for_all_months(order: Sequence[Published]) -> None:
    found = world("cross-province-travel")
    found.tell(*order)
    found.decide_all()
    assert made(found, FIRST.claim_id).amount == 50_000
    assert [each.explanation.reasons for each in others_than(found, FIRST.claim_id)] in ([], [("SAME_PERSON",)])
    replayed(found)


def others_than(found: World, claim: str) -> list[ClaimDecided | ClaimAdjusted]:
    return [made(found, each) for each in found.claims() if each != claim]


@settings(max_examples=60, deadline=None, phases=AS_THEY_COME, derandomize=True)
@given(order=st.permutations((*JANUARY, *MARCH, LINKED)), data=st.data())
def test_a_share_of_the_pay_is_paid_of_each_month_once_whenever_claims_are_decided(
    order: Sequence[Published], data: st.DataObject
) -> None:
    rules = text_of("520526-cross-province-travel").replace(
        "input: months_outside, number: 3", "input: wages, number: 1"
    )
    found = World()
    found.publish(rules.replace("of: [ticket, 100000]", "of: [wages, 0]"))
    found.commit()
    found.tell(WANG.registered(), AGAIN.registered())
    for each in order:
        if data.draw(st.booleans()):
            found.decide_all()
        found.tell(each)
    found.decide_all()
    amounts = [each.decision.made.amount for each in found.claims().values() if each.decision]
    assert sum(amounts) == 3 * 60_000
    replayed(found)


def test_what_was_granted_once_to_each_id_is_taken_back_from_one_before_they_share_anything() -> None:
    twin = AGAIN.but(occupation=WELDER_BEFORE, issued_on=ISSUED.replace(month=5))
    found = World(policies=WITHOUT_SHARING)
    found.publish(text_of("520000-training"))
    found.commit()
    for life in (WANG, twin):
        found.tell(life.registered(), life.completed(), life.issued())
        assert made(found, life.claim("TRAINING")).outcome == "APPROVED"
    found.tell(LINKED)
    assert made(found, WANG.claim("TRAINING")).outcome == "APPROVED"
    assert made(found, twin.claim("TRAINING")).explanation.reasons == ("ALREADY_SUBSIDISED",)


FACTS: Sequence[Published] = (
    WANG.registered(),
    AGAIN.registered(),
    *WANG.surveyed(),
    WANG.completed(),
    AGAIN.completed(),
    AGAIN.attended(17),
    AGAIN.joins("MONITORED"),
    certified_as(WANG, AGAIN),
    WANG.died(date(2026, 6, 20)),
    LINKED,
)


def known(found: World, life: Life) -> Mapping[object, object]:
    dossier = found.states[DOSSIER.stream(life.worker)]
    assert isinstance(dossier, Dossier)
    return {
        slot: replace(noted, concerns=()) for slot, noted in dossier.notes.items() if not isinstance(noted, PersonNoted)
    }


def told(order: Sequence[Published]) -> World:
    found = World()
    for each in order:
        found.tell(each)
    return found


@settings(max_examples=60, deadline=None, phases=AS_THEY_COME, derandomize=True)
@given(order=st.permutations(FACTS), parted=st.booleans())
def test_when_the_link_becomes_known_changes_nothing_and_undone_it_leaves_nothing(
    order: Sequence[Published], parted: bool
) -> None:
    found = told([*order, PARTED] if parted else order)
    expected = told([each for each in FACTS if each is not LINKED] if parted else FACTS)
    for life in (WANG, AGAIN):
        assert known(found, life) == known(expected, life)
    assert set(found.claims()) == set(expected.claims())
