"""What ids of one person tell each other of what was noted, and when."""

from datetime import date

from claim_facts import Life
from claim_world import WITHOUT_SHARING, World
from eventcore.testing import given as rules
from rule_packs import text_of
from subsidy.claims.dossier.dossier import DOSSIER
from subsidy.claims.dossier.events import DeathNoted, PersonNoted
from subsidy.claims.dossier.parts import Said
from subsidy.claims.dossier.sharing import ShareNotes
from subsidy.claims.dossier.sharing_events import NotesShared, Shared
from subsidy.claims.wiring import POLICIES

WANG, AGAIN = Life(groups=("RURAL_TRANSFERRED",)), Life(name="wang-again", groups=("POVERTY_LIFTED",))
DEATH = DeathNoted(worker="a", died_on=date(2026, 6, 20), said=Said(fact="f/1", order=1), concerns=())


def test_a_link_from_before_there_was_sharing_shares_what_is_there() -> None:
    found = World(policies=WITHOUT_SHARING)
    found.publish(text_of("520000-living"))
    found.commit()
    found.tell(WANG.registered(), AGAIN.registered(), WANG.completed(), WANG.is_same_as(AGAIN))
    assert outcome(found) == "REFUSED"
    found.policies = POLICIES
    found.waiting.extend(fact for fact in found.facts if isinstance(fact.event, PersonNoted))
    found.settle()
    assert outcome(found) == "APPROVED"


def test_each_learns_what_it_does_not_know_yet_and_nothing_twice() -> None:
    said = Said(fact="f/1", order=1)
    linked = PersonNoted(worker="a", person="b", said=said, concerns=())
    shared = NotesShared(worker="a", other="b", notes=Shared(deaths=(DEATH,)))
    share = ShareNotes(worker="a", other="b")
    rules(DOSSIER, DEATH, linked).when(share).then(shared)
    rules(DOSSIER, DEATH, linked, shared).when(share).then()
    rules(DOSSIER, linked).when(share).then(NotesShared(worker="a", other="b", notes=Shared()))
    rules(DOSSIER, DEATH, linked).when(ShareNotes(worker="a", other="c")).then()
    later = NotesShared(worker="a", other="b", notes=Shared())
    rules(DOSSIER, DEATH, linked, later).when(share).then(shared)


def outcome(found: World) -> str:
    claim = WANG.claim("LIVING")
    found.decide(claim)
    decision = found.claims()[claim].decision
    return decision.made.outcome if decision else ""
