"""Certification in the demonstration: a body in every county assesses each class, and some certificates fall later."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

import httpx

from lb.demo.classes import TRADES, Held, credit_code
from lb.demo.counties import Trainee
from lb.demo.offices import Office, each_of
from lb.demo.quiet import settled
from lb.deployment import Deployment
from lb.problems import Problem

HELD_ON: Final = "2026-09-20"
ISSUED_ON: Final = "2026-09-25"
FEE: Final = 18_000
"""Fen."""
REVOKED: Final = 20
_STAFF: Final = ("K-1", "K-2")
_SUPERVISOR: Final = "D-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """A worker with a certificate."""

    certificate: str
    trainee: Trainee
    held: Held


class Bodies:
    """The labour department's side of certification, and an assessment body in every county."""

    def __init__(self, deployment: Deployment, client: httpx.AsyncClient) -> None:
        self._certification = deployment.address("certification")
        self._deployment, self._client = deployment, client
        self._officer = Office(deployment, client, "assessment-officer", deployment.region)
        self._operator = Office(deployment, client, "operator", deployment.region)
        self._keys = count()
        self.bodies: dict[str, str] = {}
        """By county."""

    async def certify(self, held: Sequence[Held], advance: Callable[[], None]) -> list[Certified]:
        """Everything from the body's filing to the last certificate. Later classes are of the same counties."""
        counties = sorted({each.county for each in held})
        if not self.bodies:
            self.bodies = {county: credit_code("53", county, n) for n, county in enumerate(counties, 500)}
            await each_of(self.bodies.items(), self._file)
        bodies = self.bodies
        for each in held:
            await self._officer.until_there(f"{self._certification}/v1/training-classes/{each.training_class}")
        await settled(self._deployment, self._operator, "certification")
        found = await each_of(held, lambda each: self._assess(bodies[each.county], each), advance)
        await settled(self._deployment, self._operator, "certification")
        return [each for certified in found for each in certified]

    async def revoke(self, certified: Sequence[Certified]) -> list[Certified]:
        """Of some of them it comes out that somebody else sat the test."""
        fallen = [each for n, each in enumerate(certified) if n % (len(certified) // REVOKED) == 0][:REVOKED]
        for each in fallen:
            await self._do(self._officer, f"certificates/{each.certificate}/revocation", {"reason": "WRONG_PERSON"})
        return fallen

    async def _file(self, where: tuple[str, str]) -> None:
        county, code = where
        body = {
            "body": code,
            "title": f"{county}技能评价中心",
            "region": county,
            "kind": "SOCIAL",
            "filing_code": county[2:],
            "site": county,
        }
        await self._do(self._officer, "assessment-bodies", body)
        lines = [
            {
                "route": "LEVEL_RECOGNITION",
                "occupation": each.occupation,
                "level": each.level,
                "valid_from": "2026-01-01",
                "standard_fee": FEE,
            }
            for each in TRADES
        ]
        scope = {"lines": lines, "evidence": f"{county}-备案-1"}
        await self._do(self._officer, f"assessment-bodies/{code}/scope", scope)
        members = [{"person": each, "role": "ASSESSOR", "valid_from": "2026-01-01"} for each in _STAFF]
        members += [{"person": _SUPERVISOR, "role": "SUPERVISOR", "valid_from": "2026-01-01"}]
        staff = {"members": members, "evidence": f"{county}-备案-2"}
        await self._do(self._officer, f"assessment-bodies/{code}/staff", staff)

    async def _assess(self, body: str, held: Held) -> list[Certified]:
        """One session for everybody who completed the class; another person confirms the results."""
        office = Office(self._deployment, self._client, "assessment-body", held.county, organisation=body)
        session = {
            "route": "LEVEL_RECOGNITION",
            "occupation": held.trade.occupation,
            "level": held.trade.level,
            "held_on": HELD_ON,
            "region": held.county,
            "assessors": list(_STAFF),
            "supervisor": _SUPERVISOR,
            "training_class": held.training_class,
        }
        where = f"assessments/{(await self._do(office, 'assessments', session))['assessment']}"
        await self._do(office, f"{where}/candidates", {"workers": [each.worker for each in held.passed]})
        scores = [
            {"worker": each.worker, "theory": 55 if n % 29 == 28 else 60 + n, "practice": 75}
            for n, each in enumerate(held.passed)
        ]
        await self._do(office, f"{where}/scores", {"scores": scores, "source": "exam-system-1"})
        other = Office(
            self._deployment, self._client, "assessment-body", held.county, organisation=body, person="zhang"
        )
        await self._do(other, f"{where}/confirmation", {"issued_on": ISSUED_ON})
        shown = await office.get(f"{self._certification}/v1/{where}")
        return _certified(held, shown["candidates"])

    async def _do(self, office: Office, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        return await office.do(f"{self._certification}/v1/{path}", f"certification-{next(self._keys)}", body)


def _certified(held: Held, candidates: Sequence[dict[str, Any]]) -> list[Certified]:
    """Those who passed, by what they scored. Problem where the service says otherwise."""
    given = {each["worker"]: each["certificate"] for each in candidates if each["certificate"]}
    right = {each.worker: each for n, each in enumerate(held.passed) if n % 29 != 28}
    if given.keys() != right.keys():
        raise Problem(
            f"{held.training_class}: {len(given)} certificates for {len(right)} who passed.", do="Report this."
        )
    return [Certified(certificate=given[worker], trainee=trainee, held=held) for worker, trainee in right.items()]
