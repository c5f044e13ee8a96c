"""What callers asked and were told, line by line in a file that is on the disk before a request leaves and after its
answer came. Plain Python: the checker reads it.

A time-out, a broken connection and a 5xx are `unknown`, never a failure: the same request is sent again with its key.
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

CONTENDED: Final = "contended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One caller's wish; several with the same client, route and key are one command."""

    n: int
    kind: str
    """record, approve, reject, invalidate"""
    client: str
    subject: str
    route: str
    path: str
    key: str
    body: Mapping[str, Any] | None = None

    @property
    def command(self) -> str:
        """The id that the key has within its client and route."""
        return f"http/{self.client}/{self.route}/{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One answer, or none. `status` 0: the connection broke or nothing came in time."""

    n: int
    attempt: int
    via: str
    status: int
    body: str
    replayed: bool
    seconds: float

    @property
    def definite(self) -> bool:
        """Whether it need not be asked again."""
        return 200 <= self.status < 500 and self.status != 408 and self.code != CONTENDED

    @property
    def code(self) -> str:
        """Of a problem."""
        return str(self.value.get("code", "")) if self.status >= 400 and self.body.startswith("{") else ""

    @property
    def value(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = json.loads(self.body)
        return found


@dataclass(slots=True)
class Asked:
    """A request with everything that was answered to it."""

    request: Request
    told: list[Told] = field(default_factory=list)

    @property
    def definite(self) -> list[Told]:
        return [told for told in self.told if told.definite]


class History:
    """Appends; each line is on the disk when the call returns."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")

    def sends(self, request: Request, attempt: int, via: str) -> None:
        self._write({"asks": asdict(request)} if attempt == 1 else {"again": request.n, "attempt": attempt, "via": via})

    def told(self, told: Told) -> None:
        self._write({"told": asdict(told)})

    def _write(self, line: Mapping[str, object]) -> None:
        self._file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, e: BaseException | None, t: TracebackType | None) -> None:
        self._file.close()


def read(path: Path) -> list[Asked]:
    """By request."""
    found: dict[int, Asked] = {}
    for line in _lines(path):
        if "asks" in line:
            request = Request(**line["asks"])
            found[request.n] = Asked(request)
        elif "told" in line:
            told = Told(**line["told"])
            found[told.n].told.append(told)
    return list(found.values())


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
