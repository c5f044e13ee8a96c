"""Instruments of the OpenTelemetry metrics API, read by Prometheus. One process, one registry."""

from collections.abc import Mapping, Sequence
from typing import Final

from opentelemetry.exporter.prometheus import PrometheusMetricReader
from opentelemetry.metrics import Counter, Histogram
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.resources import Resource
from prometheus_client import REGISTRY, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

_reader: Final = PrometheusMetricReader(disable_target_info=True, scope_info_enabled=False)
_meter: Final = MeterProvider([_reader], Resource({}), shutdown_on_exit=False).get_meter("eventcore")


def counter(name: str, unit: str, what: str) -> Counter:
    """Counts up only."""
    return _meter.create_counter(name, unit, what)


def histogram(name: str, unit: str, what: str, bounds: Sequence[float]) -> Histogram:
    """Counts by size; `bounds` are the upper edges of its classes."""
    return _meter.create_histogram(name, unit, what, explicit_bucket_boundaries_advisory=bounds)


class Gauge:
    """A value that goes up and down."""

    def __init__(self, name: str, unit: str, what: str) -> None:
        self._gauge = _meter.create_gauge(name, unit, what)

    def set(self, value: float, labels: Mapping[str, str]) -> None:
        """Labels name things of which there are few: never a person, company or request."""
        self._gauge.set(value, labels)


def exposition() -> tuple[bytes, str]:
    """Every metric of this process as Prometheus reads them, and the media type."""
    return generate_latest(REGISTRY), CONTENT_TYPE_PLAIN_0_0_4
