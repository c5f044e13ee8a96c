"""The OpenAPI 3.1 document: what FastAPI finds, and what `eventcore.web` adds to every operation."""

import json
from importlib.resources import files
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from eventcore.web.access import OPEN, Table

BATCH: Final[dict[str, Any]] = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Verdicts"}}}}
"""For routes that answer a batch: `responses={200: BATCH}`."""
_READING: Final = ("400", "401", "403", "404", "503", "default")
_WRITING: Final = ("400", "401", "403", "404", "409", "412", "413", "415", "422", "503", "default")


def described(app: FastAPI, table: Table, issuer: str) -> dict[str, Any]:
    """The whole document."""
    document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    components = json.loads(files("eventcore.web").joinpath("openapi.json").read_text("utf-8"))
    found = document.get("components", {}).get("schemas", {})
    components["schemas"] |= {name: found[name] for name in found if "ValidationError" not in name}
    token = f"{issuer.rstrip('/')}/protocol/openid-connect/token" if issuer.startswith("http") else "/token"
    scopes = sorted({access.scope for access in table.values()} - {OPEN})
    flow = {"tokenUrl": token, "scopes": {scope: scope for scope in scopes}}
    components["securitySchemes"] = {"oauth2": {"type": "oauth2", "flows": {"clientCredentials": flow}}}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            _complete(operation, method, table[method.upper(), path].scope)
    return {**document, "components": components}


def _complete(operation: dict[str, Any], method: str, scope: str) -> None:
    operation["security"] = [] if scope == OPEN else [{"oauth2": [scope]}]
    responses: dict[str, Any] = operation["responses"]
    responses.pop("422", None)
    if method == "post":
        done = responses[max(responses)]
        names = ("IdempotencyKey",) if done.get("content") == BATCH["content"] else ("IdempotencyKey", "IfMatch")
        operation.setdefault("parameters", []).extend({"$ref": f"#/components/parameters/{name}"} for name in names)
        if done.get("content", {}) in ({}, {"application/json": {"schema": {}}}):
            done["content"] = {"application/json": {"schema": {"$ref": "#/components/schemas/Done"}}}
        responses.setdefault("200", {**done, "description": "Nothing to do. 无需变更。"})
    for status in _WRITING if method == "post" else _READING:
        responses.setdefault(status, {"$ref": "#/components/responses/Problem"})
