"""What a service publishes of itself is what it does."""

from typing import Any, Final

import pytest

from tests.conformance.acceptable import EXPORTED_TO, PLATFORM, acceptable
from tests.conformance.asking import EXAMPLES, Report, ask_all
from tests.conformance.conftest import Known
from tests.conformance.leading import Leading
from tests.conformance.preparing import CITY, COUNTY, EVIDENCE
from tests.conformance.routes import SERVICES, Request, posts
from tests.e2e.province import Province, today

pytestmark = [pytest.mark.postgres, pytest.mark.kafka, pytest.mark.processes]

FIRST: Final = 0
LASTING: Final = ("erasure", "death", "duplicates", "restriction", "settlement", "region")
"""Ends of paths after which a worker or a household is no longer what it was: each has one of its own."""
REGISTERED: Final = "registered-poverty"


def leading(known: Known, service: str) -> Leading:
    """What leads somewhere at this service."""
    requests = {route.label: acceptable(route, known, FIRST) for route in posts(service)}
    if service == "registry":
        return of_registry(known, requests)
    region, day = [COUNTY, CITY], [str(today())]
    common: dict[str, list[Any]] = {
        "query.region": region,
        "query.on": day,
        "query.as_of": day,
        "body.region": [COUNTY],
    }
    own = {label: {f"path.{name}": [id] for name, id in each.places.items()} for label, each in requests.items()}
    readable = {name: [id] for each in requests.values() for name, id in each.places.items()} | known.places
    common |= {f"path.{name}": ids for name, ids in readable.items()}
    return Leading(requests=requests, common=common, own=own)


def of_registry(known: Known, requests: dict[str, Request]) -> Leading:
    grounds = known.grounds[FIRST]
    lasting = {label for label in requests if label.rpartition("/")[2] in LASTING}
    read = [grounds[label.split(" ")[1]] for label in requests if label not in lasting]
    numbers, day = [person.number for person in known.strangers], [str(today())]
    ends = grounds["/v1/workers/{worker}/group-ends"]
    common = {
        "path.survey": known.surveys,
        "path.worker": [ground.worker for ground in read],
        "path.household": [ground.household for ground in read if ground.household],
        "path.trainee_list": [ground.trainee_list for ground in read if ground.trainee_list],
        "path.conflict": list(known.found.conflicts[:-1]),
        "path.run": [known.found.run],
        "path.source": [REGISTERED],
        "path.id": known.imports,
        "path.name": ["household-relations", "administrative-divisions"],
        "query.region": [COUNTY, CITY],
        "query.on": day,
        "query.since": day,
        "query.until": day,
        "body.number": numbers,
        "body.region": [COUNTY],
        "body.evidence": [EVIDENCE],
        "body.household_region": [COUNTY],
        "body.surveys[*].number": numbers,
        "body.surveys[*].household_region": [COUNTY],
        "body.reviews[*].survey": known.surveys,
    }
    own = {
        label: {f"path.{name}": [value] for name, value in request.places.items()}
        for label, request in requests.items()
        if label in lasting or request.subject
    }
    own |= {
        "POST /v1/sources/{source}/exports": {
            "path.source": [EXPORTED_TO, PLATFORM],
            "body.surveys[*]": [ground.approved for ground in read],
        },
        "POST /v1/workers/{worker}/group-ends": {
            "path.worker": [ends.worker],
            "body.group": list(ends.person.groups),
            "body.valid_to": day,
        },
        "POST /v1/sources/{source}/surveys": {"path.source": [PLATFORM]},
    }
    return Leading(requests=requests, common=common, own=own)


@pytest.fixture(scope="module")
def reports(province: Province, known: Known) -> dict[str, Report]:
    return ask_all(province, {service: leading(known, service) for service in SERVICES})


@pytest.mark.parametrize("service", SERVICES)
def test_every_route_keeps_to_its_document_whatever_it_is_asked(
    province: Province, known: Known, reports: dict[str, Report], service: str
) -> None:
    report = reports[service]
    assert not report.wrong, "\n\n".join(report.wrong[:10])
    document = province.clients[service].get("/openapi.json").json()
    refused = {route.path for route in posts(service) if acceptable(route, known, FIRST).refused}
    never = []
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            label = f"{method.upper()} {path}"
            assert report.asked[label] >= (EXAMPLES if operation.get("parameters") else 1), label
            done = [status for (asked, status) in report.answered if asked == label and status < 300]
            # a POST may find only what others have ended already; its right request is accepted in `test_refusals`,
            # or refused there: then nobody can make what is read below its path
            never += [] if done or method == "post" or path.rpartition("/")[0] in refused else [label]
    assert never == [], "never answered with success"
