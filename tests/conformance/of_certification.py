"""Certification: what each of its routes would accept, about bodies, assessments and certificates of its own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import count
from typing import Any, Final

from lb.demo.classes import credit_code

from tests.conformance.of_training import OCCUPATION
from tests.conformance.offices import STARTS, Service, Who
from tests.conformance.preparing import CITY, COUNTY, EVIDENCE
from tests.conformance.routes import Request
from tests.e2e.province import today

OFFICER: Final = Who(office="assessment-officer")
HELD_ON: Final = STARTS + timedelta(days=10)
FEE: Final = 18_000
MARKED: Final = 3
"""Certificates that a turn suspends, reinstates or revokes."""
_NUMBERS: Final = count(800)


def registration() -> dict[str, Any]:
    """A body with a code and a site that no other has."""
    n = next(_NUMBERS)
    return {
        "body": credit_code("53", COUNTY, n),
        "title": "毕节某技能评价中心",
        "region": CITY,
        "kind": "SOCIAL",
        "filing_code": "9001",
        "site": f"{n:06}",
    }


def scope() -> dict[str, Any]:
    line = {"route": "LEVEL_RECOGNITION", "occupation": OCCUPATION, "level": "5"}
    return {"lines": [{**line, "valid_from": str(STARTS), "standard_fee": FEE}], "evidence": EVIDENCE}


def staff() -> dict[str, Any]:
    people = (("kao-1", "ASSESSOR"), ("kao-2", "ASSESSOR"), ("du-1", "SUPERVISOR"))
    members = [{"person": person, "role": role, "valid_from": str(STARTS)} for person, role in people]
    return {"members": members, "evidence": EVIDENCE}


class Certification:
    """The city's certification: one body that assesses."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._sessions: list[str] = []
        self.body = self.registered()
        self._do(f"/v1/assessment-bodies/{self.body}/scope", scope(), **OFFICER)
        self._do(f"/v1/assessment-bodies/{self.body}/staff", staff(), **OFFICER)
        self.centre = Who(office="assessment-body", region=COUNTY, organisation=self.body)

    def _do(self, path: str, body: Any = None, **who: Any) -> Any:
        return self._service.do(path, body, **who)

    def registered(self) -> str:
        body = registration()
        self._do("/v1/assessment-bodies", body, **OFFICER)
        return str(body["body"])

    def suspended(self) -> str:
        body = self.registered()
        self._do(f"/v1/assessment-bodies/{body}/suspension", {"reason": "QUALITY"}, **OFFICER)
        return body

    def session(self, training_class: str | None = None) -> dict[str, Any]:
        found = {
            "route": "LEVEL_RECOGNITION",
            "occupation": OCCUPATION,
            "level": "5",
            "held_on": str(HELD_ON),
            "region": COUNTY,
            "assessors": ["kao-1", "kao-2"],
            "supervisor": "du-1",
        }
        return found | ({"training_class": training_class} if training_class else {})

    def scheduled(self, training_class: str | None = None) -> str:
        return str(self._do("/v1/assessments", self.session(training_class), **self.centre)["assessment"])

    def attended(self, workers: Sequence[str], training_class: str | None = None) -> str:
        """A session with these candidates."""
        key = self.scheduled(training_class)
        self._do(f"/v1/assessments/{key}/candidates", {"workers": list(workers)}, **self.centre)
        return key

    def scores(self, workers: Iterable[str]) -> dict[str, Any]:
        return {"scores": [{"worker": each, "theory": 80, "practice": 75} for each in workers], "source": "exam-1"}

    def scored(self, workers: Sequence[str], training_class: str | None = None) -> str:
        key = self.attended(workers, training_class)
        self._do(f"/v1/assessments/{key}/scores", self.scores(workers), **self.centre)
        return key

    def certified(self, workers: Sequence[str], training_class: str | None = None) -> dict[str, str]:
        """Worker -> certificate, of a session that all of these passed."""
        self._sessions.append(self.scored(workers, training_class))
        path = f"/v1/assessments/{self._sessions[-1]}"
        confirming = Who(**self.centre, subject="confirmer")
        self._do(f"{path}/confirmation", {"issued_on": str(HELD_ON)}, **confirming)
        shown = self._service.get(path, **self.centre)
        return {each["worker"]: each["certificate"] for each in shown["candidates"]}

    def revoke(self, certificate: str) -> None:
        self._do(f"/v1/certificates/{certificate}/revocation", {"reason": "WRONG_PERSON"}, **OFFICER)

    def number(self, worker: str) -> str:
        """Of the certificate that a worker has."""
        (found,) = self._service.get(f"/v1/workers/{worker}/certificates", **OFFICER)["certificates"]
        return str(found["number"])

    def places(self, certified: Mapping[str, str]) -> dict[str, list[Any]]:
        numbers = [self.number(worker) for worker in certified]
        return {"body": [self.body], "assessment": self._sessions, "number": numbers}

    def requests(self, workers: Sequence[str], certified: Mapping[str, str]) -> Iterator[Request]:
        """Workers without certificates, and at least `MARKED` with one: worker -> certificate."""
        yield from self._of_bodies()
        yield from self._of_assessments(workers)
        yield from self._of_certificates(list(certified.values()))

    def check(self, worker: str, last_four: str) -> Request:
        body = {"number": self.number(worker), "last_four": last_four}
        return self._service.asker()("/v1/certificate-checks", body)

    def _of_bodies(self) -> Iterator[Request]:
        ask, path, codes = self._service.asker(), "/v1/assessment-bodies/{body}", {"nobody": (422, "request_invalid")}
        filed = {"region": COUNTY, "valid_from": str(STARTS), "valid_to": str(today()), "evidence": EVIDENCE}
        yield ask("/v1/assessment-bodies", registration())
        yield ask(f"{path}/scope", scope(), self.registered(), **codes)
        yield ask(f"{path}/staff", staff(), self.registered(), **codes)
        yield ask(f"{path}/mobile-filings", filed, self.registered(), **codes)
        yield ask(f"{path}/suspension", {"reason": "QUALITY"}, self.registered(), **codes)
        yield ask(f"{path}/resumption", None, self.suspended(), **codes)

    def _of_assessments(self, workers: Sequence[str]) -> Iterator[Request]:
        """Of another body nobody learns whether there is such a session."""
        ask, path = self._service.asker(), "/v1/assessments/{assessment}"
        own: dict[str, Any] = {**self.centre, "elsewhere": (404, "not_found")}
        unknown = {**self.centre, "elsewhere": (409, "assessment_body_not_registered")}
        scored = self.scored(workers)
        yield ask("/v1/assessments", self.session(), **unknown)
        yield ask(f"{path}/candidates", {"workers": list(workers)}, self.scheduled(), **own)
        yield ask(f"{path}/scores", self.scores(workers), self.attended(workers), **own)
        yield ask(f"{path}/confirmation", {"issued_on": str(HELD_ON)}, scored, **own, subject="confirmer", sparse=True)
        yield ask(f"{path}/voiding", {"reason": "RULES_BROKEN"}, self.scheduled())

    def _of_certificates(self, certificates: list[str]) -> Iterator[Request]:
        ask, path = self._service.asker(), "/v1/certificates/{certificate}"
        standing, suspended, fallen = certificates[:MARKED]
        self._do(f"/v1/certificates/{suspended}/suspension", {"reason": "COMPLAINT"}, **OFFICER)
        together = {"assessment": self.scheduled(), "reason": "FRAUD"}
        yield ask(f"{path}/suspension", {"reason": "COMPLAINT"}, standing)
        yield ask(f"{path}/reinstatement", {"on": str(today())}, suspended, sparse=True)
        yield ask(f"{path}/revocation", {"reason": "FRAUD"}, fallen)
        yield ask("/v1/certificate-revocations", together)
