"""Jobs: what each of their routes would accept, about workers who are registered and a graduate of a class."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any, Final

from lb.demo.classes import credit_code

from tests.conformance.of_placement import HOST, OFFICER
from tests.conformance.of_training import OCCUPATION
from tests.conformance.offices import STARTS, Service
from tests.conformance.preparing import EVIDENCE
from tests.conformance.routes import Request
from tests.e2e.province import today

LAST: Final = today() - timedelta(days=3)
"""Of a job that ended."""
_EMPLOYERS: Final = count(700)


def contract() -> dict[str, Any]:
    return {"signed_on": str(STARTS), "ends_on": str(today() + timedelta(days=700))}


def start(on: date = STARTS) -> dict[str, Any]:
    return {"started_on": str(on)}


def hiring(worker: str, begins: dict[str, Any]) -> dict[str, Any]:
    """At an employer where the worker has not been."""
    return {
        "worker": worker,
        "employer": credit_code("91", HOST, next(_EMPLOYERS)),
        "region": HOST,
        "occupation": OCCUPATION,
        "form": "ENTERPRISE",
        "begins": begins,
    }


def month() -> dict[str, Any]:
    return {"month": f"{STARTS:%Y-%m}", "days": 1, "wage": 520_000, "insured": True}


class Jobs:
    """Of each turn: one who works at several places, and one who has stopped without looking for another job."""

    def __init__(self, service: Service, turns: Sequence[tuple[str, str]]) -> None:
        self._service, self._turns = service, turns
        for working, stopped in turns:
            self.hired(working, start())
            self.ended(self.hired(stopped, start()), "RETIRED")
        service.province.settle()
        self._shown = self.hired(turns[0][0], start())

    def hired(self, worker: str, begins: dict[str, Any]) -> str:
        return str(self._service.do("/v1/employments", hiring(worker, begins), **OFFICER)["employment"])

    def ended(self, job: str, reason: str) -> None:
        body = {"ended_on": str(LAST), "reason": reason}
        self._service.do(f"/v1/employments/{job}/end", body, **OFFICER)

    def places(self) -> dict[str, list[Any]]:
        return {"employment": [self._shown]}

    def requests(self, turn: int, training_class: str, graduate: str) -> Iterator[Request]:
        yield from self._of_jobs(self._turns[turn][0])
        yield from self._of_follow_up(*self._turns[turn])
        path = "/v1/workers/{worker}/placement-duties/{training_class}/delegation"
        delegate = {"delegate": credit_code("91", HOST, next(_EMPLOYERS)), "kind": "LABOUR_EXPORT"}
        ask, body = self._service.asker(), {**delegate, "evidence": EVIDENCE}
        yield ask(path, body, graduate, training_class, office="placement-officer")

    def _of_jobs(self, worker: str) -> Iterator[Request]:
        ask, path = self._service.asker(), "/v1/employments/{employment}"
        who: dict[str, Any] = {"office": "placement-officer"}
        yield ask("/v1/employments", hiring(worker, start()), **who)
        yield ask(f"{path}/contracts", contract(), self.hired(worker, start()), **who)
        yield ask(f"{path}/start", start(), self.hired(worker, contract()), **who)
        yield ask(f"{path}/months", month(), self.hired(worker, start()), **who)
        ending = {"ended_on": str(LAST), "reason": "RESIGNED"}
        yield ask(f"{path}/end", ending, self.hired(worker, start()), **who)
        line = {"employment": self.hired(worker, start()), **month()}
        yield ask("/v1/month-batches", {"months": [line]}, **who)

    def _of_follow_up(self, working: str, stopped: str) -> Iterator[Request]:
        ask, path = self._service.asker(), "/v1/workers/{worker}"
        visit = {"made_on": str(LAST), "kind": "CALL", "finding": "AT_WORK", "evidence": EVIDENCE}
        yield ask(f"{path}/visits", visit, working)
        yield ask(f"{path}/helper", {"case_worker": f"T-{next(_EMPLOYERS)}"}, working)
        yield ask(f"{path}/unemployment", {"registered_on": str(LAST)}, stopped, sparse=True)
