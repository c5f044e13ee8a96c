"""The OpenAPI 3.1 document: what FastAPI finds, and what `eventcore.web` adds to every operation."""

import json
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from eventcore import Rejected
from eventcore.web.access import OPEN
from eventcore.web.problems import kinds
from eventcore.web.requests import Web
from eventcore.web.routes import Route

BATCH: Final[dict[str, Any]] = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Verdicts"}}}}
"""For routes that answer a batch: `responses={200: BATCH}`."""
_READING: Final = ("400", "401", "403", "404", "422", "503", "default")
_WRITING: Final = ("400", "401", "403", "404", "409", "412", "413", "415", "422", "503", "default")


def described(app: FastAPI, web: Web) -> dict[str, Any]:
    """The whole document."""
    document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    components = json.loads(files("eventcore.web").joinpath("openapi.json").read_text("utf-8"))
    found = document.get("components", {}).get("schemas", {})
    components["schemas"] |= {name: found[name] for name in found if "ValidationError" not in name}
    issuer = web.tokens.issuer
    token = f"{issuer.rstrip('/')}/protocol/openid-connect/token" if issuer.startswith("http") else "/token"
    scopes = sorted({access.scope for access in web.rows.values()} - {OPEN})
    flow = {"tokenUrl": token, "scopes": {scope: scope for scope in scopes}}
    components["securitySchemes"] = {"oauth2": {"type": "oauth2", "flows": {"clientCredentials": flow}}}
    rules = {each.code: each.__module__ for each in _refusals(Rejected)}
    answers = components["responses"] = _answers(components["responses"]["Problem"], kinds.keys() - rules)
    for route in (each for each in app.routes if isinstance(each, Route)):
        method, path = route.place
        operation = document["paths"][path][method.lower()]
        _complete(operation, method, web.rows[route.place].scope)
        folder = route.endpoint.__module__.rpartition(".")[0] + "."
        if method == "POST" and (own := [code for code, module in rules.items() if module.startswith(folder)]):
            operation["responses"]["409"] = _naming(answers["409"], own)
    return {**document, "components": components}


def _complete(operation: dict[str, Any], method: str, scope: str) -> None:
    operation["security"] = [] if scope == OPEN else [{"oauth2": [scope]}]
    responses: dict[str, Any] = operation["responses"]
    responses.pop("422", None)
    if method == "POST":
        done = responses[max(responses)]
        names = ("IdempotencyKey",) if done.get("content") == BATCH["content"] else ("IdempotencyKey", "IfMatch")
        operation.setdefault("parameters", []).extend({"$ref": f"#/components/parameters/{name}"} for name in names)
        if done.get("content", {}) in ({}, {"application/json": {"schema": {}}}):
            done["content"] = {"application/json": {"schema": {"$ref": "#/components/schemas/Done"}}}
        responses.setdefault("200", {**done, "description": "Nothing to do. 无需变更。"})
    for status in _WRITING if method == "POST" else _READING:
        responses.setdefault(status, {"$ref": f"#/components/responses/{status}"})


def _answers(problem: dict[str, Any], codes: Iterable[str]) -> dict[str, Any]:
    """One for each status, which names the codes that it may have."""
    found: dict[str, list[str]] = {status: [] for status in _WRITING}
    for code in codes:
        found.get(str(kinds[code].status), found["default"]).append(code)
    return {status: _naming(problem, named) for status, named in found.items()}


def _refusals(kind: type[Rejected]) -> Iterator[type[Rejected]]:
    """All that this process knows."""
    for each in kind.__subclasses__():
        yield from (each, *_refusals(each)) if "code" in vars(each) else _refusals(each)


def _naming(problem: dict[str, Any], codes: Iterable[str]) -> dict[str, Any]:
    lines = (f"- `{code}`: {kinds[code].zh} {kinds[code].en}" for code in sorted(codes))
    return {**problem, "description": "\n".join((problem["description"], "", *lines))}
