"""What this process measures of itself, as plain functions. Labels are never a person, a company or a request."""

from typing import Final

from eventcore.tracing import meters
from eventcore.tracing.meters import exposition

__all__ = ["command", "door_call", "exposition", "parked", "reader", "request"]

_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 5.0)
_SIZES: Final = (1, 2, 4, 8, 16, 32, 64, 128, 256)

_requests: Final = meters.histogram("http.server.request.duration", "s", "Time to answer a request", _SECONDS)
_commands: Final = meters.histogram("eventcore.command.duration", "s", "Time to carry out a command", _SECONDS)
_door: Final = meters.histogram("eventcore.door.duration", "s", "Time of one call of the door", _SECONDS)
_batch: Final = meters.histogram("eventcore.door.commands", "1", "Commands in one call of the door", _SIZES)
_events: Final = meters.counter("eventcore.door.events", "1", "Events that went to the door")
_lag: Final = meters.Gauge("eventcore.reader.lag_events", "1", "Positions between a reader and the end of the log")
_age: Final = meters.Gauge("eventcore.reader.lag_seconds", "s", "Age of the oldest fact that a reader has not done")
_parked: Final = meters.Gauge("eventcore.reader.parked_streams", "1", "Streams that wait for an operator")


def request(method: str, route: str, status: int, seconds: float) -> None:
    """One answered request; `route` is the template."""
    _requests.record(
        seconds, {"http.request.method": method, "http.route": route, "http.response.status_code": str(status)}
    )


def command(name: str, outcome: str, seconds: float) -> None:
    """One command that a caller waited for."""
    _commands.record(seconds, {"command": name, "outcome": outcome})


def door_call(commands: int, events: int, seconds: float) -> None:
    """One call of the door, with what it carried."""
    _door.record(seconds)
    _batch.record(commands)
    _events.add(events)


def reader(reader: str, lag_events: int, lag_seconds: float | None = None) -> None:
    """How far a reader is behind the log."""
    _lag.set(lag_events, {"reader": reader})
    if lag_seconds is not None:
        _age.set(lag_seconds, {"reader": reader})


def parked(reader: str, streams: int) -> None:
    """How many streams a reader has parked."""
    _parked.set(streams, {"reader": reader})
