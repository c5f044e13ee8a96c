"""What the page of subsidy shows is accepted: rules and handlers, claims and their evidence, funds and payees."""

from typing import Final

from as_shown import WORKER, AsShown
from claim_facts import Life
from claims_office import CLERK, HANDLER, SUPERVISOR
from served import Served

WANG, LI = Life(), Life(name="li")

PLACES: Final = {
    "handler": "sun",
    "worker": WORKER,
    "claim": "0190a1b2-0000-5000-8000-0000000000e1",
    "risk": "raised",
    "fund": "EMPLOYMENT_SUBSIDY",
    "payee": "12520000MA6DT1234P",
    "batch": "proposed",
}
PAYMENT: Final = "0190a1b2-0000-5000-8000-0000000000f1"
HASH: Final = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
RULES: Final = {"office": "rule-officer"}
TREASURER: Final = {"office": "fund-officer"}
RELEASER: Final = {"office": "releaser", "who": "rui"}
SECOND: Final = {"office": "fund-officer", "who": "zhang"}


async def test_rules_and_those_who_go_by_them_are_as_shown(subsidy: Served) -> None:
    shown = AsShown(subsidy, PLACES)
    await shown.post("/v1/pack-simulations", RULES)
    await shown.post("/v1/rule-packs", RULES)
    for what in ("commitments", "briefings"):
        await shown.post(f"/v1/handlers/{{handler}}/{what}", SUPERVISOR)
    risk = (await shown.post("/v1/risks", SUPERVISOR))["risk"]
    await shown.post("/v1/risks/{risk}/outcome", SUPERVISOR, risk=risk)


async def test_claims_are_decided_and_paid_as_shown(office: Served) -> None:
    other = "0190a1b2-0000-5000-8000-0000000000e2"
    living = {PLACES["claim"]: WANG.claim("LIVING"), other: LI.claim("LIVING")}
    shown = AsShown(office, PLACES, {WORKER: WANG.worker, **living})
    await office.tell(*(fact for each in (WANG, LI) for fact in (each.completed(), each.registered())))
    for what in ("insurance", "help"):
        await shown.post(f"/v1/workers/{{worker}}/{what}", CLERK)
    for what in ("hold", "hold-end"):
        await shown.post(f"/v1/claims/{{claim}}/{what}", HANDLER)
    await shown.post("/v1/decision-batches", HANDLER)
    await office.catch_up()
    await shown.post("/v1/funds/{fund}/allocations", TREASURER)
    orders = (await office.get(f"/v1/claims/{WANG.claim('LIVING')}/payments", None, **TREASURER)).json()["orders"]
    shown.given[PAYMENT] = orders[-1]["payment"]
    proposed = await shown.post("/v1/payment-batches", TREASURER)
    await shown.post("/v1/payment-batches/{batch}/removals", TREASURER, batch=proposed["batch"])
    await office.catch_up()
    shown.given[HASH] = (await office.get(f"/v1/payment-batches/{proposed['batch']}", None, **TREASURER)).json()["hash"]
    await shown.post("/v1/payment-batches/{batch}/approvals", RELEASER, batch=proposed["batch"])
    await office.catch_up()
    again = await shown.post("/v1/payment-batches", TREASURER)
    await shown.post("/v1/payment-batches/{batch}/cancellation", TREASURER, batch=again["batch"])
    await shown.post("/v1/claims/{claim}/appeal", CLERK)
    await shown.post("/v1/claims/{claim}/appeal-decision", SUPERVISOR)


async def test_funds_and_payees_are_as_shown(subsidy: Served) -> None:
    shown = AsShown(subsidy, PLACES)
    for what in ("allocations", "freeze", "explanations"):
        await shown.post(f"/v1/funds/{{fund}}/{what}", TREASURER)
    await shown.post("/v1/funds/{fund}/unfreeze", SECOND)
    await shown.post("/v1/payees/{payee}/account", TREASURER)
    await shown.post("/v1/payees/{payee}/confirmation", SECOND)
