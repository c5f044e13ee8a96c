"""Writes the JSON Schema of every public event and the AsyncAPI document of all topics: `python -m contracts.generate`.

Without a folder as argument it writes beside the package's sources, where the files are committed.
"""

import json
import sys
from collections.abc import Mapping
from inspect import getdoc
from pathlib import Path
from typing import Final, TypeAlias

from pydantic.json_schema import models_json_schema

from contracts.catalogue import EVENTS, TOPICS, Topic
from contracts.cloudevents import CONTENT_TYPE
from contracts.public_event import PublicEvent

Json: TypeAlias = Mapping[str, object]

ASYNCAPI_VERSION: Final = "3.0.0"
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def documents() -> dict[str, str]:
    """Path inside the folder → text, for every generated file."""
    found = {f"schemas/{name}.json": _text(json_schema(event)) for name, event in EVENTS.items()}
    return {**found, "asyncapi.json": _text(asyncapi())}


def json_schema(event: type[PublicEvent]) -> Json:
    """What a consumer may rely on: unknown members may come, none that is required goes."""
    return {"$schema": _DIALECT, "$id": f"urn:labourbridge:event:{event.type}", **event.model_json_schema()}


def asyncapi() -> Json:
    """The AsyncAPI 3 document of all topics."""
    _, schemas = models_json_schema(
        [(event, "validation") for event in EVENTS.values()], ref_template="#/components/schemas/{model}"
    )
    definitions = schemas["$defs"]
    return {
        "asyncapi": ASYNCAPI_VERSION,
        "info": {
            "title": "LabourBridge public events 劳务桥公共事件",
            "version": "1.0.0",
            "description": "CloudEvents 1.0 in Kafka binary mode. Consumers deduplicate by ce_id. "
            "消费者按 ce_id 去重；同一条流内版本递增，不同流之间不保证顺序。",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": CONTENT_TYPE,
        "channels": {_channel_id(topic): _channel(topic) for topic in TOPICS},
        "operations": {f"publish.{_channel_id(topic)}": _operation(topic) for topic in TOPICS},
        "components": {
            "messages": {event.__name__: _message(event) for event in EVENTS.values()},
            "schemas": {**definitions, "CloudEventHeaders": _headers()},
        },
    }


def _channel_id(topic: Topic) -> str:
    return f"{topic.service}.{topic.stream_kind}.{topic.series}"


def _channel(topic: Topic) -> Json:
    return {
        "address": topic.name("{region}"),
        "description": f"Key: id of the {topic.stream_kind} stream",
        "parameters": {"region": {"description": "Province, GB/T 2260, e.g. 520000"}},
        "messages": {event.__name__: {"$ref": f"#/components/messages/{event.__name__}"} for event in topic.events},
        "bindings": {
            "kafka": {
                "partitions": topic.partitions,
                "topicConfiguration": {"cleanup.policy": ["delete"], "retention.ms": -1},
                "bindingVersion": "0.5.0",
            }
        },
    }


def _operation(topic: Topic) -> Json:
    channel = f"#/channels/{_channel_id(topic)}"
    return {
        "action": "send",
        "summary": f"The {topic.service} publishes facts about a {topic.stream_kind}",
        "channel": {"$ref": channel},
        "messages": [{"$ref": f"{channel}/messages/{event.__name__}"} for event in topic.events],
    }


def _message(event: type[PublicEvent]) -> Json:
    return {
        "name": event.type,
        "title": event.__name__,
        "summary": getdoc(event) or "",
        "contentType": CONTENT_TYPE,
        "headers": {"$ref": "#/components/schemas/CloudEventHeaders"},
        "payload": {"$ref": f"#/components/schemas/{event.__name__}"},
        "bindings": {"kafka": {"key": {"type": "string", "description": "Stream id"}, "bindingVersion": "0.5.0"}},
    }


def _headers() -> Json:
    required = {
        "ce_specversion": {"type": "string", "const": "1.0"},
        "ce_id": {"type": "string", "description": "stream id / version / type"},
        "ce_source": {"type": "string", "pattern": "^/cn/[1-9][0-9]{5}/[a-z]+$"},
        "ce_type": {"type": "string", "enum": list(EVENTS)},
        "ce_time": {"type": "string", "format": "date-time", "description": "When it happened, UTC"},
        "ce_subject": {"type": "string", "description": "Stream id"},
        "ce_partitionkey": {"type": "string", "description": "Stream id"},
        "ce_sequence": {"type": "string", "pattern": "^[0-9]{20}$", "description": "Position in the source's log"},
        "ce_incarnation": {"type": "string", "description": "Name of the source's log, new after a restore"},
        "ce_recordedtime": {"type": "string", "format": "date-time", "description": "When the log took it, UTC"},
        "content-type": {"type": "string", "const": CONTENT_TYPE},
    }
    optional = {
        "ce_correlationid": {"type": "string"},
        "ce_causationid": {"type": "string"},
        "ce_traceparent": {"type": "string", "description": "W3C context of the request that caused the event"},
        "traceparent": {"type": "string", "description": "W3C context of the span that sent this message"},
    }
    return {"type": "object", "required": list(required), "properties": {**required, **optional}}


def _text(document: Json) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Writes all documents into the member's folder, or the one that is named."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2]
    for name, text in documents().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        print(path.relative_to(folder))


if __name__ == "__main__":
    main()
