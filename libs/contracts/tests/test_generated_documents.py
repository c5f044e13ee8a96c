"""JSON Schemas and the AsyncAPI document are generated, committed, and valid by the official schemas."""

import gzip
import json
from pathlib import Path

import jsonschema
import pytest
from contracts.catalogue import EVENTS, TOPICS
from contracts.generate import asyncapi, documents, json_schema

MEMBER = Path(__file__).parent.parent
OFFICIAL = json.loads(gzip.decompress((Path(__file__).parent / "data" / "asyncapi-3.0.0.schema.json.gz").read_bytes()))


def test_what_is_committed_is_what_would_be_generated() -> None:
    committed = {f"schemas/{path.name}": path for path in (MEMBER / "schemas").iterdir()}
    committed["asyncapi.json"] = MEMBER / "asyncapi.json"
    found = {name: path.read_text(encoding="utf-8") for name, path in committed.items()}
    assert found == documents(), "run: python -m contracts.generate"


def test_the_asyncapi_document_is_valid_by_the_official_schema() -> None:
    jsonschema.validate(asyncapi(), OFFICIAL, jsonschema.Draft7Validator)


def test_the_official_schema_would_notice_a_mistake() -> None:
    for mistake in ({"action": "shout"}, {"channel": "registry.survey.1"}):
        document = json.loads(json.dumps(asyncapi()))
        document["operations"]["publish.registry.survey.1"].update(mistake)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(document, OFFICIAL, jsonschema.Draft7Validator)


def references(node: object) -> list[str]:
    if isinstance(node, dict):
        here = [node["$ref"]] if "$ref" in node else []
        return here + [each for value in node.values() for each in references(value)]
    return [each for value in node for each in references(value)] if isinstance(node, list) else []


def test_every_reference_leads_somewhere() -> None:
    document = json.loads(json.dumps(asyncapi()))
    found = references(document)
    assert found
    for reference in found:
        node = document
        for step in reference.removeprefix("#/").split("/"):
            node = node[step]


def test_every_topic_is_a_channel_and_every_event_a_message() -> None:
    document = json.loads(json.dumps(asyncapi()))
    assert {channel["address"] for channel in document["channels"].values()} == {
        topic.name("{region}") for topic in TOPICS
    }
    assert {message["name"] for message in document["components"]["messages"].values()} == set(EVENTS)
    for topic in TOPICS:
        channel = document["channels"][f"{topic.service}.{topic.stream_kind}.{topic.series}"]
        assert channel["bindings"]["kafka"]["partitions"] == topic.partitions


def test_every_schema_is_a_valid_schema_open_for_additions() -> None:
    for name, event in EVENTS.items():
        schema = dict(json_schema(event))
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["$id"] == f"urn:labourbridge:event:{name}"
        assert "additionalProperties" not in json.dumps(schema)
