"""A class of four goes the demonstration's way: taught, certified, paid, reconciled, corrected where a fact falls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import httpx
from lb.demo.assessments import Bodies, Certified
from lb.demo.classes import Held, Training
from lb.demo.corrections import Correction, corrected
from lb.demo.counties import PLAN, Trainee
from lb.demo.subsidies import Subsidies
from lb.people import people
from lb.sample.residents import account_of

from tests.e2e.province import REGION, Province, today

COUNTY: Final = "520625"
CITY: Final = f"{COUNTY[:4]}00"
HEADS: Final = 4
GROUP: Final = "HARD_TO_EMPLOY"
EVIDENCE: Final = "铜人社〔2026〕7号"
KINDS: Final = ("TRAINING", "ASSESSMENT", "LIVING")
TO_LEARN: Final[dict[str, Any]] = {
    "groups": [{"group": GROUP, "valid_from": "2022-01-01"}],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Yuan:
    """What came of it."""

    trainees: Sequence[Trainee]
    surveys: Mapping[str, str]
    """Worker -> survey."""
    held: Held
    certified: Sequence[Certified]
    decided: Sequence[Mapping[str, Any]]
    """Claims, as they were decided first."""
    paid: Mapping[str, Any]
    """The day as it was reconciled then."""
    correction: Correction
    fallen: Certified
    settled: Mapping[str, Any]
    """The day as it was reconciled in the end."""
    ours: Mapping[str, int]
    """Order -> fen, by our own account."""
    banks: Mapping[str, int]
    """And by the bank's own list."""
    ledger: Mapping[str, Any]


async def walk(province: Province, trainees: Sequence[Trainee], surveys: Mapping[str, str]) -> Yuan:
    """The whole of it, through REST. Trainees are designated, and of one county."""
    async with httpx.AsyncClient() as client:
        training, bodies = Training(province.deployment, client), Bodies(province.deployment, client)
        subsidies = Subsidies(province.deployment, client)
        (held,) = await training.train(trainees, _quietly)
        certified = await bodies.certify([held], _quietly)
        await subsidies.prepare([*training.institutions.values(), *bodies.bodies.values()])
        await subsidies.decide(await subsidies.opened(dict.fromkeys(KINDS, len(trainees))), _quietly)
        await subsidies.pay(_quietly)
        decided = [each async for each in subsidies.claims()]
        paid, fallen = await subsidies.reconcile(), certified[1]
        revoke(province, fallen.certificate)
        await training.correct_attendance(held)
        correction = await corrected(subsidies, [fallen], held)
        province.settle()
        await subsidies.recover([each for each in correction.adjusted if each["state"] == "REFUSED"])
        await subsidies.pay(_quietly)
        settled = await subsidies.reconcile()
        ours, banks = await subsidies.executed()
        province.settle()
        return Yuan(
            trainees=trainees,
            surveys=surveys,
            held=held,
            certified=certified,
            decided=decided,
            paid=paid,
            correction=correction,
            fallen=fallen,
            settled=settled,
            ours=ours,
            banks=banks,
            ledger=await subsidies.ledger(),
        )


def designate(province: Province) -> tuple[list[Trainee], dict[str, str]]:
    """Four workers who wish to learn; each survey is a request of its own. Worker -> survey."""
    persons = list(islice(people(100, 47, today=today(), counties=(COUNTY,)), HEADS))
    made = [_post(province, "surveyor", "surveys", each.survey() | TO_LEARN, region=COUNTY) for each in persons]
    for each in made:
        _post(province, "reviewer", f"surveys/{each['survey']}/approval")
    province.settle()
    trainees = [
        trainee(province, person.number, each["worker"], account_of(830_000_000 + n))
        for n, (person, each) in enumerate(zip(persons, made, strict=True))
    ]
    return trainees, {each["worker"]: each["survey"] for each in made}


def trainee(province: Province, number: str, worker: str, account: str, county: str = COUNTY) -> Trainee:
    """A worker with an account and a wish, designated."""
    paid_to, path = {"account": account, "bank": "中国农业银行", "evidence": EVIDENCE}, f"workers/{worker}"
    wishes = {"wishes": ["VOCATIONAL_TRAINING"], "evidence": EVIDENCE}
    for office, what, body in (
        ("clerk", "bank-account", paid_to),
        ("clerk", "wishes", wishes),
        ("registrar", "eligibility", {"able_to_work": True}),
        ("registrar", "designation", {"plan": PLAN, "evidence": EVIDENCE}),
    ):
        _post(province, office, f"{path}/{what}", body, region=f"{county[:4]}00")
    return Trainee(worker=worker, county=county, groups=(GROUP,), number=number)


def revoke(province: Province, certificate: str) -> None:
    headers = province.headers("assessment-officer", REGION)
    path = f"/v1/certificates/{certificate}/revocation"
    answer = province.clients["certification"].post(path, json={"reason": "WRONG_PERSON"}, headers=headers)
    assert answer.status_code == 201, answer.text


def _post(province: Province, office: str, path: str, body: Any = None, region: str = CITY) -> Any:
    answer = province.registry.post(f"/v1/{path}", json=body, headers=province.headers(office, region))
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


def _quietly(_: int = 0) -> None: ...
