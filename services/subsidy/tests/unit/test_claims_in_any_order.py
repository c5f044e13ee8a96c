"""Whatever the order in which facts come, and however often, the same is owed in the end; and nobody gets the same
occupation and level twice."""

from collections import Counter
from datetime import date, timedelta

import pytest
from border import insured
from claim_facts import ENDED, INSTITUTION, ISSUED, WELDER, WELDER_BEFORE, Life, base_revoked
from claim_world import TODAY, World
from contracts.occupation import OccupationKey, equivalents
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from published import Published
from rule_packs import text_of
from subsidy.claims.dossier.dossier import DOSSIER
from subsidy.claims.dossier.events import CertificateNoted, PersonNoted
from subsidy.claims.events import ClaimAdjusted, ClaimDecided
from subsidy.claims.replaying import comes_out
from subsidy.packs.rule_pack import RULE_PACK, version_of

AS_THEY_COME = (Phase.explicit, Phase.reuse, Phase.generate)
"""A shorter history says no more: what matters is its order."""
KINDS = ("training", "living", "assessment", "skill-upgrade")
WANG, LI = Life(), Life(name="li", groups=("RURAL_TRANSFERRED",), form="FLEXIBLE")
NEWER = WANG.but(issued_on=ISSUED + timedelta(days=30), occupation=WELDER_BEFORE)
"""The same worker, the same occupation by its older name, a month later."""
TWIN = Life(name="wang-again", occupation=WELDER_BEFORE, issued_on=ISSUED + timedelta(days=40))
FACTS: tuple[Published, ...] = (
    WANG.registered(),
    WANG.completed(),
    WANG.attended(17),
    WANG.issued(),
    NEWER.issued(),
    NEWER.suspended(),
    NEWER.reinstated(),
    LI.registered(),
    *LI.surveyed(),
    LI.failed(),
    LI.attended(22),
    LI.issued(),
    LI.suspended(),
    LI.revoked(),
    TWIN.registered(),
    TWIN.completed(),
    TWIN.issued(),
    WANG.is_same_as(TWIN),
    base_revoked(ENDED + timedelta(days=1)),
)


def world() -> World:
    found = World()
    for kind in KINDS:
        found.publish(text_of(f"520000-{kind}"))
    found.commit()
    return found


def outcomes(found: World) -> dict[str, tuple[str, int, str]]:
    return {
        key: (claim.decision.made.outcome, claim.decision.made.amount, claim.region)
        if claim.decision
        else ("WAITING", 0, claim.region)
        for key, claim in found.claims().items()
    }


def expected() -> dict[str, tuple[str, int, str]]:
    found = world()
    for each in (WANG, LI, TWIN):
        insured(found, each.worker)
    found.tell(*FACTS)
    found.decide_all()
    return outcomes(found)


EXPECTED = expected()


def test_the_facts_lead_to_every_kind_of_outcome() -> None:
    assert Counter(outcome for outcome, _, _ in EXPECTED.values()) == {"APPROVED": 4, "REFUSED": 11}
    assert EXPECTED[WANG.claim("TRAINING")][1] == 120000
    assert EXPECTED[WANG.claim("LIVING")][1] == 17 * 4000
    assert EXPECTED[LI.claim("TRAINING")] == ("REFUSED", 0, "520526")


@pytest.mark.slow
@settings(max_examples=60, deadline=None, phases=AS_THEY_COME)
@given(data=st.data())
def test_the_order_of_arrival_changes_nothing(data: st.DataObject) -> None:
    order = data.draw(st.permutations(FACTS))
    again = data.draw(st.lists(st.sampled_from(FACTS), max_size=6))
    known = data.draw(st.integers(0, len(order)))
    found = world()
    for n, each in enumerate((*order, *again)):
        if n == known:
            for life in (WANG, LI, TWIN):
                insured(found, life.worker)
        found.tell(each)
    if known >= len(order) + len(again):
        for life in (WANG, LI, TWIN):
            insured(found, life.worker)
    found.decide_all()
    assert outcomes(found) == EXPECTED


@pytest.mark.slow
@settings(max_examples=60, deadline=None, phases=AS_THEY_COME)
@given(data=st.data())
def test_nobody_gets_the_same_twice_whenever_claims_are_decided(data: st.DataObject) -> None:
    found = world()
    for each in data.draw(st.permutations(FACTS)):
        found.tell(each)
        if data.draw(st.booleans()):
            found.decide_all()
        _nobody_twice(found)
    _replay_is_equal(found)


def _nobody_twice(found: World) -> None:
    """Of what is granted and not taken back, for each person, occupation concept and level."""
    granted: Counter[tuple[str, str, str]] = Counter()
    for claim in found.claims().values():
        if claim.opened.kind not in ("TRAINING", "SKILL_UPGRADE") or claim.decision is None:
            continue
        if claim.decision.made.outcome == "APPROVED":
            notes = found.states[DOSSIER.stream(claim.opened.worker)].notes
            certificate, person = notes["certificate", claim.opened.about], notes.get((PersonNoted.type,))
            assert isinstance(certificate, CertificateNoted)
            concept = str(equivalents(OccupationKey.parse(certificate.occupation), TODAY)[0])
            who = person.person if isinstance(person, PersonNoted) else claim.opened.worker
            granted[who, concept, certificate.level] += 1
    assert all(times == 1 for times in granted.values()), granted


def _replay_is_equal(found: World) -> None:
    for fact in found.facts:
        if isinstance(fact.event, ClaimDecided | ClaimAdjusted):
            name, _, version = fact.event.explanation.pack.partition("@")
            pack = version_of(found.states[RULE_PACK.stream(name)], int(version))
            assert comes_out(fact.event, pack), fact.id


def test_a_pack_that_comes_late_is_what_claims_waited_for() -> None:
    found = World()
    found.commit()
    found.tell(WANG.registered(), WANG.completed())
    claim = WANG.claim("LIVING")
    assert not found.decide(claim)
    found.publish(text_of("520000-living"))
    assert found.decide(claim)
    assert outcomes(found)[claim][1] == 80000


@pytest.mark.parametrize("void_from", [ENDED, ENDED + timedelta(days=1), None])
def test_a_revoked_base_reaches_only_what_was_completed_since(void_from: date | None) -> None:
    found = world()
    found.tell(WANG.registered(), WANG.completed())
    found.decide_all()
    found.tell(base_revoked(void_from))
    fallen = void_from == ENDED
    assert outcomes(found)[WANG.claim("LIVING")][0] == ("REFUSED" if fallen else "APPROVED")
    assert INSTITUTION in base_revoked(void_from).stream


def test_claims_that_do_not_rest_on_a_fact_get_nothing() -> None:
    found = world()
    found.tell(WANG.registered(), WANG.completed(), WANG.issued())
    found.decide_all()
    before = len(found.facts)
    found.tell(WANG.revoked())
    adjusted = [fact.event for fact in found.facts[before:] if isinstance(fact.event, ClaimAdjusted)]
    assert {each.claim for each in adjusted} == {WANG.claim("TRAINING"), WANG.claim("ASSESSMENT")}
    assert all(each.cause == WANG.revoked().id for each in adjusted)


def test_who_comes_first_by_the_fact_has_the_reservation() -> None:
    found = world()
    found.tell(NEWER.registered(), NEWER.completed(), NEWER.issued())
    found.tell(WANG.issued())
    found.decide_all()
    assert outcomes(found)[WANG.claim("TRAINING")][0] == "APPROVED"
    assert outcomes(found)[NEWER.claim("TRAINING")][0] == "REFUSED"


def test_what_was_decided_does_not_yield() -> None:
    found = world()
    found.tell(NEWER.registered(), NEWER.completed(), NEWER.issued())
    found.decide_all()
    found.tell(WANG.issued())
    found.decide_all()
    assert outcomes(found)[NEWER.claim("TRAINING")][0] == "APPROVED"
    assert outcomes(found)[WANG.claim("TRAINING")][0] == "REFUSED"


def test_a_death_ends_what_the_worker_would_have_been_paid() -> None:
    found = world()
    found.tell(WANG.registered(), WANG.completed(), WANG.issued(), WANG.died(date(2026, 6, 20)))
    found.decide_all()
    _replay_is_equal(found)
    assert outcomes(found)[WANG.claim("SKILL_UPGRADE")][0] == "REFUSED"
    assert outcomes(found)[WANG.claim("LIVING")][0] == "REFUSED"
    assert outcomes(found)[WANG.claim("TRAINING")][0] == "APPROVED"


def test_a_death_takes_nothing_back() -> None:
    found = world()
    found.tell(WANG.registered(), WANG.completed())
    found.decide_all()
    found.tell(WANG.died(date(2026, 6, 20)), WANG.attended(18))
    assert outcomes(found)[WANG.claim("LIVING")][:2] == ("APPROVED", 72000)


def test_the_occupation_of_the_test_has_two_names() -> None:
    assert len(equivalents(OccupationKey.parse(WELDER), TODAY)) == 2
