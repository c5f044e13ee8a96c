"""Structured logs: one JSON line an entry, and only fields that are known to hold no personal data."""

import logging
import sys
import time
import traceback
from collections.abc import Callable, MutableMapping
from typing import Any, Final

import structlog

from eventcore import tracing

ALLOWED: Final = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "logger",
        "trace_id",
        "service",
        "region",
        "error",
        "where",
        "reader",
        "view",
        "stream",
        "position",
        "version",
        "count",
        "seconds",
        "method",
        "route",
        "status",
        "code",
        "topic",
        "partition",
        "offset",
        "member",
        "state",
        "attempts",
        "lag",
        "port",
        "reason",
        "name",
    }
)
"""Fields that may leave the process. Others are dropped, so that nobody logs a body by mistake."""


def where(error: BaseException) -> str:
    """File and line of the innermost frames: an exception's text may hold what it must not."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return " < ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(frames))


def setup(service: str, region: str) -> None:
    """Everything that this process logs goes to stderr as JSON lines, other libraries' records too."""
    shared: list[structlog.typing.Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _traced,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, _foreign],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                lambda _, __, entry: {"service": service, "region": region} | _allowed(entry),
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    handler.addFilter(RateLimit("aiokafka"))
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    for noisy in ("uvicorn.access", "httpx", "aiokafka", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


class RateLimit(logging.Filter):
    """Of a library and its parts, lets one record of each template through in `seconds`, with the number of those held
    back since the last: while the broker is away, each client of Kafka says so seventy times a second."""

    def __init__(self, library: str, seconds: float = 20.0, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(library)
        self._seconds, self._clock = seconds, clock
        self._seen: dict[tuple[str, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """On the handler: a filter on a logger does not see the records of its children."""
        if not super().filter(record):
            return True
        key, now = (record.name, str(record.msg)), self._clock()
        since, held_back = self._seen.get(key, (now - self._seconds, 0))
        if now - since < self._seconds:
            self._seen[key] = (since, held_back + 1)
            return False
        self._seen[key] = (now, 0)
        if held_back:
            record.msg, record.args = f"{record.getMessage()} ({held_back} more like it)", ()
        return True


def _traced(_: Any, __: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if trace := tracing.trace_id():
        entry["trace_id"] = trace
    return entry


def _foreign(_: Any, __: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Of other libraries' records: the template without its arguments, and an exception's class and place."""
    record: logging.LogRecord = entry["_record"]
    entry["event"], entry["logger"] = str(record.msg), record.name
    if record.exc_info and (error := record.exc_info[1]):
        entry["error"], entry["where"] = type(error).__name__, where(error)
    entry.pop("exc_info", None)
    return entry


def _allowed(entry: MutableMapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name in ALLOWED}
