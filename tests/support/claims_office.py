"""The offices that decide claims, as they call the service."""

from collections.abc import Mapping
from typing import Any, Final

from claim_facts import COUNTY, Life
from httpx import Response
from rule_packs import text_of
from served import Served

HANDLER: Final = {"office": "handler", "who": "hu"}
SUPERVISOR: Final = {"office": "supervisor", "who": "su"}
CLERK: Final = {"office": "clerk", "who": "cai", "region": COUNTY}
COMMITMENT: Final = {"signed_on": "2026-01-05", "valid_to": "2027-01-05", "document": "廉承 2026-17"}


async def commit(served: Served, handler: str) -> Response:
    return await served.post(f"/v1/handlers/{handler}/commitments", COMMITMENT, **SUPERVISOR)


async def decide(served: Served, claim: str, **caller: str) -> Response:
    return await served.post(f"/v1/claims/{claim}/decision", **(HANDLER | caller))


async def explained(served: Served, claim: str) -> Mapping[str, Any]:
    answer = await served.get(f"/v1/claims/{claim}/explain", None, **HANDLER)
    assert answer.status_code == 200, answer.text
    found: Mapping[str, Any] = answer.json()
    return found


async def claims_of(served: Served, life: Life) -> Mapping[str, Mapping[str, Any]]:
    answer = await served.get(f"/v1/workers/{life.worker}/claims", None, **HANDLER)
    assert answer.status_code == 200, answer.text
    return {each["kind"]: each for each in answer.json()["claims"]}


async def opened(served: Served) -> Served:
    """The four packs are published, and the handler may decide."""
    for kind in ("training", "living", "assessment", "skill-upgrade"):
        text = text_of(f"520000-{kind}")
        published = await served.post("/v1/rule-packs", {"text": text}, office="rule-officer", who="ru")
        assert published.status_code == 201, published.text
    assert (await commit(served, "hu")).status_code == 201
    return served
