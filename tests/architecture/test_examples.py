"""The documents of the services are enough to work from: each body has an example that its route takes, each parameter
says what it is, and whatever an answer leaves out is not required of it."""

import json
import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import pytest
from eventcore.serving import Program
from eventcore.web import Body
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from lb.topology import SERVICES
from pydantic import BaseModel
from unserved import routes_of

SERVICES_FOLDER: Final = Path(__file__).parents[2] / "services"
NAMES: Final = tuple(service.name for service in SERVICES)
BOTH_LANGUAGES: Final = re.compile(r"[A-Za-z].*[\u4e00-\u9fff]|[\u4e00-\u9fff].*[A-Za-z]", re.DOTALL)


@pytest.fixture(params=NAMES)
async def routes(request: pytest.FixtureRequest, tmp_path: Path) -> list[APIRoute]:
    program: Program[Any] = import_module(f"{request.param}.app").PROGRAM
    return await routes_of(program, tmp_path)


def examples(model: type[BaseModel]) -> Sequence[Any]:
    found: Sequence[Any] = model.model_json_schema().get("examples", ())
    return found


def parts(model: type[Body] = Body) -> Iterator[type[Body]]:
    """Every body, and what bodies are made of."""
    for each in model.__subclasses__():
        yield each
        yield from parts(each)


def bodies(routes: Sequence[APIRoute]) -> dict[str, type[BaseModel]]:
    """By path."""
    found: dict[str, Any] = {r.path: r.body_field.field_info.annotation for r in routes if r.body_field}
    return found


async def test_every_body_has_an_example_that_its_route_takes(routes: list[APIRoute]) -> None:
    found = bodies(routes)
    assert [path for path, model in found.items() if not examples(model)] == []
    for model in found.values():
        for each in examples(model):
            model.model_validate_json(json.dumps(each))


@pytest.mark.parametrize("service", NAMES)
def test_nor_does_a_part_of_a_body_show_what_is_not_taken(service: str) -> None:
    import_module(f"{service}.app")
    for part in (each for each in parts() if each.__module__.startswith(f"{service}.")):
        for each in examples(part):
            part.model_validate_json(json.dumps(each))


async def test_every_parameter_says_what_it_is_in_both_languages(routes: list[APIRoute]) -> None:
    page = get_openapi(title="", version="", routes=routes)
    assert [
        f"{method.upper()} {path}: {parameter['name']}"
        for path, operations in page["paths"].items()
        for method, operation in operations.items()
        for parameter in operation.get("parameters", ())
        if not BOTH_LANGUAGES.search(parameter.get("description", ""))
    ] == []


async def test_what_an_answer_leaves_out_is_not_required_of_it(routes: list[APIRoute]) -> None:
    leaving = [route for route in routes if route.response_model_exclude_none]
    schemas = get_openapi(title="", version="", routes=leaving).get("components", {}).get("schemas", {})
    assert [
        f"{name}.{field}"
        for name, schema in schemas.items()
        for field in schema.get("required", ())
        if {"type": "null"} in schema["properties"][field].get("anyOf", ())
    ] == []


def test_whoever_leaves_out_says_so_at_the_route() -> None:
    sources = {path: path.read_text("utf-8") for path in SERVICES_FOLDER.glob("*/src/**/*.py")}
    leaving = {path: text for path, text in sources.items() if "dump_json(exclude_none=True)" in text}
    assert len(leaving) > 1
    assert [path for path, text in leaving.items() if "response_model_exclude_none=True" not in text] == []
