"""What this process measures of its pairs of provinces, beside what `eventcore.metrics` measures of itself."""

from collections.abc import Mapping
from typing import Any, Final

from prometheus_client import Gauge

_frozen: Final = Gauge("eventcore_pair_frozen", "1 where nothing more of it is taken", ["region"])
_pairs: Final = {
    "number": Gauge("eventcore_pair_signed_number", "Last envelope for another province", ["region"]),
    "receipted_number": Gauge("eventcore_pair_receipted_number", "Last of them that it has stored", ["region"]),
    "waiting_seconds": Gauge("eventcore_pair_unreceipted_seconds", "Age of the oldest that has no receipt", ["region"]),
    "in_number": Gauge("eventcore_pair_received_number", "Last stored envelope of another province", ["region"]),
    "missing": Gauge("eventcore_pair_missing_envelopes", "What it says it sent, and is not stored", ["region"]),
}


def show(standing: Mapping[str, Any]) -> None:
    """How this service stands with another province: a row of `log.standing`."""
    for column, gauge in _pairs.items():
        gauge.labels(standing["region"]).set(standing[column])
    _frozen.labels(standing["region"]).set(standing["frozen"] is not None)
