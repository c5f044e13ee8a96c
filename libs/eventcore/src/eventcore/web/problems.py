"""Problem details (RFC 9457) with a stable code, in Chinese and English. Nothing of the request is ever echoed."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final, Literal

import msgspec
import structlog
from asyncpg.exceptions import DatetimeFieldOverflowError
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import Scope

from eventcore import tracing
from eventcore.codec import EventTooLarge
from eventcore.database import Unavailable
from eventcore.decider import Rejected, Undecided
from eventcore.logs import where
from eventcore.store import Contended, KeyReused, VersionMoved

Language = Literal["zh", "en"]
MEDIA_TYPE: Final = "application/problem+json"
RETRY: Final = {"Retry-After": "1"}
_FIELD: Final = re.compile(r"[a-z][a-z_]{0,39}")
_PREFERENCE: Final = re.compile(r"\b(zh|en)\b[^,;]*(?:;\s*q=([01](?:\.\d{1,3})?))?")
_OF_ERROR: Final[Mapping[type[Exception], str]] = {
    Contended: "contended",
    KeyReused: "idempotency_key_reused",
    Unavailable: "unavailable",
    Undecided: "unavailable",
    DatetimeFieldOverflowError: "occurred_in_future",  # the door's answer to an event of the future
    EventTooLarge: "event_too_large",
    ClientDisconnect: "body_too_slow",
}

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Kind:
    """One entry of the catalogue. Codes are for programs and never change; the texts are for people."""

    code: str
    status: int
    zh: str
    en: str


class Problem(Exception):
    """Answers the request with this entry of the catalogue."""

    def __init__(self, code: str, *, errors: Sequence[object] = (), headers: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.kind, self.headers = kinds[code], dict(headers or {})
        self.members = {"errors": errors} if errors else {}


kinds: Final[dict[str, Kind]] = {}


def catalogue_file(table: Traversable) -> None:
    """Adds the entries of a CSV file with the columns code, status, zh, en. ValueError where a code already means
    something else."""
    for row in csv.DictReader(table.read_text("utf-8").splitlines()):
        kind = Kind(row["code"], int(row["status"]), row["zh"], row["en"])
        if kinds.setdefault(kind.code, kind) != kind:
            raise ValueError(f"two problems are called {kind.code}")


def language_of(scope: Scope) -> Language:
    """The better of zh and en by Accept-Language; zh where neither is asked for."""
    header = next((value for name, value in scope["headers"] if name == b"accept-language"), b"")
    asked = {tag: float(q or 1) for tag, q in _PREFERENCE.findall(header[:200].decode("latin-1").lower())}
    return "en" if asked.get("en", 0) > asked.get("zh", 0) else "zh"


def refusal(rejected: Rejected, language: Language) -> bytes:
    """The answer that is stored with a refused command, and given again byte for byte."""
    return body(replace(kinds[rejected.code], status=409), language, **rejected.members())


def respond(error: Exception, scope: Scope) -> Response:
    """The answer to a request that ended in this error. What is no known problem is a 500 without a text."""
    problem = of(error)
    text = body(problem.kind, language_of(scope), **problem.members)
    return Response(text, problem.kind.status, problem.headers, MEDIA_TYPE)


def body(kind: Kind, language: Language, /, **members: object) -> bytes:
    """The problem as JSON; `members` are extensions (RFC 9457)."""
    head = {"type": f"urn:labourbridge:problem:{kind.code}", "title": getattr(kind, language), "status": kind.status}
    return msgspec.json.encode({**head, "code": kind.code, "trace_id": tracing.trace_id(), **members})


def of(error: Exception) -> Problem:
    """The problem that an error is to the caller; one that nobody expects is logged by its class and place."""
    match error:
        case Problem():
            return error
        case RequestValidationError():
            return invalid(error)
        case HTTPException():
            return Problem("not_found" if error.status_code == 404 else "body_malformed")
        case VersionMoved():
            return Problem("version_moved", headers={"ETag": f'"{error.version}"'})
        case _ if code := next((_OF_ERROR[each] for each in type(error).__mro__ if each in _OF_ERROR), None):
            return Problem(code, headers=RETRY if code in ("contended", "unavailable") else None)
        case _:
            log.error("request.failed", error=type(error).__name__, where=where(error))
            return Problem("internal")


def invalid(error: RequestValidationError | ValidationError, *above: str) -> Problem:
    """Where something is wrong and of what kind, without the input: a key that the caller made up may be personal data
    too. `above`: the part of the request that the model is of."""
    found = [{"field": _field((*above, *each["loc"])), "code": each["type"]} for each in error.errors()]
    return Problem("request_invalid", errors=found)


def _field(path: Sequence[int | str]) -> str:
    return ".".join("*" if isinstance(part, str) and not _FIELD.fullmatch(part) else str(part) for part in path)


catalogue_file(files("eventcore.web") / "problems.csv")
