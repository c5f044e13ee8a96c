"""Placement: what each of its routes would accept, about employers, vacancies, agreements and runs of its own."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any, Final

from lb.demo.classes import credit_code

from tests.conformance.of_training import OCCUPATION
from tests.conformance.offices import Service, Who
from tests.conformance.preparing import COUNTY, EVIDENCE
from tests.conformance.routes import Request
from tests.e2e.province import today

OFFICER: Final = Who(office="placement-officer")
HOST: Final = "520524"
"""Another county of the city, where the work is."""
CRITERIA: Final = ("MANAGEMENT", "RESPONSIBILITY", "POSTS")
SEATS: Final = 200
_NUMBERS: Final = count(900)


def registration() -> dict[str, Any]:
    return {"employer": credit_code("91", HOST, next(_NUMBERS)), "title": "织金某服装厂", "region": HOST}


def base() -> dict[str, Any]:
    return {"application": EVIDENCE, "criteria": [{"criterion": each, "evidence": EVIDENCE} for each in CRITERIA]}


def terms(heads: int = 2) -> dict[str, Any]:
    return {
        "kind": "REGULAR",
        "occupation": OCCUPATION,
        "region": HOST,
        "heads": heads,
        "wage_from": 400_000,
        "wage_to": 500_000,
        "open_until": str(today() + timedelta(days=60)),
    }


def agreement() -> dict[str, Any]:
    return {
        "side": "HOME",
        "kind": "COUNTY_PAIR",
        "home": COUNTY,
        "host": HOST,
        "quota": 50,
        "valid_from": str(today()),
        "valid_to": str(today() + timedelta(days=365)),
    }


class Placement:
    """The city's placement: an employer in one county, workers who wish a job in the other."""

    def __init__(self, service: Service, turns: int) -> None:
        self._service, self._turns = service, turns
        self._employer = self.registered()
        self._factory = Who(office="employer", organisation=self._employer)
        self._offered = [self.proposed() for _ in range(turns)]
        self._signed = [self.proposed() for _ in range(turns)]
        self._open = self.published(SEATS)
        service.province.settle()
        for each in self._signed:
            service.do(f"/v1/agreements/{each}/signature", {"side": "HOST"}, **OFFICER)
        self._run = str(service.do("/v1/matching-runs", {"region": COUNTY}, **OFFICER)["run"])
        shown = service.get(f"/v1/matching-runs/{self._run}", **OFFICER)["proposals"]
        self._proposed = [str(each["worker"]) for each in shown]

    def registered(self) -> str:
        return str(self._service.do("/v1/employers", registration(), **OFFICER)["employer"])

    def selected(self) -> str:
        employer = self.registered()
        self._service.do(f"/v1/employers/{employer}/base", base(), **OFFICER)
        return employer

    def proposed(self) -> str:
        return str(self._service.do("/v1/agreements", agreement(), **OFFICER)["agreement"])

    def published(self, heads: int = 2, agreement: str | None = None) -> str:
        body = {**terms(heads), "employer": self._employer, "agreement": agreement}
        return str(self._service.do("/v1/vacancies", body, **self._factory)["vacancy"])

    def shared(self) -> tuple[str, str]:
        """An agreement in force, and a vacancy that is shared under it."""
        return self._signed[0], self.published(SEATS, self._signed[0])

    def places(self) -> dict[str, list[Any]]:
        return {
            "employer": [self._employer],
            "vacancy": [self._open],
            "agreement": self._signed,
            "run": [self._run],
        }

    def requests(self, turn: int) -> Iterator[Request]:
        yield from self._of_employers()
        yield from self._of_vacancies(turn)
        yield from self._of_agreements(turn)
        yield from self._of_matching(turn)

    def _of_employers(self) -> Iterator[Request]:
        ask, path, codes = self._service.asker(), "/v1/employers/{employer}", {"nobody": (422, "request_invalid")}
        yield ask("/v1/employers", registration())
        yield ask(f"{path}/base", base(), self.registered(), **codes)
        revoked = {"ground": "NO_HIRING", "evidence": EVIDENCE}
        yield ask(f"{path}/base-revocation", revoked, self.selected(), **codes)
        yield ask(f"{path}/titles", {"title": "INTEGRITY_UNIT", "evidence": EVIDENCE}, self.registered(), **codes)

    def _of_vacancies(self, turn: int) -> Iterator[Request]:
        """Of another employer nobody learns whether there is such a vacancy."""
        ask, path = self._service.asker(), "/v1/vacancies/{vacancy}"
        own: dict[str, Any] = {**self._factory, "elsewhere": (404, "not_found")}
        yield ask("/v1/vacancies", {**terms(), "employer": self._employer}, **own)
        yield ask(f"{path}/terms", terms(heads=3), self.published(), **own)
        yield ask(f"{path}/sharing", {"agreement": self._signed[turn]}, self.published())
        yield ask(f"{path}/closing", {"reason": "WITHDRAWN"}, self.published(), **own)

    def _of_agreements(self, turn: int) -> Iterator[Request]:
        ask, path = self._service.asker(), "/v1/agreements/{agreement}"
        yield ask("/v1/agreements", agreement())
        yield ask(f"{path}/signature", {"side": "HOST"}, self._offered[turn])
        yield ask(f"{path}/end", {"side": "HOST", "reason": "MUTUAL"}, self.proposed_and_known())

    def proposed_and_known(self) -> str:
        """By the host, so that it is there to end without the other side."""
        body = {**agreement(), "side": "HOST"}
        return str(self._service.do("/v1/agreements", body, **OFFICER)["agreement"])

    def _of_matching(self, turn: int) -> Iterator[Request]:
        ask, path = self._service.asker(), "/v1/matching-runs/{run}"
        accepting, declining = self._proposed[2 * turn : 2 * turn + 2]
        yield ask("/v1/matching-runs", {"region": COUNTY})
        yield ask(f"{path}/acceptance", {"worker": accepting, "evidence": EVIDENCE}, self._run)
        yield ask(f"{path}/declination", {"worker": declining, "reason": "PLACE"}, self._run)
