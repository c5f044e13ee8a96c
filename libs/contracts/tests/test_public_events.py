"""Public events: what was published stays readable and keeps its bytes."""

import json
import re
from datetime import UTC, date, datetime
from itertools import permutations
from pathlib import Path

import jsonschema
import pytest
from contracts.catalogue import EVENTS, TOPICS, UnknownEvent, read, topic_of, topics_of
from contracts.generate import json_schema
from contracts.public_event import EVENT_TYPE, PublicEvent, UnreadableEvent, service_of
from contracts.registry import (
    FallenApproval,
    SurveyApprovedV1,
    SurveyFacts,
    SurveyInvalidatedV1,
    SurveyRecordedV1,
    SurveyRejectedV1,
)
from pydantic import ValidationError

GOLDEN = Path(__file__).parent / "golden"
SAMPLES = sorted(GOLDEN.glob("cn.*.json"))


def type_of(sample: Path) -> str:
    """`<type>.json` is the first sample, `<type>.2.json` the one after a field was added."""
    return re.sub(r"\.[0-9]+$", "", sample.name.removesuffix(".json"))


def published(sample: Path) -> bytes:
    return sample.read_bytes().removesuffix(b"\n")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_what_was_published_is_read_and_published_again_with_the_same_bytes(sample: Path) -> None:
    event = read(type_of(sample), published(sample))
    assert event.to_bytes() == published(sample)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_what_was_published_fits_the_schema_that_consumers_get(sample: Path) -> None:
    schema = json_schema(EVENTS[type_of(sample)])
    jsonschema.validate(json.loads(published(sample)), schema, jsonschema.Draft202012Validator)


def test_every_event_has_a_sample_with_every_field() -> None:
    fields: dict[str, set[str]] = {}
    for sample in SAMPLES:
        fields.setdefault(type_of(sample), set()).update(json.loads(published(sample)))
    assert fields == {name: set(event.model_fields) for name, event in EVENTS.items()}


def test_types_follow_the_naming_rule_and_their_class() -> None:
    for name, event in EVENTS.items():
        assert EVENT_TYPE.fullmatch(name)
        kebab, version = name.split(".")[-2:]
        assert event.__name__ == "".join(word.title() for word in kebab.split("-")) + version.upper()
        assert service_of(name) == topic_of(name).service


def test_every_event_of_a_service_has_one_topic_keyed_by_its_stream() -> None:
    assert [topic.name("520000") for topic in TOPICS] == [
        "520000.registry.survey.1",
        "520000.registry.worker.1",
        "520000.registry.household.1",
        "520000.registry.trainee-list.1",
        "520000.registry.stewardship.1",
        "520000.registry.identity.1",
        "520000.training.institution.1",
        "520000.training.programme.1",
        "520000.training.class.1",
        "520000.training.enrolment.1",
        "520000.training.student.1",
        "520000.certification.certificate.1",
        "520000.placement.employer.1",
        "520000.placement.vacancy.1",
        "520000.placement.agreement.1",
        "520000.placement.transfer.1",
        "520000.placement.transfer.2",
        "520000.placement.employment.1",
        "520000.placement.career.1",
        "520000.placement.permission.1",
        "520000.subsidy.claim.1",
        "520000.subsidy.payment.1",
        "520000.subsidy.reservation.1",
        "520000.subsidy.rule-pack.1",
    ]
    assert {topic.partitions for topic in TOPICS} == {12}
    assert sum(len(topic.types) for topic in TOPICS) == len(EVENTS)
    assert topics_of("registry") == TOPICS[:6]
    assert topics_of("nobody") == ()
    with pytest.raises(UnknownEvent):
        topic_of("cn.labourbridge.registry.survey-recorded.v9")


def recorded(**changes: object) -> SurveyRecordedV1:
    sample = read(SurveyRecordedV1.type, published(GOLDEN / f"{SurveyRecordedV1.type}.json"))
    return SurveyRecordedV1.model_validate({**sample.model_dump(), **changes})


def test_a_reader_ignores_members_that_it_does_not_know() -> None:
    newer = {**json.loads(recorded().to_bytes()), "harvest": "good"}
    assert SurveyRecordedV1.from_bytes(json.dumps(newer).encode()) == recorded()


def test_a_reader_takes_codes_that_its_lists_do_not_have_yet() -> None:
    assert recorded(groups=("SOME_LATER_GROUP",)).groups == ("SOME_LATER_GROUP",)


def test_members_without_a_value_are_left_out() -> None:
    assert b"null" not in recorded(employment_form=None).to_bytes()
    assert b"employment_form" not in recorded(employment_form=None).to_bytes()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b'{"worker": NaN}',
        b'{"worker":"\\ud800"}',
        b"\xff",
        recorded().to_bytes().replace(b'"520502"', b"520502"),
        recorded().to_bytes().replace(b'"520502"', b'"52050"'),
        recorded().to_bytes().replace(b"2026-11-20", b"2026-02-30"),
        recorded().to_bytes().replace(b'"JOB"', b'"JOB\\u0000"'),
        recorded().to_bytes().replace(b'"JOB"', b'"a wish"'),
    ],
)
def test_data_that_does_not_fit_raises_one_error_that_repeats_no_value(data: bytes) -> None:
    with pytest.raises(UnreadableEvent) as caught:
        read(SurveyRecordedV1.type, data)
    assert "520502" not in str(caught.value)
    assert str(caught.value).startswith(SurveyRecordedV1.type)


def test_an_event_of_a_later_version_is_unknown_not_unreadable() -> None:
    with pytest.raises(UnknownEvent):
        read("cn.labourbridge.registry.survey-recorded.v2", b"{}")


@pytest.mark.parametrize("value", ["", "x\0y", "\ud800", "王小明", "a" * 101, "52050 2"])
def test_nothing_but_plain_ids_gets_into_an_event(value: str) -> None:
    with pytest.raises(ValidationError):
        recorded(organisation=value)


def test_an_event_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        recorded().worker = "another"


def test_no_event_has_a_member_that_could_hold_personal_data() -> None:
    telling = ("name", "number", "phone", "surveyor", "reviewer", "birth", "account", "address")
    for event in EVENTS.values():
        assert not [field for field in event.model_fields if any(word in field for word in telling)]


FACTS = {"worker": "w1", "household_region": "520502", "groups": ("MONITORED",), "organisation": "520502-hr"}


def survey(kind: type[SurveyFacts], day: int, **more: object) -> SurveyFacts:
    return kind.model_validate({**FACTS, "surveyed_on": date(2026, 11, day), **more})


def funnel(events: tuple[SurveyFacts, ...]) -> dict[tuple[str, str, str], int]:
    """(county, group, stage) → count, each event by itself: no event needs another that came before."""
    counts: dict[tuple[str, str, str], int] = {}
    for event in events:
        for group in event.groups:
            for stage, n in contributions(event):
                key = (event.household_region, group, stage)
                counts[key] = counts.get(key, 0) + n
    return {key: n for key, n in counts.items() if n}


def contributions(event: SurveyFacts) -> list[tuple[str, int]]:
    match event:
        case SurveyRecordedV1():
            return [("surveyed", 1)]
        case SurveyApprovedV1():
            return [("approved", 1)]
        case SurveyInvalidatedV1():
            return [("surveyed", -1), *([("approved", -1)] if event.approval else [])]
        case _:
            return []


def test_a_funnel_comes_out_the_same_in_whatever_order_events_arrive() -> None:
    first = dict.fromkeys(("employment_status", "channel", "capture_method"), "X") | {"wishes": ()}
    fallen = FallenApproval(event="survey-1/2", at=datetime(2026, 11, 2, tzinfo=UTC))
    events = (
        survey(SurveyRecordedV1, 1, **first),
        survey(SurveyApprovedV1, 1),
        survey(SurveyInvalidatedV1, 1, corrects="survey-1/1", approval=fallen, reason="WRONG_GROUP"),
        survey(SurveyRecordedV1, 2, **first),
        survey(SurveyApprovedV1, 2),
        survey(SurveyRejectedV1, 3, reason="INCOMPLETE"),
    )
    found = [funnel(order) for order in permutations(events)]
    assert found[0] == {("520502", "MONITORED", "surveyed"): 1, ("520502", "MONITORED", "approved"): 1}
    assert all(each == found[0] for each in found)


def test_a_public_event_without_a_type_of_its_own_is_in_no_catalogue() -> None:
    assert SurveyFacts not in EVENTS.values()
    assert all(issubclass(event, PublicEvent) for event in EVENTS.values())
