"""Every view is what its facts say: folded once more, in plain Python, and compared row by row."""

import json
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, Final

from tests.chaos.evidence import Event, Evidence, Received

_SURVEY: Final = ("survey-recorded", "survey-approved", "survey-rejected", "survey-invalidated")
_WORDS: Final[Mapping[str, Sequence[tuple[str, int, bool]]]] = {
    "survey-recorded": (("SURVEYED", 0, True),),
    "survey-approved": (("SURVEYED", 0, True), ("APPROVED", 0, True)),
    "survey-rejected": (("SURVEYED", 0, True), ("REJECTED", 0, True)),
    "survey-invalidated": (("SURVEYED", 1, False), ("APPROVED", 1, False), ("REJECTED", 1, False)),
    "worker-registered": (("REGISTERED", 0, True),),
}
"""Kind, rank and whether it counts: what each fact says of steps."""
_CHINA: Final = timezone(timedelta(hours=8))
Lines = Iterator[str]
Rows = Mapping[str, Mapping[str, Any]]


def check(evidence: Evidence) -> Lines:
    registry, reporting = evidence.registry.views, evidence.reporting.views
    yield from _compare("pending", "survey", pending(evidence.events), registry["pending"])
    yield from _compare("steps", "step", steps(evidence.received), reporting["steps"])
    yield from _compare("journey", "event", journey(evidence.received), reporting["journey"])
    totals = counted(evidence.events)
    if totals != (answered := {name: evidence.funnel[name] for name in totals}):
        yield f"reporting answers {answered}, the events say {totals}"
    lines = (("registry", evidence.registry.readers, len(evidence.events)),
             ("reporting", evidence.reporting.readers, len(evidence.received)))  # fmt: skip
    for name, readers, last in lines:
        yield from (f"{name} {reader} stands at {at}, not {last}" for reader, at in readers.items() if at != last)


def _compare(name: str, key: str, wanted: Rows, rows: Sequence[Mapping[str, Any]]) -> Lines:
    found = {row[key]: row for row in rows}
    differing = sorted(id for id in {*wanted, *found} if wanted.get(id) != found.get(id))
    if differing:
        first = differing[0]
        yield (f"view {name}: {len(differing)} of {len(wanted)} rows differ, e.g. {first}: "
               f"{found.get(first)} instead of {wanted.get(first)}")  # fmt: skip


def pending(events: Sequence[Event]) -> Rows:
    """What waits for a reviewer, or to be surveyed again."""
    rows: dict[str, Mapping[str, Any]] = {}
    for event in events:
        survey = event.stream_id.removeprefix("survey-")
        if event.type in ("survey-recorded", "survey-invalidated"):
            rows[survey] = {
                "survey": survey,
                "state": "pending" if event.type == "survey-recorded" else "invalidated",
                "county": event.body.get("guest_in") or event.body["household_region"],
                "household_region": event.body["household_region"],
                "worker": event.body["worker"],
                "groups": [each["group"] for each in event.body["groups"]],
                "surveyed_on": date.fromisoformat(event.body["surveyed_on"]),
                "surveyor": event.body.get("surveyor"),
                "organisation": event.body["organisation"],
                "reason": event.body.get("reason"),
                "since": event.occurred_at,
            }
        elif event.type in ("survey-approved", "survey-rejected"):
            rows.pop(survey, None)
    return rows


def steps(received: Sequence[Received]) -> Rows:
    """What each survey and registration counts as: every word of it, and from which position that is known."""
    rows: dict[str, dict[str, Any]] = {}
    for row in received:
        step, said = _step(row), json.loads(row.data)
        for kind, rank, counts in _WORDS.get(step, ()):
            day = _time(row).astimezone(_CHINA).date()
            surveyed_on = date.fromisoformat(said["surveyed_on"]) if "surveyed_on" in said else None
            if surveyed_on:
                day = surveyed_on if kind == "SURVEYED" or not counts else max(day, surveyed_on)
            key = f"{row.stream_id}#{kind}"
            kept = rows.setdefault(key, {
                "step": key,
                "kind": kind,
                "worker": said["worker"],
                "region": said["household_region"] if surveyed_on else None,
                "written_on": surveyed_on,
                "groups": list(said["groups"]) if surveyed_on else None,
                **dict.fromkeys(("training_class", "institution", "occupation")),
                **{name: [] for name in ("ranks", "counts", "days", "positions", "events")},
            })  # fmt: skip
            if rank not in kept["ranks"]:
                for name, word in zip(
                    ("ranks", "counts", "days", "positions", "events"),
                    (rank, counts, day, row.position, row.id),
                    strict=True,
                ):
                    kept[name].append(word)
    return rows


def journey(received: Sequence[Received]) -> Rows:
    """Every fact of a survey, the registration, and each move, a step."""
    rows: dict[str, Mapping[str, Any]] = {}
    for row in received:
        said, step = json.loads(row.data), _step(row)
        if step not in (*_SURVEY, "worker-registered", "worker-moved"):
            continue
        rows[row.id] = {
            "event": row.id,
            "worker": said["worker"],
            "kind": step.replace("-", "_").upper(),
            "source": row.source,
            "survey": row.stream_id if step in _SURVEY else said.get("survey"),
            **dict.fromkeys(("about", "claim", "amount")),
            "corrects": said.get("corrects"),
            "version": int(row.id.split("/")[1]),
            "region": said["household_region"],
            "reason": said.get("reason"),
            "happened_at": _time(row),
            "trace": _header(row, "ce_traceparent"),
            "position": row.position,
        }
    return rows


def counted(events: Sequence[Event]) -> dict[str, int]:
    """The totals of the province, from the registry's own events."""
    last = {event.stream_id: event for event in events if event.type in _SURVEY}
    void = [event for event in last.values() if event.type == "survey-invalidated"]
    valid = [event for event in last.values() if event.type != "survey-invalidated"]
    approved = [event for event in valid if event.type == "survey-approved"]
    rejected = [event for event in valid if event.type == "survey-rejected"]
    return {
        "surveys": len(valid),
        "surveys_approved": len(approved),
        "surveys_rejected": len(rejected),
        "surveys_pending": len(valid) - len(approved) - len(rejected),
        "surveys_invalidated": len(void),
        "persons_surveyed": len({event.body["worker"] for event in valid}),
        "persons_approved": len({event.body["worker"] for event in approved}),
        "persons_registered": sum(event.type == "worker-registered" for event in events),
    }


def _step(row: Received) -> str:
    """`cn.labourbridge.registry.survey-approved.v1` -> `survey-approved`."""
    return row.type.split(".")[-2]


def _time(row: Received) -> datetime:
    return datetime.fromisoformat(_header(row, "ce_time")).astimezone(UTC)


def _header(row: Received, name: str) -> str:
    headers = {key: b64decode(value).decode() for key, value in json.loads(row.headers)}
    return headers.get(name, "")
