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
from draining import read
from eventcore.call import Outcome
from eventcore.codec import Codec
from eventcore.verify import verify
from job_facts import Career
from lb.local.databases import MakeDatabase
from published import Published
from rule_packs import text_of
from served import Served, serving
from subsidy.app import PROGRAM
from subsidy.claims.claim import CLAIM
from subsidy.claims.reservations.reservation import RESERVATION
from subsidy.publishing import published

WANG = Life(groups=("POVERTY_LIFTED",))
ABROAD = WANG.but(occupation=WELDER_BEFORE, issued_on=ISSUED.replace(month=5))
KIND = "SKILL_UPGRADE"


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
        codecs = (Codec(CLAIM.events), Codec(RESERVATION.events))
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
            text = text_of("520000-skill-upgrade").replace(HOME, region)
            officer: dict[str, str] = {"office": "rule-officer", "who": "ru", "region": region}
            assert (await served.post("/v1/rule-packs", {"text": text}, **officer)).status_code == 201
            assert (await commit(served, "hu")).status_code == 201
        yield Provinces(home, host)


async def insured(served: Served, life: Life, region: str) -> None:
    body = {"insured": True, "valid_from": "2025-01-01", "document": "失保 2026-1"}
    answer = await served.post(f"/v1/workers/{life.worker}/insurance", body, office="clerk", who="cai", region=region)
    assert answer.status_code == 201, answer.text
    await served.catch_up()


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
