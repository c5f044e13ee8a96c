"""The settings of the Kafka clients that are not aiokafka's own, as they were measured. Field names are aiokafka's."""

from dataclasses import asdict, dataclass, field
from ssl import SSLContext


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
    ack_deadline: float = 30.0
    """No acknowledgement for so long: the topics are checked, and the producer is thrown away."""
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
