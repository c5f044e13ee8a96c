"""Reporting: what each of its routes would accept, about reports of its own."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.conformance.offices import Service
from tests.conformance.preparing import CITY, COUNTY
from tests.conformance.routes import Request
from tests.e2e.province import today


def months() -> Iterator[str]:
    """Those that are over, the last one first."""
    day = today().replace(day=1)
    while True:
        day = (day - timedelta(days=1)).replace(day=1)
        yield month(day)


def month(day: date) -> str:
    return f"{day:%Y-%m}"


def requests(service: Service, period: str) -> Iterator[Request]:
    """Of a month that is over."""
    ask = service.asker()
    frozen = service.do("/v1/reports", report(CITY, period), office="reporter")["report"]
    yield ask("/v1/reports", report(COUNTY, period))
    yield ask("/v1/reports/{report}/restatements", None, frozen, nobody=(422, "request_invalid"))


def report(region: str, period: str) -> dict[str, str]:
    return {"kind": "MONTHLY", "region": region, "period": period}
