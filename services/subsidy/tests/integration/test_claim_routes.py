"""Who may see and note what; lists, pages, and the same request again."""

from claim_facts import COUNTY, Life
from claims_office import CLERK, HANDLER, SUPERVISOR, decide
from served import Served

WANG = Life()


async def test_help_of_others_is_in_the_dossier_and_malformed_notes_leave_nothing(office: Served) -> None:
    await office.tell(WANG.registered())
    given = {
        "kind": "MICRO_LOAN",
        "giver": "农商银行",
        "received_on": "2026-02-01",
        "amount": 5000000,
        "document": "贷 2026-8",
    }
    noted = await office.post(f"/v1/workers/{WANG.worker}/help", given, **CLERK)
    assert noted.status_code == 201
    later = given | {"received_on": "2999-01-01", "document": "贷 2026-9"}
    refused = await office.post(f"/v1/workers/{WANG.worker}/help", later, **CLERK)
    assert refused.json().get("code") == "noted_in_future"
    elsewhere = CLERK | {"region": "520502"}
    assert (await office.post(f"/v1/workers/{WANG.worker}/help", given, **elsewhere)).status_code == 403
    shown = await office.get(f"/v1/workers/{WANG.worker}/dossier", None, **CLERK)
    assert [each["amount"] for each in shown.json()["notes"] if each["note"] == "help-noted"] == [5000000]


async def test_risks_are_listed_with_their_age_until_they_are_worked_off(office: Served) -> None:
    item = {"region": COUNTY, "kind": "FALSE_REPORT", "about": WANG.claim("LIVING"), "due_on": "2999-01-01"}
    raised = await office.post("/v1/risks", item, **SUPERVISOR)
    assert raised.status_code == 201, raised.text
    await office.catch_up()
    shown = await office.get("/v1/risks", {"region": "520000", "only_open": "true"}, **SUPERVISOR)
    assert [(each["age_days"], each["late"]) for each in shown.json()["risks"]] == [(0, False)]
    risk = raised.json()["risk"]
    done = await office.post(f"/v1/risks/{risk}/outcome", {"document": "核查 2026-2"}, **SUPERVISOR)
    assert done.json()["worked_off"] is True
    await office.catch_up()
    shown = await office.get("/v1/risks", {"region": "520000", "only_open": "true"}, **SUPERVISOR)
    assert shown.json()["risks"] == []


async def test_the_queue_is_paged_and_keeps_to_the_region(office: Served) -> None:
    lives = [Life(name=f"life-{n}") for n in range(3)]
    await office.tell(*(fact for each in lives for fact in (each.completed(), each.registered())))
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        page = {"region": COUNTY, "limit": 2, **({"cursor": cursor} if cursor else {})}
        answer = (await office.get("/v1/claims", page, **HANDLER)).json()
        seen += [each["claim"] for each in answer["claims"]]
        cursor = answer["next"]
    assert sorted(seen) == sorted(each.claim("LIVING") for each in lives)
    overdue = await office.get("/v1/claims", {"region": COUNTY, "overdue": "true"}, **HANDLER)
    assert overdue.json()["claims"] == []
    elsewhere = await office.get("/v1/claims", {"region": COUNTY}, office="handler", who="hu", region="520502")
    assert elsewhere.status_code == 403
    no_right = await decide(office, seen[0], region="520502")
    assert no_right.status_code == 403


async def test_a_worker_sees_only_their_own_claims(office: Served) -> None:
    await office.tell(WANG.completed(), WANG.registered())
    own = await office.get(f"/v1/workers/{WANG.worker}/claims", None, office="worker", who=WANG.worker)
    assert [each["kind"] for each in own.json()["claims"]] == ["LIVING"]
    why = await office.get(f"/v1/claims/{WANG.claim('LIVING')}/explain", None, office="worker", who=WANG.worker)
    assert why.json()["state"] == "READY"
    other = {"office": "worker", "who": Life(name="other").worker}
    assert (await office.get(f"/v1/workers/{WANG.worker}/claims", None, **other)).status_code == 404
    assert (await office.get(f"/v1/claims/{WANG.claim('LIVING')}/explain", None, **other)).status_code == 404


async def test_the_same_request_again_gives_the_same_answer(office: Served) -> None:
    await office.tell(WANG.completed(), WANG.registered())
    path = f"/v1/claims/{WANG.claim('LIVING')}/decision"
    first = await office.post(path, key="k1", **HANDLER)
    again = await office.post(path, key="k1", **HANDLER)
    other = await office.post(path, key="k2", **HANDLER)
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 200)
    assert first.content == again.content
