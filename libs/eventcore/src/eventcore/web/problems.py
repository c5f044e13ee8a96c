"""Problem details (RFC 9457) with a stable code, in Chinese and English. Nothing of the request is ever echoed."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final, Literal

import msgspec
import structlog
from asyncpg.exceptions import DatetimeFieldOverflowError
from fastapi.exceptions import RequestValidationError
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
Errors = Sequence[Mapping[str, str]]
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
_OF_STATUS: Final = {404: "not_found", 405: "method_not_allowed", 413: "body_too_large", 500: "internal"}

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

    def __init__(self, code: str, *, errors: Errors = (), headers: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.kind, self.errors, self.headers = kinds[code], errors, dict(headers or {})


kinds: Final[dict[str, Kind]] = {}


def catalogue(kind: Kind) -> None:
    """Adds an entry. ValueError where the code already means something else."""
    if kinds.setdefault(kind.code, kind) != kind:
        raise ValueError(f"two problems are called {kind.code}")


def catalogue_file(table: Traversable) -> None:
    """Adds the entries of a CSV file with the columns code, status, zh, en."""
    for row in csv.DictReader(table.read_text("utf-8").splitlines()):
        catalogue(Kind(row["code"], int(row["status"]), row["zh"], row["en"]))


def language_of(scope: Scope) -> Language:
    """The better of zh and en by Accept-Language; zh where neither is asked for."""
    header = next((value for name, value in scope["headers"] if name == b"accept-language"), b"")
    asked = {tag: float(q or 1) for tag, q in _PREFERENCE.findall(header[:200].decode("latin-1").lower())}
    return "en" if asked.get("en", 0) > asked.get("zh", 0) else "zh"


def refusal(rejected: Rejected, language: Language) -> bytes:
    """The answer that is stored with a refused command, and given again byte for byte."""
    text = " ".join((rejected.__doc__ or rejected.code).split())
    kind = kinds.get(rejected.code, Kind(rejected.code, 409, text, text))
    return body(replace(kind, status=409), language, members=rejected.members())


def respond(error: Exception, scope: Scope) -> Response:
    """The answer to a request that ended in this error. What is no known problem is a 500 without a text."""
    problem = of(error)
    text = body(problem.kind, language_of(scope), problem.errors)
    return Response(text, problem.kind.status, problem.headers, MEDIA_TYPE)


def body(kind: Kind, language: Language, errors: Errors = (), members: Mapping[str, str] | None = None) -> bytes:
    """The problem as JSON; `members` are extensions (RFC 9457)."""
    head = {"type": f"urn:labourbridge:problem:{kind.code}", "title": getattr(kind, language), "status": kind.status}
    tail = {"code": kind.code, "trace_id": tracing.trace_id(), **({"errors": errors} if errors else {})}
    return msgspec.json.encode({**head, **tail, **(members or {})})


def of(error: Exception) -> Problem:
    """The problem that an error is to the caller; one that nobody expects is logged by its class and place."""
    match error:
        case Problem():
            return error
        case RequestValidationError():
            return Problem("request_invalid", errors=[_field_error(each) for each in error.errors()])
        case HTTPException():
            return Problem(_OF_STATUS.get(error.status_code, "body_malformed"), headers=error.headers)
        case VersionMoved():
            return Problem("version_moved", headers={"ETag": f'"{error.version}"'})
        case _ if code := next((_OF_ERROR[each] for each in type(error).__mro__ if each in _OF_ERROR), None):
            return Problem(code, headers=RETRY if code in ("contended", "unavailable") else None)
        case _:
            log.error("request.failed", error=type(error).__name__, where=where(error))
            return Problem("internal")


def _field_error(error: Mapping[str, Any]) -> dict[str, str]:
    """Where and what kind, without the input: a key that the caller made up may be personal data too."""
    path = ["*" if isinstance(part, str) and not _FIELD.fullmatch(part) else str(part) for part in error["loc"]]
    return {"field": ".".join(path), "code": error["type"]}


catalogue_file(files("eventcore.web") / "problems.csv")
