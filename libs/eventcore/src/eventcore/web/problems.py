"""Problem details (RFC 9457) with a stable code, in Chinese and English. Nothing of the request is ever echoed."""

import csv
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final, Literal

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
from eventcore.decider import Rejected
from eventcore.logs import where
from eventcore.store import Contended, KeyReused, VersionMoved

Language = Literal["zh", "en"]
MEDIA_TYPE: Final = "application/problem+json"
_RETRY: Final = {"Retry-After": "1"}
_FIELD: Final = re.compile(r"[a-z][a-z_]{0,39}")
_QUALITY: Final = re.compile(r"[01](\.\d{1,3})?")
_LANGUAGES: Final[Mapping[str, Language]] = {"zh": "zh", "en": "en"}
_OF_STATUS: Final = {404: "not_found", 405: "method_not_allowed", 413: "body_too_large"}

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Kind:
    """One entry of the catalogue. Codes are for programs and never change; texts are for people."""

    code: str
    status: int
    zh: str
    en: str

    def title(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


class Problem(Exception):
    """Answers the request with this entry of the catalogue."""

    def __init__(
        self, code: str, *, errors: Sequence[Mapping[str, str]] = (), headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(code)
        self.kind = kinds[code]
        self.errors = errors
        self.headers = headers or {}


kinds: Final[dict[str, Kind]] = {}


def catalogue(code: str, status: int, zh: str, en: str) -> None:
    """Adds an entry. ValueError where the code already means something else."""
    kind = Kind(code, status, zh, en)
    if kinds.setdefault(code, kind) != kind:
        raise ValueError(f"two problems are called {code}")


def catalogue_file(table: Traversable) -> None:
    """Adds the entries of a CSV file with the columns code, status, zh, en."""
    for row in csv.DictReader(table.read_text("utf-8").splitlines()):
        catalogue(row["code"], int(row["status"]), row["zh"], row["en"])


def listing(language: Language) -> str:
    """The catalogue as a Markdown table, by code."""
    rows = [f"| `{kind.code}` | {kind.status} | {kind.title(language)} |" for _, kind in sorted(kinds.items())]
    head = "| 代码 | 状态 | 含义 |" if language == "zh" else "| code | status | meaning |"
    return "\n".join([head, "|---|---|---|", *rows])


def language_of(scope: Scope) -> Language:
    """The better of zh and en by Accept-Language; zh where neither is asked for."""
    for name, value in scope["headers"]:
        if name == b"accept-language":
            return _preferred(value[:200])
    return "zh"


def _preferred(header: bytes) -> Language:
    best: Language = "zh"
    weight = 0.0
    for part in header.decode("latin-1").lower().split(","):
        tag, _, q = part.strip().partition(";q=")
        strength = float(q) if _QUALITY.fullmatch(q) else 0.0 if q else 1.0
        if (asked := _LANGUAGES.get(tag.partition("-")[0])) and strength > weight:
            best, weight = asked, strength
    return best


def refusal(rejected: Rejected, language: Language = "zh") -> bytes:
    """The answer that is stored with a refused command, and given again byte for byte."""
    return _body(_refused(rejected), language, ())


def respond(error: Exception, scope: Scope) -> Response:
    """The answer to a request that ended in this error. What is no known problem is a 500 without a text."""
    problem = of(error)
    return Response(body(problem, language_of(scope)), problem.kind.status, dict(problem.headers), MEDIA_TYPE)


def body(problem: Problem, language: Language) -> bytes:
    """The problem as JSON."""
    return _body(problem.kind, language, problem.errors)


def _body(kind: Kind, language: Language, errors: Sequence[Mapping[str, str]]) -> bytes:
    problem: dict[str, Any] = {
        "type": f"urn:labourbridge:problem:{kind.code}",
        "title": kind.title(language),
        "status": kind.status,
        "code": kind.code,
        "trace_id": tracing.trace_id(),
    }
    return msgspec.json.encode(problem | {"errors": errors} if errors else problem)


def _refused(rejected: Rejected) -> Kind:
    text = " ".join((rejected.__doc__ or rejected.code).split())
    known = kinds.get(rejected.code)
    return Kind(rejected.code, 409, known.zh if known else text, known.en if known else text)


def of(error: Exception) -> Problem:
    """The problem that an error is to the caller; one that nobody expects is logged by its class and place."""
    match error:
        case Problem():
            return error
        case RequestValidationError() | ValidationError():
            return Problem("request_invalid", errors=[_field_error(each) for each in error.errors()])
        case HTTPException():
            code = _OF_STATUS.get(error.status_code, "body_malformed" if error.status_code < 500 else "internal")
            return Problem(code, headers=error.headers)
        case Contended():
            return Problem("contended", headers=_RETRY)
        case KeyReused():
            return Problem("idempotency_key_reused")
        case VersionMoved():
            return Problem("version_moved", headers={"ETag": f'"{error.version}"'})
        case Unavailable():
            return Problem("unavailable", headers=_RETRY)
        case DatetimeFieldOverflowError():  # the door's answer to an event of the future
            return Problem("occurred_in_future")
        case EventTooLarge():
            return Problem("event_too_large")
        case ClientDisconnect():
            return Problem("body_too_slow")
        case _:
            log.error("request.failed", error=type(error).__name__, where=where(error))
            return Problem("internal")


def _field_error(error: Mapping[str, Any]) -> dict[str, str]:
    """Where and what kind, without the input: a key that the caller made up may be personal data too."""
    path = ["*" if isinstance(part, str) and not _FIELD.fullmatch(part) else str(part) for part in error["loc"]]
    return {"field": ".".join(path), "code": error["type"]}


catalogue_file(files("eventcore.web") / "problems.csv")

if __name__ == "__main__":
    sys.stdout.write(listing("en" if "en" in sys.argv[1:] else "zh") + "\n")
