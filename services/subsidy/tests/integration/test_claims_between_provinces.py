"""Two provinces, each with a log of its own, and what one says to the other handed over as the exchange does."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from border import HOME, HOST, a_guest, certified_at_the_host
from claim_facts import COUNTY, ISSUED, WELDER_BEFORE, Life
from claims_office import HANDLER, commit, decide, explained
from contracts.addressed import addressees
from draining import drain, read
from eventcore.call import Outcome
from eventcore.codec import Codec
from eventcore.database import Unavailable
from eventcore.ids import same_id
from eventcore.readers.policy import PolicyWork
from eventcore.roll import ROLL
from eventcore.schema import renew
from eventcore.verify import verify
from job_facts import FACTORY, Career
from lb.local.databases import MakeDatabase
from published import Published
from restoring import reads_again, speaks_anew
from rule_packs import text_of
from served import Served, serving
from subsidy.app import PROGRAM
from subsidy.claims.claim import CLAIM
from subsidy.claims.reservations.reservation import RESERVATION
from subsidy.publishing import published

WANG = Life(groups=("POVERTY_LIFTED",))
ABROAD = WANG.but(occupation=WELDER_BEFORE, issued_on=ISSUED.replace(month=5))
KIND = "SKILL_UPGRADE"
RECOVERED = "select count(*) from log.events where type = 'reservation-recovered'"


@dataclass
class Provinces:
    home: Served
    host: Served
    sent: dict[str, int] = field(default_factory=lambda: {HOME: 0, HOST: 0})

    async def cross(self) -> None:
        """What each has said to the other, until neither has anything to say."""
        told = True
        while told:
            told = False
            for region, here, there in ((HOME, self.home, self.host), (HOST, self.host, self.home)):
                for each in await self.said(region, here):
                    await there.tell(each, said_in=region)
                    told = True

    async def said(self, region: str, served: Served) -> list[Published]:
        """What it has said to others since it was asked last."""
        codecs = (Codec(CLAIM.events), Codec(RESERVATION.events), Codec(ROLL.events))
        page = await PROGRAM.service.pages(served.pool, codecs, ()).after(self.sent[region])
        self.sent[region] = page.last
        events = [(fact, published(fact.event)) for fact in read(page)]
        return [
            Published(event=event, stream=fact.stream, version=fact.version, at=fact.occurred_at)
            for fact, event in events
            if event is not None and addressees(event)
        ]


@pytest.fixture
async def provinces(subsidy_template: str, postgres_database: MakeDatabase, tmp_path: Path) -> AsyncIterator[Provinces]:
    folders = (tmp_path / HOME, tmp_path / HOST)
    for folder in folders:
        folder.mkdir()
    here, there = (postgres_database(template=subsidy_template) for _ in folders)
    async with (
        serving(PROGRAM, here, folders[0], region=HOME) as home,
        serving(PROGRAM, there, folders[1], region=HOST) as host,
    ):
        for region, served in ((HOME, home), (HOST, host)):
            await begun(served, region)
        yield Provinces(home, host)


async def begun(served: Served, region: str) -> None:
    """With the rules of the kind, and a handler who may decide."""
    text = text_of("520000-skill-upgrade").replace(HOME, region)
    officer: dict[str, str] = {"office": "rule-officer", "who": "ru", "region": region}
    assert (await served.post("/v1/rule-packs", {"text": text}, **officer)).status_code == 201
    assert (await commit(served, "hu")).status_code == 201


async def insured(served: Served, life: Life, region: str) -> None:
    await noted_as_insured(served, life, region)
    await served.catch_up()


async def noted_as_insured(served: Served, life: Life, region: str) -> None:
    body = {"insured": True, "valid_from": "2025-01-01", "document": "失保 2026-1"}
    answer = await served.post(f"/v1/workers/{life.worker}/insurance", body, office="clerk", who="cai", region=region)
    assert answer.status_code == 201, answer.text


async def why(served: Served, claim: str, region: str) -> dict[str, Any]:
    answer = await served.get(f"/v1/claims/{claim}/explain", None, office="handler", who="hu", region=region)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_guest_is_paid_once_whichever_province_asks_first(provinces: Provinces) -> None:
    home, host, guest = provinces.home, provinces.host, ABROAD.claim(KIND)
    await host.tell(certified_at_the_host(ABROAD), a_guest(ABROAD))
    await insured(host, ABROAD, "440306")
    waits = await why(host, guest, HOST)
    assert (waits["state"], waits["missing"], waits["region"]) == ("WAITING", ["reservation"], "440306")
    early = await decide(host, guest, region=HOST)
    assert early.json().get("code") == "claim_waits"
    await provinces.cross()
    assert (await decide(host, guest, region=HOST)).json()["amount"] == 100_000
    await home.tell(WANG.registered(), WANG.issued())
    await insured(home, WANG, COUNTY)
    assert (await decide(home, WANG.claim(KIND))).json()["state"] == "REFUSED"
    dossier = await home.get(f"/v1/workers/{WANG.worker}/dossier", None, **HANDLER)
    assert [(each["region"], each["claim"]) for each in dossier.json()["elsewhere"]] == [("440306", guest)]
    refused = await explained(home, WANG.claim(KIND))
    assert refused["decision"]["reasons"] == ["ALREADY_SUBSIDISED"]
    assert refused["decision"]["inputs"][-1]["value"] == f"440306/{guest}"
    await host.tell(ABROAD.revoked())
    await provinces.cross()
    assert (await explained(home, WANG.claim(KIND)))["state"] == "APPROVED", "it was never paid, and is given back"
    for served in (home, host):
        assert await verify(served.pool, PROGRAM.service.deciders) == []


async def test_a_restored_home_hears_of_the_holder_what_it_granted_before_it_gives_anything(
    provinces: Provinces, subsidy_template: str, postgres_database: MakeDatabase, tmp_path: Path
) -> None:
    """As after a backup that is older than the ask: home has a claim of its own, and knows nothing of the guest's."""
    host, guest = provinces.host, ABROAD.claim(KIND)
    await host.tell(certified_at_the_host(ABROAD), a_guest(ABROAD))
    await insured(host, ABROAD, "440306")
    await provinces.cross()
    assert (await decide(host, guest, region=HOST)).json()["amount"] == 100_000
    assert await provinces.home.pool.fetchval(RECOVERED) == 0, "it remembers"
    owner = postgres_database(template=subsidy_template)
    async with serving(PROGRAM, owner, tmp_path, region=HOME) as home:
        await begun(home, HOME)
        await home.tell(WANG.registered(), WANG.issued())
        await renew(owner)
        provinces.home, provinces.sent = home, {HOME: 0, HOST: 0}
        await noted_as_insured(home, WANG, COUNTY)
        await home.hear(*await provinces.said(HOST, host), said_in=HOST)
        await drain(home.pool, reader(home, "when_a_dossier_changes_open_its_claims_and_look_again"))
        with pytest.raises(Unavailable):
            await drain(home.pool, reader(home, "when_a_claim_asks_for_its_reservation_put_it_in_line"))
        await reads_again(home.store, HOME)
        await home.catch_up()
        assert await home.pool.fetchval(RECOVERED) == 1
        assert await provinces.said(HOME, home) == [], "its claim is as it was"
        assert (await decide(home, WANG.claim(KIND))).json()["state"] == "REFUSED"
        await host.tell(ABROAD.revoked())
        await provinces.cross()
        assert (await explained(home, WANG.claim(KIND)))["state"] == "APPROVED", "given back, as ever"
        assert await verify(home.pool, PROGRAM.service.deciders) == []


async def test_a_restored_home_waits_for_what_was_under_way_when_it_was_lost(
    provinces: Provinces, subsidy_template: str, postgres_database: MakeDatabase, tmp_path: Path
) -> None:
    """The grant lies in the host's inbox, and nobody there has read it when home forgets that it gave it."""
    host, guest = provinces.host, ABROAD.claim(KIND)
    await host.tell(certified_at_the_host(ABROAD), a_guest(ABROAD))
    await insured(host, ABROAD, "440306")
    asked = await provinces.said(HOST, host)
    await provinces.home.tell(*asked, said_in=HOST)
    (granted,) = await provinces.said(HOME, provinces.home)
    await host.hear(granted, said_in=HOME)
    owner = postgres_database(template=subsidy_template)
    async with serving(PROGRAM, owner, tmp_path, region=HOME) as home:
        await begun(home, HOME)
        await home.tell(WANG.registered(), WANG.issued())
        await renew(owner)
        provinces.home, provinces.sent[HOME] = home, 0
        await noted_as_insured(home, WANG, COUNTY)
        await speaks_anew(home.store, "subsidy", HOME, HOST)
        await home.hear(*asked, said_in=HOST)
        with pytest.raises(Unavailable):
            await home.catch_up()
        assert await home.pool.fetchval("select count(*) from log.guards where scope = 'occupation-level'") == 0
        (called,) = await provinces.said(HOME, home)
        await host.tell(called, said_in=HOME)
        held, answered = await provinces.said(HOST, host)
        await home.hear(held, said_in=HOST)
        with pytest.raises(Unavailable):
            await home.catch_up()
        await home.tell(answered, said_in=HOST)
        assert await home.pool.fetchval(RECOVERED) == 1
        assert (await decide(home, WANG.claim(KIND))).json()["state"] == "REFUSED"
        assert (await decide(host, guest, region=HOST)).json()["amount"] == 100_000


def reader(served: Served, name: str) -> PolicyWork:
    service = PROGRAM.service
    policy = next(each for each in service.policies if each.name == name)
    return PolicyWork(served.store, policy, service.pages_of(served.pool, policy))


async def test_what_another_province_may_not_say_is_refused_and_kept_as_such(provinces: Provinces) -> None:
    home, host = provinces.home, provinces.host
    await host.tell(certified_at_the_host(ABROAD), a_guest(ABROAD))
    await insured(host, ABROAD, "440306")
    asked = await provinces.said(HOST, host)
    await home.tell(*asked, said_in="430000")
    outcomes = await home.pool.fetch("select outcome from log.commands where id like '%another_province_asks%'")
    assert [row["outcome"] for row in outcomes] == [Outcome.REFUSED]
    assert await home.pool.fetchval("select count(*) from log.guards where scope = 'occupation-level'") == 0


async def test_travel_is_paid_at_home_by_what_the_host_confirmed(provinces: Provinces) -> None:
    home, career = provinces.home, Career(life=WANG)
    text = text_of("520526-cross-province-travel")
    officer = {"office": "rule-officer", "who": "ru"}
    assert (await home.post("/v1/rule-packs", {"text": text}, **officer)).status_code == 201
    await home.tell(WANG.registered(), career.begun("a", ISSUED.replace(month=3)))
    await home.tell(*(career.month("a", f"2026-0{n}") for n in (3, 4, 5)))
    waits = await explained(home, career.claim_id)
    assert (waits["kind"], waits["about"], waits["missing"]) == ("CROSS_PROVINCE_TRAVEL", "2026", ["ticket"])
    assert any("票款" in line for line in waits["zh"])
    seen = {"input": "ticket", "value": 48_000, "document": "车票 2026-8"}
    path = f"/v1/claims/{career.claim_id}/evidence"
    stranger = await home.post(path, seen, office="clerk", who="x", region="520181")
    assert stranger.status_code == 403
    wrong = await home.post(path, seen | {"input": "wages"}, **HANDLER)
    assert wrong.status_code == 422
    assert (await home.post(path, seen, office="clerk", who="cai", region=COUNTY)).status_code == 201
    await home.catch_up()
    decided = await decide(home, career.claim_id)
    assert decided.json()["amount"] == 48_000 + 180_000
    inputs = {each["name"]: each["fact"] for each in (await explained(home, career.claim_id))["decision"]["inputs"]}
    assert inputs["ticket"].startswith(f"dossier-{WANG.worker}/")
    assert inputs["wages"].endswith("job-month-noted.v1")
    assert inputs["paid_this_year"].startswith("allowance-")


async def test_insurance_is_paid_to_an_employer_elsewhere_by_the_home_of_the_worker(provinces: Provinces) -> None:
    home, life = provinces.home, WANG.but(groups=("POVERTY_LIFTED", "HARD_TO_EMPLOY"))
    career, officer = Career(life=life), {"office": "rule-officer", "who": "ru"}
    answer = await home.post("/v1/rule-packs", {"text": text_of("520000-social-insurance")}, **officer)
    assert answer.status_code == 201, answer.text
    await home.tell(life.registered(), career.begun("a", ISSUED.replace(month=1)), career.month("a", "2026-01"))
    claim = same_id("SOCIAL_INSURANCE", life.worker, same_id("employment", life.name, "a"))
    assert (await decide(home, claim)).json()["amount"] == 80_000
    await home.tell(career.month("a", "2026-02"), career.month("a", "2026-03", insured=False))
    why = await explained(home, claim)
    decision = why["decision"]
    assert (decision["amount"], decision["payee"]) == (160_000, {"kind": "ORGANISATION", "id": FACTORY})
    assert any("计算（月）：min(2, 36 - 0) = 2。" in line for line in why["zh"])
    assert await verify(home.pool, PROGRAM.service.deciders) == []
