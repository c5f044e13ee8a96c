"""What the documents of the services show as a body is one that its route takes."""

import importlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
from eventcore.web import Body
from lb.topology import SERVICES

MAIN_WAY = {
    "registry": {"SurveyIn"},
    "training": {"InstitutionIn", "AccreditationIn", "ClassIn", "ChoiceIn", "SessionIn", "ClosingIn"},
    "certification": {"AssessmentIn", "ScoresIn", "CheckIn"},
    "placement": {"EmployerIn", "AgreementIn", "VacancyIn", "NominationIn", "EmploymentIn"},
    "subsidy": {"EvidenceIn", "DecisionBatchIn", "AllocationIn", "BatchIn"},
    "reporting": set[str](),
}
"""Bodies that a system sends which follows a worker from the survey to the money."""


def bodies(kind: type[Body] = Body) -> Iterator[type[Body]]:
    for each in kind.__subclasses__():
        yield each
        yield from bodies(each)


def examples(body: type[Body]) -> list[Any]:
    extra = body.model_config.get("json_schema_extra")
    found = extra.get("examples") if isinstance(extra, dict) else None
    return found if isinstance(found, list) else []


@pytest.fixture(scope="module")
def shown() -> dict[str, list[tuple[type[Body], Any]]]:
    """Service -> its bodies with an example of each."""
    for service in SERVICES:
        importlib.import_module(f"{service.name}.app")
    found: dict[str, list[tuple[type[Body], Any]]] = {service.name: [] for service in SERVICES}
    for body in bodies():
        if (name := body.__module__.partition(".")[0]) in found:
            found[name] += [(body, example) for example in examples(body)]
    return found


@pytest.mark.parametrize("service", MAIN_WAY)
def test_every_example_is_taken(shown: dict[str, list[tuple[type[Body], Any]]], service: str) -> None:
    for body, example in shown[service]:
        body.model_validate_json(json.dumps(example))


@pytest.mark.parametrize("service", MAIN_WAY)
def test_the_main_way_has_examples(shown: dict[str, list[tuple[type[Body], Any]]], service: str) -> None:
    assert {body.__name__ for body, _ in shown[service]} >= MAIN_WAY[service]
