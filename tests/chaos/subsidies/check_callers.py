"""What the offices were told is what is stored: one key has one answer, accepted is there, refused and failed is not.
Plain Python: shares no code with the services."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tests.chaos.check_callers import OUTCOMES
from tests.chaos.history import Asked
from tests.chaos.subsidies.evidence import Evidence, Service

Lines = Iterator[str]
COUNTED_ANEW: Final = {"/v1/classes/{training_class}/enrolment-rounds"}
"""A round is over those who wait when it is asked for; asked again, it is over the others."""
_TAKEN: Final = 201


def check(evidence: Evidence) -> Lines:
    for (asked_of, id), asked in by_command(evidence.asked).items():
        yield from _answers(f"{asked_of} {id}", asked)
        yield from _stored(evidence.services[asked_of], id, asked)
    for name, service in evidence.services.items():
        yield from _events(name, service)


def by_command(asked: Sequence[Asked]) -> Mapping[tuple[str, str], list[Asked]]:
    """Requests with the same service, client, route and key."""
    found: dict[tuple[str, str], list[Asked]] = defaultdict(list)
    for each in asked:
        found[each.request.kind, each.request.command].append(each)
    return found


def _answers(id: str, asked: Sequence[Asked]) -> Lines:
    for each in asked:
        yield from (f"{id}: {told.status} {told.code}" for told in each.told if 503 != told.status >= 500)
        if len(each.definite) != 1:
            yield f"{id}: request {each.request.n} has {len(each.definite)} definite answers"
    counted_anew = asked[0].request.route in COUNTED_ANEW
    if len({(told.status, told.body) for each in asked for told in each.definite}) > 1 and not counted_anew:
        yield f"{id}: one key, different answers"


def _stored(service: Service, id: str, asked: Sequence[Asked]) -> Lines:
    """A command is there with this answer; those of a batch have ids of their own, and are looked at as events."""
    told = next((told for each in asked for told in each.definite), None)
    command = service.commands.get(id)
    if told is None or (command is None and told.status not in (_TAKEN, 409)):
        return
    if command is None:
        if told.status == _TAKEN:
            yield f"{id}: answered with {told.status}, and the log does not know it"
        return
    if command.outcome != OUTCOMES.get(told.status):
        yield f"{id}: answered with {told.status}, stored as outcome {command.outcome}"
    if command.answer.decode() != told.body:
        yield f"{id}: the stored answer is not the one that was given"


def _events(name: str, service: Service) -> Lines:
    """Each event belongs to one command that was accepted, and each accepted command has events."""
    made = Counter(event.meta["command"] for event in service.events)
    yield from (f"{name} {id}: events of a command that is not there" for id in made if id not in service.commands)
    for id, command in service.commands.items():
        if (command.outcome == 0) != bool(made[id]):
            yield f"{name} {id}: outcome {command.outcome}, {made[id]} events"
