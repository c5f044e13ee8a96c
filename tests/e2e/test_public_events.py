"""Stored, published, followed and applied are the same set of events, whichever way one asks."""

import json
from typing import Any, Final

import pytest
from contracts.catalogue import topics_of

from tests.e2e.province import REGION, Province
from tests.e2e.sent import Sent
from tests.e2e.topics import messages

pytestmark = [pytest.mark.postgres, pytest.mark.kafka, pytest.mark.processes]


SOURCE: Final = f"/cn/{REGION}/registry"
PUBLIC: Final = [
    type.removeprefix("cn.labourbridge.registry.").removesuffix(".v1")
    for topic in topics_of("registry")
    for type in topic.types
]
"""Stored types of the registry that are published, under the same name; the others stay at home."""


def followed(province: Province, limit: int) -> list[dict[str, Any]]:
    """What a follower gets who begins at the beginning and goes on until there is nothing new."""
    follower = province.headers("follower", REGION)
    events: list[dict[str, Any]] = []
    page: dict[str, str | int] = {"limit": limit}
    while True:
        answer = province.registry.get("/v1/events", params=page, headers=follower)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/cloudevents-batch+json"
        if not answer.json():
            return events
        events += answer.json()
        page["after"] = answer.headers["Next-Cursor"]


def test_a_follower_gets_exactly_the_public_events_in_the_order_of_the_log(province: Province, sent: Sent) -> None:
    province.settle()
    events = followed(province, limit=37)
    public = "select stream_id, version, type from log.events where type = any($1) order by position"
    stored = province.fetch("registry", public, PUBLIC)
    assert [event["id"] for event in events] == [
        f"{row['stream_id']}/{row['version']}/cn.labourbridge.registry.{row['type']}.v1" for row in stored
    ]
    assert {event["source"] for event in events} == {SOURCE}
    assert [event["sequence"] for event in events] == sorted(event["sequence"] for event in events)


def test_topics_feed_and_inbox_hold_the_same_events(province: Province, sent: Sent) -> None:
    province.settle()
    fed = {event["id"]: event["data"] for event in followed(province, limit=200)}
    published = messages(province.deployment.kafka().bootstrap, f"{REGION}.registry.")
    assert {message.header("ce_id"): json.loads(message.value) for message in published} == fed
    rows = province.fetch("reporting", "select id, data from log.inbox where source = $1", SOURCE)
    assert {row["id"]: json.loads(row["data"]) for row in rows} == fed
    assert len(rows) == len(fed)


def test_a_follower_who_waits_is_told_as_soon_as_there_is_news(province: Province, sent: Sent) -> None:
    follower = province.headers("follower", REGION)
    page: dict[str, str | float] = {"after": cursor_at_the_end(province)}
    end = province.registry.get("/v1/events", params=page, headers=follower)
    assert end.json() == []
    waiting = sent.recorded[-1]
    answer = province.registry.post(
        f"/v1/surveys/{waiting.survey}/identity", json={"purpose": "SURVEY_REVIEW"},
        headers=province.headers("reviewer", REGION),
    )  # fmt: skip
    assert answer.status_code == 201
    page = {"after": end.headers["Next-Cursor"], "wait": 0.3}
    silent = province.registry.get("/v1/events", params=page, headers=follower)
    assert silent.json() == []
    assert silent.headers["Next-Cursor"] != end.headers["Next-Cursor"]


def cursor_at_the_end(province: Province) -> str:
    (head,) = province.fetch("registry", "select incarnation, (select pos from log.last()) as position from log.head")
    return f"{head['incarnation']}:{head['position']}"
