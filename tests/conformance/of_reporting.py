"""Reporting: what each of its routes would accept, about reports of its own."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any, Final

from tests.conformance.offices import Service, Who
from tests.conformance.preparing import CITY, COUNTY
from tests.conformance.routes import Request
from tests.e2e.province import today

REPORTER: Final = Who(office="reporter")


def months() -> Iterator[str]:
    """Those that are over, the last one first."""
    day = today()
    while True:
        day = day.replace(day=1) - timedelta(days=1)
        yield f"{day:%Y-%m}"


def report(region: str, period: str) -> dict[str, str]:
    return {"kind": "MONTHLY", "region": region, "period": period}


class Reports:
    """The city's report of a month for each turn, frozen before anybody was surveyed."""

    def __init__(self, service: Service, turns: int) -> None:
        self._service = service
        self._periods = list(islice(months(), turns))
        self._frozen = [
            str(service.do("/v1/reports", report(CITY, period), **REPORTER)["report"]) for period in self._periods
        ]

    def places(self) -> dict[str, list[Any]]:
        """Each was restated once."""
        for frozen in self._frozen:
            self._service.do(f"/v1/reports/{frozen}/restatements", **REPORTER)
        return {"report": self._frozen, "restatement": [1]}

    def requests(self, turn: int) -> Iterator[Request]:
        ask = self._service.asker()
        yield ask("/v1/reports", report(COUNTY, self._periods[turn]))
        yield ask("/v1/reports/{report}/restatements", None, self._frozen[turn], nobody=(422, "request_invalid"))
