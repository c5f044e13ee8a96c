"""What callers were told is what is stored: accepted is there exactly once, refused and failed not at all, and whoever
asked again got the same answer. Plain Python: shares no code with the runtime."""

from base64 import urlsafe_b64decode
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.chaos.evidence import Command, Event, Evidence
from tests.chaos.history import Asked, Told

OUTCOMES: Final = {201: 0, 200: 1, 409: 2}
"""Status -> what the log has of it: accepted, nothing to do, refused."""
TYPES: Final = {
    "record": "survey-recorded",
    "approve": "survey-approved",
    "reject": "survey-rejected",
    "invalidate": "survey-invalidated",
}
REFUSALS: Final = {
    "record": {"survey_already_corrected"},
    "approve": {"survey_own_review", "survey_already_reviewed", "survey_invalidated"},
    "reject": {"survey_own_review", "survey_already_reviewed", "survey_invalidated"},
    "invalidate": {"survey_own_review"},
}
REUSED: Final = "idempotency_key_reused"
REGISTER: Final = "policy/when_survey_approved_register_worker/"
WITHDRAW: Final = "policy/when_survey_invalidated_withdraw_what_it_said/"

Lines = Iterator[str]


def check(evidence: Evidence) -> Lines:
    events: dict[str, list[Event]] = defaultdict(list)
    for event in evidence.events:
        events[event.meta["command"]].append(event)
    commands = by_command(evidence.asked)
    for id, asked in commands.items():
        yield from _answers(id, asked)
        yield from _effect(id, asked, evidence.commands.get(id), events.get(id, []))
    followed = {*_policy_commands(evidence.events), *_roster_commands(evidence)}
    yield from _nothing_else(evidence, commands.keys() | followed)
    yield from _contents(evidence, commands)


def by_command(asked: Sequence[Asked]) -> dict[str, list[Asked]]:
    """Requests with the same client, route and key."""
    found: dict[str, list[Asked]] = defaultdict(list)
    for each in asked:
        found[each.request.command].append(each)
    return dict(found)


def taken(asked: Sequence[Asked]) -> list[tuple[Asked, Told]]:
    """Definite answers of the request that the key belongs to."""
    return [(each, told) for each in asked for told in each.definite if told.code != REUSED]


def _answers(id: str, asked: Sequence[Asked]) -> Lines:
    for each in asked:
        yield from (
            f"{id}: {told.status} {told.code}" for told in each.told if told.status >= 500 and told.status != 503
        )
        if len(each.definite) != 1:
            yield f"{id}: request {each.request.n} has {len(each.definite)} definite answers"
        for told in each.definite:
            if told.status not in OUTCOMES and told.code != REUSED:
                yield f"{id}: {each.request.kind} was answered with {told.status} {told.code}"
            if told.status == 409 and told.code not in REFUSALS[each.request.kind]:
                yield f"{id}: {each.request.kind} was refused as {told.code}"
    owners = taken(asked)
    if len({told.body for _, told in owners}) > 1:
        yield f"{id}: one key, different answers"
    if len({repr(each.request.body) for each, _ in owners}) > 1:
        yield f"{id}: one key took two bodies"
    if not owners:
        yield f"{id}: every request was told that another one had used its key"


def _effect(id: str, asked: Sequence[Asked], command: Command | None, events: Sequence[Event]) -> Lines:
    """Of a key that was answered: its command with this answer, and an event where it was accepted, else none."""
    for each, told in taken(asked)[:1]:
        wanted = 1 if told.status == 201 else 0
        if len(events) != wanted:
            yield f"{id}: answered with {told.status}, {len(events)} events"
        if command is None:
            yield f"{id}: answered with {told.status}, and the log does not know it"
            return
        if command.outcome != OUTCOMES.get(told.status):
            yield f"{id}: answered with {told.status}, stored as outcome {command.outcome}"
        if command.answer.decode() != told.body:
            yield f"{id}: the stored answer is not the one that was given"
        for event in events[:wanted]:
            yield from _event(id, each, told, event)


def _event(id: str, each: Asked, told: Told, event: Event) -> Lines:
    request, answer = each.request, told.value
    place = (f"survey-{answer['survey']}", answer["version"], TYPES[request.kind], answer["worker"])
    if (event.stream_id, event.version, event.type, event.body["worker"]) != place:
        yield f"{id}: told of {place}, stored is {event.id} {event.type}"
    if request.kind == "record":
        said = {
            name: (request.body or {}).get(name) for name in ("household_region", "surveyed_on", "channel", "corrects")
        }
        stored = {name: event.body[name] for name in said}
        if said != stored or event.body["surveyor"] != request.subject:
            yield f"{id}: stored {stored} by {event.body['surveyor']}, asked {said} by {request.subject}"


def _policy_commands(events: Sequence[Event]) -> Lines:
    """An approval makes one command, to register the worker; so does its fall, to take back what it said."""
    yield from (f"{REGISTER}{event.id}/0" for event in events if event.type == "survey-approved")
    fallen = (event for event in events if event.type == "survey-invalidated" and event.body["approval"])
    yield from (f"{WITHDRAW}{event.id}/0" for event in fallen)


def _roster_commands(evidence: Evidence) -> Lines:
    """Each roster is begun and ended by one command; those of its rows bear the survey that its verdict names."""
    events = {event.id: event for event in evidence.events}
    for roster in evidence.rosters:
        yield f"http/{roster.clerk.partition('-')[0]}//v1/imports/{roster.key}"
        yield f"imports/import-{roster.import_}/1/end"
        surveys = (events.get(f"survey-{verdict['survey']}/1") for verdict in roster.verdicts)
        yield from (event.meta["command"] for event in surveys if event)


def _nothing_else(evidence: Evidence, known: set[str]) -> Lines:
    stored = set(evidence.commands)
    yield from (f"{id}: stored, and nobody was told" for id in sorted(stored - known))
    lost = (id for id in sorted(known - stored) if id.startswith("policy/"))
    yield from (f"{id}: a fact's command is not in the log" for id in lost)
    uncaused = [event.id for event in evidence.events if event.meta["command"] not in known]
    yield from (f"{id}: an event that nobody asked for" for id in uncaused)


def _contents(evidence: Evidence, commands: Mapping[str, Sequence[Asked]]) -> Lines:
    """The vault gives back the numbers that callers sent; one number is one worker, and one worker one number."""
    workers: dict[str, set[str]] = defaultdict(set)
    numbers: dict[str, set[str]] = defaultdict(set)
    for event in evidence.events:
        if event.type != "survey-recorded":
            continue
        number = opened(evidence, event, "number")
        workers[number].add(event.body["worker"])
        numbers[event.body["worker"]].add(number)
        owners = taken(commands.get(event.meta["command"], ()))
        if owners and (owners[0][0].request.body or {}).get("number") != number:
            yield f"{event.id}: the sealed number is not the one that was sent"
    yield from (
        f"{len(found)} workers have one number: {sorted(found)}" for found in workers.values() if len(found) > 1
    )
    yield from (f"worker {id} has {len(found)} numbers" for id, found in numbers.items() if len(found) > 1)


def opened(evidence: Evidence, event: Event, field: str) -> str:
    """The plain text of a sealed field; what is wrong where it cannot be read."""
    worker = event.body["worker"]
    if worker not in evidence.keys:
        return f"no key for {worker}"
    wrapped, version = evidence.keys[worker]
    master = AESGCM(evidence.masters[version - 1])
    try:
        key = master.decrypt(wrapped[:12], wrapped[12:], f"person-key\0{version}\0{worker}".encode())
        text = event.body[field].removeprefix("v1.")
        sealed = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        place = f"v1\0{worker}\0{event.id}/{field}".encode()
        return AESGCM(key).decrypt(sealed[:12], sealed[12:], place).decode()
    except InvalidTag:
        return f"unreadable {event.id}"
