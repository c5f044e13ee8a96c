"""One request, several commands of one stream: the answer is that of the last one, or of the first that failed."""

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from eventcore.web import CommandRequest
from eventcore.web.problems import MEDIA_TYPE
from starlette.responses import Response


def key_of(request: CommandRequest, *further: str) -> str:
    """An id that a retry has again: what the first try has done is found and gone on with."""
    text = "\0".join((request.command_id, *further))
    return str(UUID(bytes=hashlib.sha256(text.encode()).digest()[:16], version=5))


def as_one(response: Response, further: Mapping[str, object] | None = None) -> Response:
    """From an answer of `handle_each`; `further` is added where all went well."""
    results: list[dict[str, Any]] = msgspec.json.decode(bytes(response.body))["results"]
    failed = next((each for each in results if each["status"] >= 400), None)
    shown = failed or results[-1]
    body = shown["answer"] if failed else {**shown["answer"], **(further or {})}
    headers = {
        name: value for name, value in response.headers.items() if name in ("log-position", "idempotent-replayed")
    }
    return Response(msgspec.json.encode(body), shown["status"], headers, MEDIA_TYPE if failed else "application/json")
