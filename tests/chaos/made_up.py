"""Events as a log would hold them, for tests of the checkers."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from tests.chaos.check_log import link
from tests.chaos.evidence import Event

BEGAN: Final = datetime(2026, 6, 1, tzinfo=UTC)


def chained(rows: Sequence[tuple[str, int, str, Mapping[str, Any], str]], seconds: Sequence[int] = ()) -> list[Event]:
    """Each (stream, version, type, body, command), in the order of positions; a second after the one before it, or so
    many after the beginning as is said."""
    last: dict[str, bytes] = {}
    events = []
    for position, (stream, version, kind, body, command) in enumerate(rows, 1):
        moment = BEGAN + timedelta(seconds=seconds[position - 1] if seconds else position)
        meta = {"command": command}
        event = Event(
            position=position, stream_id=stream, version=version, type=kind, schema_version=1,
            data=json.dumps(body).encode(), metadata=json.dumps(meta).encode(), occurred_at=moment, recorded_at=moment,
            hash=b"", body=body, meta=meta,
        )  # fmt: skip
        last[stream] = link(last.get(stream, b""), event)
        events.append(replace(event, hash=last[stream]))
    return events
