"""Two ids that are one person: what is known of the one counts for the claims of the other, and is given once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from border import insured
from claim_facts import Life
from claim_world import World
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from job_facts import Career
from published import Published
from rule_packs import text_of
from subsidy.claims.dossier.dossier import DOSSIER, Dossier
from subsidy.claims.dossier.events import PersonNoted
from subsidy.claims.events import ClaimAdjusted, ClaimDecided

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


def test_a_year_away_from_home_is_paid_once_to_two_ids_of_one_person() -> None:
    found = world("cross-province-travel")
    first, second = Career(life=WANG), Career(life=AGAIN)
    found.tell(WANG.registered(), AGAIN.registered(), LINKED)
    for career in (first, second):
        found.tell(career.begun("a", date(2026, 1, 5)))
        found.tell(*(career.month("a", f"2026-0{month}") for month in range(1, 5)))
    decided = [made(found, each.claim_id) for each in (first, second)]
    assert sorted(each.amount for each in decided) == [0, 50_000]
    assert ("ALREADY_THIS_YEAR",) in [each.explanation.reasons for each in decided]


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
