"""Every view is what its facts say: folded once more, in plain Python, and compared row by row."""

import json
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, Final

from tests.chaos.evidence import Event, Evidence, Received

_SURVEY: Final = ("survey-recorded", "survey-approved", "survey-rejected", "survey-invalidated")
_CHINA: Final = timezone(timedelta(hours=8))
Lines = Iterator[str]
Rows = Mapping[str, Mapping[str, Any]]


def check(evidence: Evidence) -> Lines:
    registry, reporting = evidence.registry.views, evidence.reporting.views
    yield from _compare("pending", "survey", pending(evidence.events), registry["pending"])
    yield from _compare("funnel", "survey", funnel(evidence.received), reporting["funnel"])
    yield from _compare("journey", "event", journey(evidence.received), reporting["journey"])
    if (totals := counted(evidence.events)) != dict(evidence.funnel):
        yield f"reporting answers {dict(evidence.funnel)}, the events say {totals}"
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


def funnel(received: Sequence[Received]) -> Rows:
    """What a survey counts as, and from which position that is known."""
    rows: dict[str, dict[str, Any]] = {}
    for row in received:
        said, step = json.loads(row.data), _step(row)
        if step not in _SURVEY:
            continue
        kept = rows.setdefault(row.stream_id, {
            "survey": row.stream_id,
            "worker": said["worker"],
            "household_region": said["household_region"],
            "groups": list(said["groups"]),
            "surveyed_on": date.fromisoformat(said["surveyed_on"]),
            **dict.fromkeys(("approved_on", "rejected_on", "approved_known", "rejected_known", "invalidated_known")),
            "known": row.position,
        })  # fmt: skip
        if step != "survey-recorded":
            word = step.removeprefix("survey-")
            kept[f"{word}_known"] = row.position
            if word != "invalidated":
                kept[f"{word}_on"] = _time(row).astimezone(_CHINA).date()
    return rows


def journey(received: Sequence[Received]) -> Rows:
    """Every fact of a survey, and the registration, a step."""
    rows: dict[str, Mapping[str, Any]] = {}
    for row in received:
        said, step = json.loads(row.data), _step(row)
        if step not in (*_SURVEY, "worker-registered"):
            continue
        rows[row.id] = {
            "event": row.id,
            "worker": said["worker"],
            "kind": step.replace("-", "_").upper(),
            "source": row.source,
            "survey": said["survey"] if step == "worker-registered" else row.stream_id,
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
    }


def _step(row: Received) -> str:
    """`cn.labourbridge.registry.survey-approved.v1` -> `survey-approved`."""
    return row.type.split(".")[-2]


def _time(row: Received) -> datetime:
    return datetime.fromisoformat(_header(row, "ce_time")).astimezone(UTC)


def _header(row: Received, name: str) -> str:
    headers = {key: b64decode(value).decode() for key, value in json.loads(row.headers)}
    return headers.get(name, "")
