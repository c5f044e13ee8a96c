"""The settings of the Kafka clients that are not aiokafka's own, as they were measured. Field names are aiokafka's."""

import logging
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from ssl import SSLContext

import aiokafka.admin  # noqa: F401  (its modules make their loggers when they are imported)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProducerSettings:
    enable_idempotence: bool = True
    acks: str = "all"
    max_batch_size: int = 65_536
    metadata_max_age_ms: int = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsumerSettings:
    enable_auto_commit: bool = False
    auto_offset_reset: str = "none"
    session_timeout_ms: int = 6_000
    heartbeat_interval_ms: int = 1_000
    max_poll_records: int = 1_000
    fetch_max_wait_ms: int = 500
    metadata_max_age_ms: int = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminSettings:
    request_timeout_ms: int = 5_000
    retry_backoff_ms: int = 20
    metadata_max_age_ms: int = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of this package itself; seconds, bytes."""

    message_bytes: int = 900_000
    ack_deadline: float = 10.0
    """Unacknowledged for so long: it is logged, and the topics are checked."""
    give_up: float = 120.0
    """Unacknowledged for so long: the producer is thrown away."""
    client_start: float = 15.0
    client_stop: float = 2.0
    admin: float = 10.0
    commit: float = 10.0
    poll: float = 0.5
    check_every: float = 10.0
    """How often cluster id, end offsets and committed offsets are compared with what is remembered."""
    backoff_first: float = 0.1
    backoff_most: float = 5.0
    refused_again: float = 30.0
    """A refused partition is offered to the receiver again after this."""
    stall: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokerSettings:
    bootstrap: str
    client_id: str
    replication: int = 1
    min_insync_replicas: int = 1
    tls: SSLContext | None = None
    producer: ProducerSettings = field(default_factory=ProducerSettings)
    consumer: ConsumerSettings = field(default_factory=ConsumerSettings)
    admin: AdminSettings = field(default_factory=AdminSettings)
    limits: Limits = field(default_factory=Limits)

    def arguments(self, part: ProducerSettings | ConsumerSettings | AdminSettings) -> dict[str, object]:
        """Keyword arguments of an aiokafka client."""
        return {
            "bootstrap_servers": self.bootstrap.split(","),
            "client_id": self.client_id,
            "security_protocol": "SSL" if self.tls else "PLAINTEXT",
            "ssl_context": self.tls,
            **asdict(part),
        }


class RateLimit(logging.Filter):
    """Lets one record of each template through in `seconds`, with the number of those held back since the last."""

    def __init__(self, seconds: float = 20.0, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._seconds, self._clock = seconds, clock
        self._seen: dict[tuple[str, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        key, now = (record.name, str(record.msg)), self._clock()
        since, held_back = self._seen.get(key, (now - self._seconds, 0))
        if now - since < self._seconds:
            self._seen[key] = (since, held_back + 1)
            return False
        self._seen[key] = (now, 0)
        if held_back:
            record.msg, record.args = f"{record.getMessage()} ({held_back} more like it)", ()
        return True


def quiet_client_logs(limit: RateLimit) -> None:
    """Puts the limit on all of aiokafka's loggers: a filter on the parent would not see its children's records."""
    for name in [*logging.root.manager.loggerDict, "aiokafka"]:
        logger = logging.getLogger(name)
        if name.split(".")[0] == "aiokafka" and not any(isinstance(f, RateLimit) for f in logger.filters):
            logger.addFilter(limit)
