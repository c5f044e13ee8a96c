"""Asks every route of a service what its OpenAPI document allows and what it forbids, with schemathesis."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from site import addsitedir
from typing import Any, Final

import msgspec
import schemathesis
from schemathesis import CheckContext, GenerationMode, engine
from schemathesis.core.failures import Failure
from schemathesis.core.transport import Response
from schemathesis.engine import events
from schemathesis.generation.case import Case

from tests.conformance.leading import Leading, with_examples
from tests.e2e.province import Province

EXAMPLES: Final = 50
AT_ONCE: Final = 2
SEED: Final = 20_261_124
PROBLEM: Final = "application/problem+json"
OF_THEIR_OWN: Final = ("worker", "employer", "institution")
"""Offices that see only what is their own; every other sees what is its region's."""
ITEMS: Final = ("POST /v1/survey-batches", "POST /v1/bank-account-batches")
"""An item that is not as it should be gets a verdict of its own; the others are carried out."""


@dataclass(slots=True)
class Report:
    """What was asked and answered, by operation, and what was not as published."""

    asked: "Counter[str]" = field(default_factory=Counter)
    answered: "Counter[tuple[str, int]]" = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


@schemathesis.check
def says_what_is_wrong(_: CheckContext, response: Response, case: Case[Any]) -> None:
    """Every refusal is a problem with a stable code and the status that it has."""
    if response.status_code < 400:
        return
    said = msgspec.json.decode(response.content) if response.content else {}
    form = response.headers.get("content-type", [""])[0]
    if form != PROBLEM or said.get("status") != response.status_code or not said.get("code"):
        raise Failure(operation=case.operation.label, title="Not a problem", message=f"{form}: {said}")
    if response.status_code == 503 and said["code"] != "not_yet_visible":
        raise Failure(operation=case.operation.label, title="Unavailable", message=str(said["code"]))


@schemathesis.check
def wrong_items_have_their_verdict(_: CheckContext, response: Response, case: Case[Any]) -> None:
    """Of a batch with a wrong item not every verdict is a success."""
    negative = case.meta is not None and case.meta.generation.mode is GenerationMode.NEGATIVE
    if case.operation.label not in ITEMS or not negative or response.status_code != 200:
        return
    if all(verdict["status"] < 400 for verdict in msgspec.json.decode(response.content)["results"]):
        raise Failure(operation=case.operation.label, title="Accepted", message="A wrong item was accepted")


def ask_all(province: Province, leadings: Mapping[str, Leading]) -> dict[str, Report]:
    """By service. Two services at a time, each asked by a process of its own: what to ask next takes as long to make up
    as the answer takes."""
    root = str(province.deployment.project.root)
    with ProcessPoolExecutor(AT_ONCE, get_context("spawn"), initializer=addsitedir, initargs=(root,)) as pool:
        asked = {
            service: pool.submit(ask, _document(province, service, leading), _configuration(province, service, leading))
            for service, leading in leadings.items()
        }
        return {service: report.result() for service, report in asked.items()}


def _document(province: Province, service: str, leading: Leading) -> dict[str, Any]:
    return with_examples(province.clients[service].get("/openapi.json").json(), leading.requests)


def ask(document: dict[str, Any], configuration: dict[str, Any]) -> Report:
    """All phases: the document's examples, its borders, `EXAMPLES` generated requests a route, and sequences."""
    config = schemathesis.Config.from_dict(configuration)
    schema = schemathesis.openapi.from_dict(document, config=config)
    report = Report()
    for event in engine.from_schema(schema).execute():
        match event:
            case events.ScenarioFinished():
                _note(report, event)
            case events.NonFatalError():
                report.wrong.append(f"{event.label}: {event.value!r}")
            case events.FatalError():
                raise event.exception
    return report


def _note(report: Report, event: events.ScenarioFinished) -> None:
    for id, interaction in event.recorder.interactions.items():
        label = event.recorder.cases[id].value.operation.label
        report.asked[label] += 1
        report.answered[label, interaction.response.status_code if interaction.response else 0] += 1
    for id, checks in event.recorder.checks.items():
        label = event.recorder.cases[id].value.operation.label
        failures = [check.failure_info for check in checks if check.failure_info]
        report.wrong += [
            f"{label}: {each.failure.title}: {each.failure.message}\n{each.code_sample}" for each in failures
        ]


def _configuration(province: Province, service: str, leading: Leading) -> dict[str, Any]:
    return {
        "seed": SEED,
        "base-url": str(province.clients[service].base_url).rstrip("/"),
        "continue-on-failure": True,
        "request-timeout": 30,
        "cache": {"enabled": False},
        "dictionaries": leading.dictionaries() | {"short": {"values": [0, 0.05]}},
        "generation": {
            "max-examples": EXAMPLES,
            "deterministic": True,
            "no-shrink": True,
            "with-security-parameters": False,
        },
        "checks": {
            # 503 is what a read answers that waited in vain: says_what_is_wrong lets no other pass
            "not_a_server_error": {"expected-statuses": ["2xx", "4xx", "503"]},
            # a document cannot say which regions there are, or how a number is checked
            "positive_data_acceptance": {"enabled": False},
        },
        "operations": list(_operations(province, service, leading)),
    }


def _operations(province: Province, service: str, leading: Leading) -> Iterator[dict[str, Any]]:
    """Each with the token of an office that may, where one is asked for."""
    with (province.deployment.project.root / "docs" / "access.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["service"] == service]
    waits = {name: {"dictionary": "short", "probability": 1} for name in ("query.wait", "query.wait_seconds")}
    for row in rows:
        label = f"{row['method']} {row['route']}"
        yield {
            "include-name": label,
            "headers": {} if row["scope"] == "-" else _authorization(province, label, row["office"], leading),
            "parameters": leading.parameters(label) | waits,
            "checks": {"negative_data_rejection": {"enabled": label not in ITEMS}},
        }


def _authorization(province: Province, label: str, offices: str, leading: Leading) -> dict[str, str]:
    if label in leading.requests:
        token = leading.requests[label].token(province)
    else:
        first = next(office for office in offices.split() if office not in OF_THEIR_OWN)
        token = province.token("surveyor" if first == "-" else first, leading.region(label))
    return {"Authorization": f"Bearer {token}"}
