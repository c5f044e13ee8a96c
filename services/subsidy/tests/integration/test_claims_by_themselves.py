"""Claims open by themselves, wait for what is missing, are decided by the rules of the day, and are corrected."""

from datetime import date, timedelta
from typing import Any

from claim_facts import BODY, COUNTY, ISSUED, WELDER_BEFORE, Life, base_revoked
from claims_office import CLERK, COMMITMENT, HANDLER, SUPERVISOR, claims_of, decide, explained
from eventcore.verify import verify
from job_facts import Career
from rule_packs import text_of
from served import Served
from subsidy.app import PROGRAM

WANG = Life()


async def test_a_certificate_opens_claims_that_say_what_they_wait_for(office: Served) -> None:
    await office.tell(WANG.issued())
    claims = await claims_of(office, WANG)
    assert {kind: each["state"] for kind, each in claims.items()} == dict.fromkeys(
        ("TRAINING", "ASSESSMENT", "SKILL_UPGRADE"), "WAITING"
    )
    assert claims["TRAINING"]["missing"] == ["region"]
    await office.tell(WANG.registered())
    claims = await claims_of(office, WANG)
    assert claims["TRAINING"]["missing"] == ["completed", "institution"]
    assert claims["TRAINING"]["region"] == COUNTY
    assert claims["SKILL_UPGRADE"]["missing"] == ["insured"]
    assert claims["ASSESSMENT"]["state"] == "READY"
    refused = await decide(office, WANG.claim("TRAINING"))
    assert (refused.status_code, refused.json().get("code")) == (409, "claim_waits")


async def test_complete_evidence_is_decided_by_the_rules_and_explained(office: Served) -> None:
    await office.tell(WANG.issued(), WANG.completed(), WANG.registered())
    decided = await decide(office, WANG.claim("TRAINING"))
    assert (decided.status_code, decided.json()["state"], decided.json()["amount"]) == (201, "APPROVED", 120000)
    why = await explained(office, WANG.claim("TRAINING"))
    assert why["decision"]["pack"] == "520000-training@1"
    assert why["decision"]["payee"] == {"kind": "ORGANISATION", "id": "91520502MA6DLL0005"}
    inputs = {each["name"]: each for each in why["decision"]["inputs"]}
    assert inputs["completed"]["fact"] == WANG.completed().id
    assert inputs["groups"]["fact"] == WANG.registered().id
    assert inputs["reservation"]["value"] == "GRANTED"
    assert any("1,200.00元" in line for line in why["zh"])
    assert any("CNY 1,200.00" in line for line in why["en"])
    by = date.fromisoformat(why["limits"]["decided_on"]) + timedelta(days=30)
    assert (why["limits"]["pay_by"], why["limits"]["unpaid_days"]) == (by.isoformat(), 0)
    assert f"To be paid by {by}." in why["en"]
    living = await decide(office, WANG.claim("LIVING"))
    assert living.json()["amount"] == 20 * 4000
    assessment = await decide(office, WANG.claim("ASSESSMENT"))
    assert assessment.json()["amount"] == 20000
    paid_to = await explained(office, WANG.claim("ASSESSMENT"))
    assert paid_to["decision"]["payee"]["id"] == BODY


async def test_without_a_current_commitment_nobody_decides(office: Served) -> None:
    await office.tell(WANG.issued(), WANG.completed(), WANG.registered())
    refused = await decide(office, WANG.claim("LIVING"), who="stranger")
    assert (refused.status_code, refused.json().get("code")) == (409, "handler_without_commitment")
    own = await office.post("/v1/handlers/su/commitments", COMMITMENT, **SUPERVISOR)
    assert own.json().get("code") == "handler_own_commitment"


async def test_a_batch_decides_each_claim_for_itself(office: Served) -> None:
    await office.tell(WANG.issued(), WANG.completed(), WANG.registered())
    claims = [WANG.claim(kind) for kind in ("TRAINING", "LIVING", "SKILL_UPGRADE")]
    answer = await office.post("/v1/decision-batches", {"claims": claims}, **HANDLER)
    assert [each["status"] for each in answer.json()["results"]] == [201, 201, 409]
    await office.catch_up()
    queue = await office.get("/v1/claims", {"region": "520000", "state": "APPROVED"}, **HANDLER)
    assert {each["claim"] for each in queue.json()["claims"]} == set(claims[:2])


async def test_who_got_the_training_subsidy_does_not_get_the_skill_upgrade(office: Served) -> None:
    await office.tell(WANG.issued(), WANG.completed(), WANG.registered())
    insured = {"insured": True, "valid_from": "2025-01-01", "document": "失保 2026-1"}
    assert (await office.post(f"/v1/workers/{WANG.worker}/insurance", insured, **CLERK)).status_code == 201
    await office.catch_up()
    assert (await decide(office, WANG.claim("TRAINING"))).json()["state"] == "APPROVED"
    upgrade = await decide(office, WANG.claim("SKILL_UPGRADE"))
    assert (upgrade.json()["state"], upgrade.json()["amount"]) == ("REFUSED", 0)
    why = await explained(office, WANG.claim("SKILL_UPGRADE"))
    assert why["decision"]["reasons"] == ["ALREADY_SUBSIDISED"]
    inputs = {each["name"]: each["fact"] for each in why["decision"]["inputs"]}
    assert inputs["insured"].startswith(f"dossier-{WANG.worker}/")
    assert why["decision"]["inputs"][-1]["value"] == f"{COUNTY}/{WANG.claim('TRAINING')}"


async def test_a_revoked_certificate_corrects_exactly_its_claims(office: Served) -> None:
    await office.tell(WANG.issued(), WANG.completed(), WANG.registered())
    claims = [WANG.claim(kind) for kind in ("TRAINING", "LIVING", "ASSESSMENT")]
    await office.post("/v1/decision-batches", {"claims": claims}, **HANDLER)
    await office.tell(WANG.revoked())
    for kind, amount in (("TRAINING", 120000), ("ASSESSMENT", 20000)):
        why = await explained(office, WANG.claim(kind))
        assert why["state"] == "REFUSED"
        assert why["decision"]["difference"] == -amount
        assert why["decision"]["cause"] == WANG.revoked().id
        assert why["decision"]["reasons"] == ["CERTIFICATE_REVOKED"]
    assert (await claims_of(office, WANG))["LIVING"]["adjusted"] == 0


async def test_corrected_attendance_changes_what_is_owed(office: Served) -> None:
    await office.tell(WANG.completed(), WANG.registered())
    assert (await decide(office, WANG.claim("LIVING"))).json()["amount"] == 80000
    await office.tell(WANG.attended(17))
    why = await explained(office, WANG.claim("LIVING"))
    assert (why["decision"]["amount"], why["decision"]["difference"]) == (68000, -12000)
    assert why["decision"]["corrects"].startswith(f"claim-{WANG.claim('LIVING')}/")
    await office.tell(WANG.attended(21, version=8))
    assert (await explained(office, WANG.claim("LIVING")))["decision"]["difference"] == 16000


async def test_a_revoked_base_takes_back_what_was_completed_since(office: Served) -> None:
    li = Life(name="li")
    await office.tell(WANG.completed(), WANG.registered())
    assert (await decide(office, WANG.claim("LIVING"))).json()["state"] == "APPROVED"
    await office.tell(base_revoked(ISSUED.replace(month=1)))
    why = await explained(office, WANG.claim("LIVING"))
    assert (why["state"], why["decision"]["cause"]) == ("REFUSED", base_revoked(None).id)
    await office.tell(li.completed(), li.registered())
    assert (await decide(office, li.claim("LIVING"))).json()["state"] == "REFUSED"


async def test_two_workers_who_are_one_get_it_once(office: Served) -> None:
    again = Life(name="wang-again", occupation=WELDER_BEFORE, issued_on=ISSUED.replace(month=5))
    await office.tell(
        *(fact for each in (WANG, again) for fact in (each.issued(), each.completed(), each.registered()))
    )
    for each in (WANG, again):
        assert (await decide(office, each.claim("TRAINING"))).json()["state"] == "APPROVED"
    await office.tell(WANG.is_same_as(again))
    why = await explained(office, again.claim("TRAINING"))
    assert (why["state"], why["decision"]["reasons"]) == ("REFUSED", ["ALREADY_SUBSIDISED"])
    assert (await explained(office, WANG.claim("TRAINING")))["state"] == "APPROVED"


async def test_an_appeal_is_decided_by_another_person(office: Served) -> None:
    poor = WANG.but(groups=())
    await office.tell(poor.completed(), poor.registered())
    claim = poor.claim("LIVING")
    assert (await decide(office, claim)).json()["state"] == "REFUSED"
    appeal = {"ground": "FACT_WRONG", "document": "申诉 2026-3"}
    stranger = await office.post(f"/v1/claims/{claim}/appeal", appeal, office="worker", who=Life(name="x").worker)
    assert stranger.status_code == 404
    own = {"office": "worker", "who": poor.worker}
    assert (await office.post(f"/v1/claims/{claim}/appeal", appeal, **own)).status_code == 201
    verdict = {"outcome": "UPHELD", "document": "复议 2026-4"}
    same = await office.post(f"/v1/claims/{claim}/appeal-decision", verdict, office="supervisor", who="hu")
    assert (same.status_code, same.json().get("code")) == (409, "appeal_own_decision")
    done = await office.post(f"/v1/claims/{claim}/appeal-decision", verdict, **SUPERVISOR)
    assert (done.status_code, done.json()["state"]) == (201, "REFUSED")


async def test_a_held_claim_is_not_decided(office: Served) -> None:
    await office.tell(WANG.completed(), WANG.registered())
    claim = WANG.claim("LIVING")
    held = await office.post(f"/v1/claims/{claim}/hold", {"reason": "CHECK_ATTENDANCE"}, **HANDLER)
    assert held.json()["state"] == "HELD"
    assert (await decide(office, claim)).json().get("code") == "claim_held"
    await office.post(f"/v1/claims/{claim}/hold-end", {"document": "核查 2026-1"}, **HANDLER)
    assert (await decide(office, claim)).json()["state"] == "APPROVED"


async def test_what_is_taken_back_unpaid_is_free_for_the_next_claim(office: Served) -> None:
    newer = WANG.but(occupation=WELDER_BEFORE, issued_on=ISSUED.replace(month=5))
    await office.tell(WANG.issued(), newer.issued(), WANG.completed(), WANG.registered())
    first, second = WANG.claim("TRAINING"), newer.claim("TRAINING")
    batch = await office.post("/v1/decision-batches", {"claims": [first, second]}, **HANDLER)
    assert [each["answer"]["state"] for each in batch.json()["results"]] == ["APPROVED", "REFUSED"]
    await office.catch_up()
    await office.tell(WANG.revoked())
    assert (await explained(office, first))["state"] == "REFUSED"
    why = await explained(office, second)
    assert (why["state"], why["decision"]["difference"]) == ("APPROVED", 120000)
    assert why["decision"]["cause"].startswith("reservation-")


async def test_all_decisions_come_out_again(office: Served) -> None:
    await office.tell(WANG.issued(), WANG.completed(), WANG.registered())
    claims = [WANG.claim(kind) for kind in ("TRAINING", "LIVING", "ASSESSMENT")]
    await office.post("/v1/decision-batches", {"claims": claims}, **HANDLER)
    await office.tell(WANG.revoked())
    found: dict[str, Any] = {"decisions": 0, "next": ""}
    decisions = 0
    while found["next"] is not None:
        cursor = {"cursor": found["next"]} if found["next"] else {}
        found = (await office.get("/v1/replays", cursor, office="operator")).json()
        assert found["differing"] == []
        decisions += found["decisions"]
    assert decisions == 5
    assert await verify(office.pool, office.program.service.deciders) == []


async def test_a_death_that_is_recorded_of_one_id_ends_the_claims_of_the_other(office: Served) -> None:
    again = Life(name="wang-again")
    await office.tell(again.registered(), again.completed(), WANG.registered(), WANG.is_same_as(again))
    await office.tell(WANG.died(date(2026, 6, 20)))
    decided = await decide(office, again.claim("LIVING"))
    assert (decided.json()["state"], decided.json()["amount"]) == ("REFUSED", 0)
    why = await explained(office, again.claim("LIVING"))
    assert [each["fact"] for each in why["decision"]["inputs"]] == [WANG.died(date(2026, 6, 20)).id]
    assert await verify(office.pool, office.program.service.deciders) == []


async def test_months_away_of_two_ids_are_paid_in_one_claim(office: Served) -> None:
    again = WANG.but(name="wang-again")
    first, second, linked = Career(life=WANG), Career(life=again), WANG.is_same_as(again)
    officer = {"office": "rule-officer", "who": "ru"}
    await office.post("/v1/rule-packs", {"text": text_of("520000-cross-province-travel")}, **officer)
    await office.tell(WANG.registered(), again.registered(), second.begun("a", date(2026, 1, 5)))
    await office.tell(*(second.month("a", month) for month in ("2026-01", "2026-02")))
    await office.tell(linked, first.begun("b", date(2026, 3, 2)), first.month("b", "2026-03"))
    assert (await decide(office, first.claim_id)).json()["amount"] == 50_000
    assert (await decide(office, second.claim_id)).json()["state"] == "REFUSED"
    assert (await explained(office, second.claim_id))["decision"]["reasons"] == ["SAME_PERSON"]
    assert await verify(office.pool, PROGRAM.service.deciders) == []
