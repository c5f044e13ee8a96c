"""The OpenAPI 3.1 document: what FastAPI finds, and what `eventcore.web` adds to every operation."""

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from eventcore.web.access import OPEN, AccessTable
from eventcore.web.problems import MEDIA_TYPE

_PROBLEM: Final = {
    "type": "object",
    "description": "RFC 9457. `code` is stable; `title` follows Accept-Language. 机器读 code，人读 title。",
    "required": ["type", "title", "status", "code", "trace_id"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "trace_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code"],
                "properties": {"field": {"type": "string"}, "code": {"type": "string"}},
            },
        },
    },
}
_KEY: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "The same key gives the same answer. 同一键得到同一答复。",
    "schema": {"type": "string", "pattern": r"^[!#-&(-+\-.0-~]{1,128}$"},
    "example": "0190a2f1-survey-17",
}
_MATCH: Final = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "Only if the object is at this version. 仅当对象处于此版本。",
    "schema": {"type": "string", "pattern": '^"(0|[1-9][0-9]{0,8})"$'},
    "example": '"3"',
}
_READING: Final = ("400", "401", "403", "404", "503", "default")
_WRITING: Final = ("400", "401", "403", "404", "409", "412", "413", "415", "422", "503", "default")


class Done(BaseModel):
    """What a command answers unless its route says otherwise."""

    id: str
    version: int


class Verdict(BaseModel):
    """What became of the n-th command of a batch."""

    n: int
    status: int
    answer: dict[str, Any]


class Verdicts(BaseModel):
    """A batch is not atomic: every command has its own verdict."""

    results: list[Verdict]


def described(app: FastAPI, table: AccessTable, issuer: str) -> dict[str, Any]:
    """The whole document."""
    document = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes, openapi_version="3.1.0"
    )
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas |= {"Problem": _PROBLEM, "Done": Done.model_json_schema()}
    token = f"{issuer.rstrip('/')}/protocol/openid-connect/token" if issuer.startswith("http") else "/token"
    flow = {"tokenUrl": token, "scopes": {scope: scope for scope in table.scopes()}}
    components["securitySchemes"] = {"oauth2": {"type": "oauth2", "flows": {"clientCredentials": flow}}}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            _complete(operation, method, table.rows[method.upper(), path].scope)
    return document


def _complete(operation: dict[str, Any], method: str, scope: str) -> None:
    operation["security"] = [] if scope == OPEN else [{"oauth2": [scope]}]
    responses: dict[str, Any] = operation["responses"]
    responses.pop("422", None)
    if method == "post":
        operation.setdefault("parameters", []).extend([_KEY, _MATCH])
        done = responses[min(responses)]
        if not done.get("content", {}).get("application/json", {}).get("schema"):
            done["content"] = {"application/json": {"schema": {"$ref": "#/components/schemas/Done"}}}
        responses.setdefault("200", {**done, "description": "Nothing to do. 无需变更。"})
    problem = {"content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    for status in _WRITING if method == "post" else _READING:
        responses.setdefault(status, {"description": "Problem. 问题详情。", **problem})
