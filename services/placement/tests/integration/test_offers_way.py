"""From an agreement between two counties to a proposal that a worker accepts, over HTTP and on a real log."""

import asyncio

from eventcore.call import Outcome
from eventcore.clock import legal_day
from eventcore.store import Contended, Order, handle
from offers_office import FACTORY, Office, abroad, certified, done, registry, terms, worker
from placement.offers.vacancies.commands import HoldSeat
from placement.offers.vacancies.vacancy import VACANCY
from placement.offers.wiring import ALARMS
from served import Served


async def test_workers_get_proposals_with_reasons_and_answer_them(placement: Served) -> None:
    office = Office(placement)
    await office.registered()
    vacancy = await office.vacancy(await office.agreed(), heads=1)
    await office.agreed_abroad()
    await placement.tell(abroad(), said_in="440000")
    await placement.tell(*registry(1, "POVERTY_LIFTED"), *registry(2, "RURAL_TRANSFERRED"), certified(2))
    run = done(await office.home("/v1/matching-runs", {"region": "520526"}))
    assert run["proposals"] == 2
    answer = await placement.get(f"/v1/matching-runs/{run['run']}", office="placement-officer", region="520526")
    shown = done(answer, 200)
    assert [(each["worker"], each["vacancy"]) for each in shown["proposals"]] == [
        (worker(1), vacancy),
        (worker(2), "abroad"),
    ]
    assert [(each["reason"], each["zh"]) for each in shown["proposals"][0]["reasons"]] == [
        ("SAME_PROVINCE", "岗位在本省"),
        ("PRIORITY_GROUP", "属于优先帮扶群体"),
        ("AGREEMENT", "岗位由协作协议共享"),
        ("OPEN_TO_ALL", "岗位无特别要求"),
    ]
    assert shown["inputs"]["weights"]["proposal"] == 100
    body = {"worker": worker(1), "evidence": "同意书 3"}
    done(await office.home(f"/v1/matching-runs/{run['run']}/acceptance", body))
    refusal = {"worker": worker(2), "reason": "PLACE"}
    done(await office.home(f"/v1/matching-runs/{run['run']}/declination", refusal))
    await placement.catch_up()
    answer = await placement.get(f"/v1/workers/{worker(2)}/matches", office="clerk", region="520526")
    (match,) = done(answer, 200)["matches"]
    assert (match["state"], match["declined_for"], match["reasons"]) == (
        "DECLINED",
        "PLACE",
        ["CERTIFIED", "LEVEL_MET", "AGREEMENT"],
    )
    again = done(await office.home("/v1/matching-runs", {"region": "520526"}))
    assert again["proposals"] == 1, "who declined is proposed anew, who accepted is not"
    elsewhere = await placement.get(f"/v1/matching-runs/{run['run']}", office="placement-officer", region="520102")
    assert elsewhere.status_code == 403


async def test_two_seats_and_twenty_transfers_at_once(placement: Served) -> None:
    office = Office(placement)
    await office.registered()
    vacancy = await office.vacancy()
    commands = (HoldSeat(transfer=f"t{n}") for n in range(20))
    orders = (Order(id=f"hold-{n}") for n in range(20))
    calls = (_patiently(placement, vacancy, each, order) for each, order in zip(commands, orders, strict=True))
    await asyncio.gather(*calls)
    found = await placement.pool.fetch(
        "select type, count(*) from log.events where stream_id = $1 group by type", f"vacancy-{vacancy}"
    )
    assert dict(found) == {
        "vacancy-published": 1,
        "vacancy-seat-held": 2,
        "vacancy-filled": 1,
        "vacancy-seat-refused": 18,
    }
    await placement.catch_up()
    assert await office.offered() == {}
    assert await office.offered(state="FILLED") == {vacancy: "520102"}


async def _patiently(placement: Served, vacancy: str, command: HoldSeat, order: Order) -> None:
    while True:
        try:
            await handle(placement.store, VACANCY, vacancy, command, order)
            return
        except Contended:
            await asyncio.sleep(0)


async def test_the_timer_closes_a_vacancy_and_leaves_its_seats(placement: Served) -> None:
    office = Office(placement)
    await office.registered()
    vacancy = await office.vacancy()
    await handle(placement.store, VACANCY, vacancy, HoldSeat(transfer="t1"), Order(id="hold"))
    (due,) = await placement.pool.fetch("select stream_id, name from log.timers")
    (alarm,) = [each for each in ALARMS if due["stream_id"].startswith(f"{each.category}-")]
    do = alarm.react(vacancy, due["name"])
    await handle(placement.store, do.decider, do.key, do.command, Order(id="ring"))
    assert await placement.pool.fetch("select 1 from log.timers") == []
    read = await placement.get(f"/v1/vacancies/{vacancy}", office="employer", region="520102", organisation=FACTORY)
    assert {name: done(read, 200)[name] for name in ("state", "held", "closed_for")} == {
        "state": "CLOSED",
        "held": 1,
        "closed_for": "TERM",
    }


async def test_a_vacancy_of_another_province_is_believed_from_its_host_alone(placement: Served) -> None:
    office = Office(placement)
    await placement.tell(abroad(), said_in="330000")
    assert await office.offered() == {}
    refused = await placement.pool.fetchval("select count(*) from log.commands where outcome = $1", Outcome.REFUSED)
    assert refused == 1, "what does not fit is not applied, and is on record"
    await placement.tell(abroad(version=2), said_in="440000")
    assert await office.offered(occupation="1999/6-04-02-05") == {"abroad": "440306"}
    await placement.tell(*registry(1, "POVERTY_LIFTED"), certified(1))
    run = done(await office.home("/v1/matching-runs", {"region": "520526"}))
    assert run["proposals"] == 0, "no agreement is in force under which anybody could be nominated"


async def test_an_employer_keeps_its_own_vacancies_and_nobody_elses(placement: Served) -> None:
    office = Office(placement)
    await office.registered()
    vacancy = await office.vacancy()
    path = f"/v1/vacancies/{vacancy}"
    other = await placement.post(
        f"{path}/closing", {"reason": "WITHDRAWN"}, office="employer", region="520102", organisation="other"
    )
    assert (other.status_code, other.json()["code"]) == (404, "not_found")
    elsewhere = await office.home(f"{path}/closing", {"reason": "WITHDRAWN"})
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (403, "region_not_yours")
    moved = await office.host(f"{path}/terms", terms(region="520526"))
    assert (moved.status_code, moved.json()["code"]) == (403, "region_not_yours")
    changed = done(await office.factory(f"{path}/terms", terms(heads=3)))
    assert (changed["state"], changed["version"]) == ("OPEN", 2)
    agreement = await office.agreed()
    done(await office.host(f"{path}/sharing", {"agreement": agreement}))
    done(await office.factory(f"{path}/closing", {"reason": "WITHDRAWN"}))
    late = await office.factory(f"{path}/terms", terms(heads=4))
    assert (late.status_code, late.json()["code"]) == (409, "vacancy_closed")


async def test_an_agreement_is_seen_by_both_its_sides_and_ends_for_both(placement: Served) -> None:
    office = Office(placement)
    agreement = await office.agreed()
    for side, region in (("HOME", "520526"), ("HOST", "520102")):
        page = done(
            await placement.get("/v1/agreements", {"region": region}, office="placement-officer", region=region), 200
        )
        assert [(each["agreement"], each["side"], each["state"]) for each in page["agreements"]] == [
            (agreement, side, "IN_FORCE")
        ]
    done(await office.host(f"/v1/agreements/{agreement}/end", {"side": "HOST", "reason": "BREACH"}))
    await placement.catch_up()
    answer = await placement.get(
        f"/v1/agreements/{agreement}", {"side": "HOME"}, office="placement-officer", region="520526"
    )
    assert (done(answer, 200)["state"], answer.json()["ended_on"]) == ("ENDED", legal_day().isoformat())
    not_theirs = await placement.get(
        f"/v1/agreements/{agreement}", {"side": "HOME"}, office="placement-officer", region="520102"
    )
    assert not_theirs.status_code == 403


async def test_a_base_is_listed_until_it_is_revoked(placement: Served) -> None:
    office = Office(placement)
    await office.registered()
    met = [{"criterion": each, "evidence": "筑人社 2026-3"} for each in ("MANAGEMENT", "RESPONSIBILITY", "POSTS")]
    body = {"application": "申请 2026-1", "criteria": met}
    few = await office.host(f"/v1/employers/{FACTORY}/base", body | {"criteria": met[:2]})
    assert (few.status_code, few.json()["code"]) == (409, "base_criteria_not_met")
    done(await office.host(f"/v1/employers/{FACTORY}/base", body))
    await placement.catch_up()
    wanted = {"region": "520000", "base": "true"}
    listed = done(await placement.get("/v1/employers", wanted), 200)["employers"]
    assert [each["employer"] for each in listed] == [FACTORY]
    ground = {"ground": "WAGE_ARREARS", "evidence": "筑人社 2026-9"}
    done(await office.host(f"/v1/employers/{FACTORY}/base-revocation", ground))
    await placement.catch_up()
    assert done(await placement.get("/v1/employers", wanted), 200)["employers"] == []
