"""What a service publishes of itself is what it does."""

import pytest

from tests.conformance.asking import EXAMPLES, ask
from tests.conformance.conftest import CITY, COUNTY, Known
from tests.e2e.province import Province

pytestmark = [pytest.mark.postgres, pytest.mark.kafka, pytest.mark.processes]


@pytest.mark.parametrize("service", ["registry", "reporting"])
def test_every_route_keeps_to_its_document_whatever_it_is_asked(province: Province, known: Known, service: str) -> None:
    numbers = [person.number for person in known.strangers]
    leading = {
        "path.survey": known.surveys[:20],
        "path.worker": known.workers[:20],
        "query.region": [COUNTY, CITY],
        "body.number": numbers,
        "body.household_region": [COUNTY],
        "body.surveys[*].number": numbers,
        "body.surveys[*].household_region": [COUNTY],
        "body.reviews[*].survey": known.surveys[:20],
    }
    report = ask(province, service, CITY, leading)
    assert not report.wrong, "\n\n".join(report.wrong[:10])
    document = province.clients[service].get("/openapi.json").json()
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            label = f"{method.upper()} {path}"
            assert report.asked[label] >= (EXAMPLES if operation.get("parameters") else 1), label
            done = [status for (asked, status) in report.answered if asked == label and status < 300]
            assert done, f"{label} was never answered with success"
