"""A load client in a process of its own: keeps so many connections busy, or holds a rate, and says how it went.

`python -m bench.client HOST PORT CONNECTIONS RATE FILE`; a RATE of 0 means as fast as the server answers. FILE holds
requests ready to be sent, each after its length in four bytes. Prints one line of JSON.
"""

import asyncio
import json
import resource
import sys
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final, cast

import uvloop

from bench.load import quantile
from bench.processes import module

HOST: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What the client saw; times in milliseconds, `busy` as the share of one processor that the client took."""

    seconds: float
    requests: int
    p50: float
    p99: float
    busy: float
    statuses: dict[str, int] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.requests / self.seconds

    def require(self, status: int) -> "Answered":
        """RuntimeError where anything was answered otherwise: it would not be the work that is measured."""
        if set(self.statuses) != {str(status)}:
            raise RuntimeError(f"the server answered {self.statuses}, not {status} only")
        return self


def send(port: int, requests: Sequence[bytes], folder: Path, *, connections: int, rate: float = 0) -> Answered:
    """Sends the requests from a process of its own."""
    file = folder / f"requests-{port}"
    with file.open("wb") as out:
        for request in requests:
            out.write(len(request).to_bytes(4, "big") + request)
    printed = module("bench.client", HOST, str(port), str(connections), str(rate), str(file))
    return Answered(**json.loads(printed))


def post(path: str, key: str, token: str, body: object | None) -> bytes:
    """A whole request."""
    content = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
    kind = "" if body is None else "Content-Type: application/json\r\n"
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: Bearer {token}\r\nIdempotency-Key: {key}\r\n"
        f"Accept: application/json\r\nUser-Agent: bench\r\n{kind}Content-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


class _Connection(asyncio.Protocol):
    """One request at a time; an answer has a Content-Length."""

    def __init__(self, crowd: "_Crowd") -> None:
        self._crowd = crowd
        self._buffer = b""
        self._since = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def begin(self, request: bytes, since: float) -> None:
        self._since = since
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return
        _, _, after = head.lower().partition(b"content-length:")
        if len(rest) >= int(after.partition(b"\r\n")[0]):
            self._buffer = b""
            self._crowd.answered(self, head[9:12], time.perf_counter() - self._since)

    def connection_lost(self, error: Exception | None) -> None:
        self._crowd.lost(error)

    def close(self) -> None:
        self._transport.close()


class _Crowd:
    def __init__(self, requests: Iterator[bytes], count: int) -> None:
        self._requests = requests
        self._left = count
        self._idle: deque[_Connection] = deque()
        self._due: deque[float] = deque()
        self._paced = False
        self.latencies: list[float] = []
        self.statuses: Counter[str] = Counter()
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def open(self, port: int, count: int) -> list[_Connection]:
        loop = asyncio.get_running_loop()
        return [(await loop.create_connection(lambda: _Connection(self), HOST, port))[1] for _ in range(count)]

    def rush(self, connections: Iterable[_Connection]) -> None:
        """Every connection sends its next request when the last is answered."""
        for connection in connections:
            self._next(connection, time.perf_counter())

    async def pace(self, connections: Iterable[_Connection], rate: float) -> None:
        """A request every `1 / rate` seconds; one that finds no free connection waits, and its time counts."""
        self._paced = True
        self._idle.extend(connections)
        started = time.perf_counter()
        for n in range(self._left):
            due = started + n / rate
            if (early := due - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            self._due.append(due)
            if self._idle:
                self._next(self._idle.popleft(), self._due.popleft())

    def answered(self, connection: _Connection, status: bytes, seconds: float) -> None:
        self.latencies.append(seconds)
        self.statuses[status.decode()] += 1
        self._left -= 1
        if self._left == 0:
            self.done.set_result(None)
        elif not self._paced:
            self._next(connection, time.perf_counter())
        elif self._due:
            self._next(connection, self._due.popleft())
        else:
            self._idle.append(connection)

    def lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(error or ConnectionError("the server closed a connection"))

    def _next(self, connection: _Connection, since: float) -> None:
        if request := next(self._requests, None):
            connection.begin(request, since)


async def _run(port: int, connections: int, rate: float, requests: Sequence[bytes]) -> Answered:
    crowd = _Crowd(iter(requests), len(requests))
    opened = await crowd.open(port, connections)
    started, used = time.perf_counter(), _used()
    if rate:
        await crowd.pace(opened, rate)
    else:
        crowd.rush(opened)
    await crowd.done
    seconds = time.perf_counter() - started
    for connection in opened:
        connection.close()
    return Answered(
        seconds=seconds,
        requests=len(crowd.latencies),
        p50=quantile(crowd.latencies, 0.5) * 1000,
        p99=quantile(crowd.latencies, 0.99) * 1000,
        busy=(_used() - used) / seconds,
        statuses=dict(crowd.statuses),
    )


def _used() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _requests(file: Path) -> Iterator[bytes]:
    data, at = file.read_bytes(), 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        yield data[at + 4 : at + 4 + size]
        at += 4 + size


if __name__ == "__main__":
    _, port, connections, rate, file = sys.argv[1:]
    found = uvloop.run(_run(int(port), int(connections), float(rate), list(_requests(Path(file)))))
    print(json.dumps(asdict(found)))
