"""From the assessment body to the certificate and its revocation, over HTTP."""

import asyncio
from typing import Any

import pytest
from assessing import BODY, TRAINED, TRAINER, Assessing, done, session, staff, worker
from contracts.registry import DuplicateDecidedV1
from served import Served


@pytest.fixture
async def at_work(certification: Served) -> Assessing:
    """A body that may assess."""
    assessing = Assessing(certification)
    await assessing.body_stands()
    return assessing


async def test_who_passes_gets_a_certificate_with_a_number(at_work: Assessing) -> None:
    workers = await at_work.workers_known(3, group="POVERTY_LIFTED")
    trained = await at_work.class_completed(workers)
    assessment = await at_work.scheduled(training_class=trained)
    await at_work.scored(assessment, workers[:2])
    await at_work.scored(assessment, workers[2:], practice=59)
    await at_work.confirmed(assessment)

    found = await at_work.certificates(training_class=trained)
    assert {each["worker"] for each in found} == set(workers[:2])
    first = found[0]
    assert (first["kind"], first["level"], first["status"]) == ("SKILL_LEVEL", "5", "HOLDS")
    assert first["number"].startswith("S001252000001265")
    assert len(first["number"]) == 22
    assert (first["standard_fee"], first["charged_fee"]) == (18000, 0)
    assert await at_work.certificates(level="5") == found
    assert await at_work.certificates(level="1") == []
    shown = await at_work.service.get(f"/v1/assessments/{assessment}", office="assessment-body", organisation=BODY)
    assert [each["outcome"] for each in shown.json()["candidates"]] == ["PASSED", "PASSED", "FAILED"]


async def test_sixteen_confirmations_make_one_certificate_a_candidate(at_work: Assessing) -> None:
    workers = await at_work.workers_known(4)
    assessment = await at_work.scheduled()
    await at_work.scored(assessment, workers)
    path, body = f"/v1/assessments/{assessment}/confirmation", {"issued_on": "2026-05-20"}
    answers = await asyncio.gather(*(at_work.body(path, body, who="qian") for _ in range(16)))
    assert sorted(each.status_code for each in answers) == [200] * 15 + [201]
    await at_work.service.catch_up()
    found = await at_work.certificates()
    assert sorted(each["worker"] for each in found) == sorted(workers)
    assert len({each["number"] for each in found}) == 4


async def test_the_certificates_of_a_class_fall_together(at_work: Assessing) -> None:
    workers = await at_work.workers_known(2)
    trained = await at_work.class_completed(workers)
    one, two = [await at_work.scheduled(training_class=trained) for _ in range(2)]
    await at_work.scored(one, workers[:1])
    await at_work.scored(two, workers[1:])
    await at_work.confirmed(one)
    body = {"training_class": trained, "reason": "FRAUD"}
    done(await at_work.officer("/v1/certificate-revocations", body))
    await at_work.service.catch_up()
    (fallen,) = await at_work.certificates(training_class=trained)
    assert (fallen["status"], fallen["marks"][0]["reason"]) == ("REVOKED", "FRAUD")
    late = await at_work.body(f"/v1/assessments/{two}/confirmation", {}, who="qian")
    assert (late.status_code, late.json()["code"]) == (409, "assessment_void")


async def test_a_certificate_is_suspended_reinstated_and_revoked(at_work: Assessing) -> None:
    workers = await at_work.workers_known(1)
    assessment = await at_work.scheduled()
    await at_work.scored(assessment, workers)
    await at_work.confirmed(assessment)
    (issued,) = await at_work.certificates()
    path = f"/v1/certificates/{issued['certificate']}"
    done(await at_work.officer(f"{path}/suspension", {"reason": "INVESTIGATION", "on": "2026-06-01"}))
    done(await at_work.officer(f"{path}/reinstatement", {"on": "2026-07-01"}))
    done(await at_work.officer(f"{path}/revocation", {"reason": "WRONG_PERSON", "on": "2026-08-01"}))
    refused = await at_work.officer(f"{path}/suspension", {"reason": "COMPLAINT"})
    assert (refused.status_code, refused.json().get("code")) == (409, "certificate_already_revoked")
    await at_work.service.catch_up()
    days = {"2026-05-19": "NOT_YET_ISSUED", "2026-06-15": "SUSPENDED", "2026-07-01": "HOLDS", "2026-08-01": "REVOKED"}
    for day, status in days.items():
        (shown,) = await at_work.certificates(on=day)
        assert shown["status"] == status, day


async def test_the_trainer_of_a_class_may_not_assess_it(at_work: Assessing) -> None:
    await at_work.class_completed(await at_work.workers_known(1), institution=BODY)
    refused = await at_work.body("/v1/assessments", session() | {"training_class": TRAINED})
    assert (refused.status_code, refused.json().get("code")) == (409, "trainer_may_not_assess")


async def test_who_teaches_a_class_neither_assesses_nor_oversees_it(at_work: Assessing) -> None:
    workers = await at_work.workers_known(1)
    await at_work.class_completed(workers)
    early = await at_work.scheduled(training_class=TRAINED)
    await at_work.scored(early, workers)
    teaches = [{"institution": TRAINER, "teacher": "T-1023"}]
    members = [each | {"teaches": teaches} for each in staff() if each["person"] == "kao-2"]
    registered = {"members": members, "evidence": "黔人社评〔2026〕8号"}
    done(await at_work.officer(f"/v1/assessment-bodies/{BODY}/staff", registered))
    refused = await at_work.body("/v1/assessments", session() | {"training_class": TRAINED})
    assert (refused.status_code, refused.json().get("code")) == (409, "teacher_may_not_assess")
    done(await at_work.body("/v1/assessments", session()))
    late = await at_work.body(f"/v1/assessments/{early}/confirmation", {}, who="qian")
    assert (late.status_code, late.json().get("code")) == (409, "teacher_may_not_assess"), (
        "known after it was scheduled"
    )
    shown = await at_work.service.get(f"/v1/assessments/{early}", office="assessment-body", organisation=BODY)
    assert (shown.json()["state"], shown.json()["independent"]) == ("SCHEDULED", False)


async def test_certificates_of_linked_workers_are_shown_for_whoever_stands_for_them(at_work: Assessing) -> None:
    workers = await at_work.workers_known(2)
    assessment = await at_work.scheduled()
    await at_work.scored(assessment, workers[1:])
    await at_work.confirmed(assessment)
    told = DuplicateDecidedV1(
        worker=workers[0], other=workers[1], verdict="SAME", undone=False, reason="SAME_NUMBER", organisation="hr"
    )
    await at_work.told((told, f"worker-{workers[0]}"))
    for each in workers:
        answer = await at_work.service.get(f"/v1/workers/{each}/certificates", office="assessment-officer")
        assert [one["worker"] for one in done(answer, 200)["certificates"]] == [workers[1]]
    elsewhere = await at_work.service.get(f"/v1/workers/{worker(0)}/certificates", office="clerk", region="520500")
    assert elsewhere.status_code == 403


async def test_certification_knows_a_class_by_what_training_told(at_work: Assessing) -> None:
    workers = await at_work.workers_known(2)
    trained = await at_work.class_completed(workers)
    answer = await at_work.service.get(f"/v1/training-classes/{trained}", office="assessment-body", organisation=BODY)
    assert done(answer, 200)["institution"] == TRAINER
    assert answer.json()["members"] == {"COMPLETED": 2}


async def test_assessments_are_listed_and_pass_rates_name_their_denominator(at_work: Assessing) -> None:
    workers = await at_work.workers_known(4)
    assessment = await at_work.scheduled()
    await at_work.scored(assessment, workers[:2])
    await at_work.scored(assessment, workers[2:3], theory=59)
    await at_work.scored(assessment, workers[3:], theory=None, practice=None, absent=True)
    await at_work.confirmed(assessment)
    void = await at_work.scheduled()
    await at_work.scored(void, workers[:1])
    done(await at_work.officer(f"/v1/assessments/{void}/voiding", {"reason": "RULES_BROKEN"}))
    await at_work.service.catch_up()

    found = await at_work.service.get("/v1/assessments", {"region": "520100"}, office="assessment-officer")
    states = {each["assessment"]: (each["state"], each["candidates"]) for each in done(found, 200)["assessments"]}
    assert states == {assessment: ("CONFIRMED", 4), void: ("VOIDED", 1)}
    other = await at_work.service.get(
        "/v1/assessments", {"region": "520000"}, office="assessment-body", organisation=TRAINER
    )
    assert done(other, 200)["assessments"] == []
    rates = await at_work.service.get("/v1/assessment-pass-rates", {"region": "520100"}, office="assessment-officer")
    (rate,) = done(rates, 200)["rates"]
    assert (rate["passed"], rate["assessed"], rate["absent"], rate["percent"]) == (2, 3, 1, 66.7)


async def test_everybody_sees_which_body_may_assess_what_on_a_day(at_work: Assessing) -> None:
    await at_work.service.catch_up()
    path, where = "/v1/assessment-bodies", {"region": "520000"}
    (listed,) = done(await at_work.service.get(path, where | {"on": "2026-05-01"}), 200)["bodies"]
    assert (listed["body"], len(listed["scope"]), listed["suspended"]) == (BODY, 6, False)
    (early,) = done(await at_work.service.get(path, where | {"on": "2025-12-31"}), 200)["bodies"]
    assert early["scope"] == []
    done(await at_work.officer(f"{path}/{BODY}/suspension", {"reason": "QUALITY"}))
    refused = await at_work.body("/v1/assessments", session())
    assert (refused.status_code, refused.json().get("code")) == (409, "assessment_body_suspended")
    (suspended,) = done(await at_work.service.get(path, where), 200)["bodies"]
    assert (suspended["suspended"], suspended["scope"]) == (True, [])
    done(await at_work.officer(f"{path}/{BODY}/resumption"))
    await at_work.scheduled()


async def test_everybody_reads_what_an_assessment_asks_for_and_which_value_has_no_source(at_work: Assessing) -> None:
    rules = done(await at_work.service.get("/v1/assessment-rules"), 200)
    assert [each["route"] for each in rules["routes"] if each["supervised"]] == [
        "QUALIFICATION_APPRAISAL",
        "LEVEL_RECOGNITION",
    ]
    free = {each["kind"] for each in rules["reductions"] if each["group"] is None and not each["illustrative"]}
    assert free == {"SINGLE_ABILITY", "SPECIAL_ABILITY"}
    assert all(each["source"] for part in rules.values() for each in part)


async def test_a_body_files_assessments_of_this_province_only(at_work: Assessing) -> None:
    filing = {"valid_from": "2026-05-01", "valid_to": "2026-06-30", "evidence": "黔人社评〔2026〕3号"}
    path = f"/v1/assessment-bodies/{BODY}/mobile-filings"
    assert (await at_work.officer(path, filing | {"region": "440106"})).status_code == 403
    done(await at_work.officer(path, filing | {"region": "520526"}))
    await at_work.scheduled(region="520526")


async def test_who_waits_for_the_confirmation_sees_the_certificates(at_work: Assessing) -> None:
    workers = await at_work.workers_known(2)
    assessment = await at_work.scheduled()
    await at_work.scored(assessment, workers)
    confirmed = await at_work.body(f"/v1/assessments/{assessment}/confirmation", {}, who="qian")
    wait = {"wait_for": confirmed.headers["Log-Position"], "wait_seconds": 5}
    found, _ = await asyncio.gather(at_work.certificates(assessment=assessment, **wait), at_work.service.catch_up())
    assert len(found) == 2
    late = {"region": "520000", "wait_for": "1000000", "wait_seconds": 0}
    answer = await at_work.service.get("/v1/certificates", late, office="assessment-officer")
    assert (answer.status_code, answer.json().get("code")) == (503, "not_yet_visible")


async def test_lists_are_read_page_by_page_and_narrowed(at_work: Assessing) -> None:
    workers = await at_work.workers_known(3)
    one, two = [await at_work.scheduled(held_on=day) for day in ("2026-05-18", "2026-05-19")]
    await at_work.scored(one, workers)
    await at_work.confirmed(one)
    certificates = await pages(at_work, "certificates", {"region": "520100"})
    assert sorted(each["worker"] for each in certificates) == sorted(workers)
    assert [each["assessment"] for each in await pages(at_work, "assessments", {"region": "520100"})] == [one, two]
    narrowed = {"region": "520100", "since": "2026-05-19", "until": "2026-05-19", "body": BODY}
    assert [each["assessment"] for each in await pages(at_work, "assessments", narrowed)] == [two]
    bodies = await at_work.service.get("/v1/assessment-bodies", {"region": "520500"})
    assert done(bodies, 200)["bodies"] == []


async def pages(at_work: Assessing, kind: str, parameters: dict[str, str]) -> list[dict[str, Any]]:
    """All rows, one a page."""
    found: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        asked = parameters | {"limit": "1"} | ({"cursor": cursor} if cursor else {})
        page = done(await at_work.service.get(f"/v1/{kind}", asked, office="assessment-officer"), 200)
        found += page[kind]
        cursor = page["next"]
    return found


async def test_offices_of_other_regions_and_other_bodies_are_kept_out(at_work: Assessing) -> None:
    workers = await at_work.workers_known(1)
    trained = await at_work.class_completed(workers)
    assessment = await at_work.scheduled(training_class=trained)
    await at_work.scored(assessment, workers)
    await at_work.confirmed(assessment)
    (issued,) = await at_work.certificates()
    reason = {"reason": "FRAUD"}
    elsewhere = [
        (f"/v1/assessment-bodies/{BODY}/suspension", {"reason": "QUALITY"}),
        (f"/v1/assessments/{assessment}/voiding", reason),
        (f"/v1/certificates/{issued['certificate']}/revocation", reason),
        ("/v1/certificate-revocations", reason | {"training_class": trained}),
        ("/v1/certificate-revocations", reason | {"assessment": assessment}),
    ]
    for path, body in elsewhere:
        assert (await at_work.officer(path, body, region="520500")).status_code == 403, path
    sent: dict[str, Any] = {
        "candidates": {"workers": workers},
        "scores": {"scores": [{"worker": workers[0], "absent": True}]},
    }
    for path in sent:
        other = await at_work.body(f"/v1/assessments/{assessment}/{path}", sent[path], organisation=TRAINER)
        assert other.status_code == 404, path
    both = reason | {"training_class": trained, "assessment": assessment}
    assert (await at_work.officer("/v1/certificate-revocations", both)).status_code == 422
    assert (await at_work.certificates())[0]["status"] == "HOLDS"
