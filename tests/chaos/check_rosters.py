"""Of every roster that was taken each row is recorded once, and the verdicts say so. Plain Python: shares no code with
the runtime."""

from collections import Counter
from collections.abc import Iterator

from tests.chaos.check_callers import opened
from tests.chaos.evidence import Event, Evidence, Roster

Lines = Iterator[str]


def check(evidence: Evidence) -> Lines:
    events = {event.id: event for event in evidence.events}
    for roster in evidence.rosters:
        yield from _verdicts(roster)
        yield from _result(roster, events)
        yield from _surveys(roster, events, evidence)
    yield from _once(evidence)


def _verdicts(roster: Roster) -> Lines:
    """One for each line, and none was refused or there before: nobody else surveys these people."""
    lines = Counter(verdict["line"] for verdict in roster.verdicts)
    if lines != Counter(range(2, len(roster.numbers) + 2)):
        yield f"import {roster.import_}: verdicts of {len(lines)} lines instead of {len(roster.numbers)}"
    for verdict in roster.verdicts:
        if verdict["verdict"] != "recorded":
            yield f"import {roster.import_}: line {verdict['line']} is {verdict['verdict']} {verdict['code']}"


def _result(roster: Roster, events: dict[str, Event]) -> Lines:
    rows = len(roster.numbers)
    ended = events.get(f"import-{roster.import_}/2")
    wanted = {"rows": rows, "recorded": rows, "again": 0, "unchanged": 0, "refused": {}}
    if ended is None or ended.body != wanted:
        yield f"import {roster.import_}: ended with {ended and ended.body}, not with {wanted}"


def _surveys(roster: Roster, events: dict[str, Event], evidence: Evidence) -> Lines:
    for verdict in roster.verdicts:
        place = f"import {roster.import_}: line {verdict['line']}"
        event = events.get(f"survey-{verdict['survey']}/1")
        if event is None or not event.meta["command"].startswith("import-row/"):
            yield f"{place} has no survey {verdict['survey']}"
        elif (event.body["worker"], event.body["surveyor"]) != (verdict["worker"], roster.clerk):
            yield f"{place} is about another worker, or another surveyor's"
        elif opened(evidence, event, "number") != roster.numbers[verdict["line"] - 2]:
            yield f"{place}: the sealed number is not the one that was sent"


def _once(evidence: Evidence) -> Lines:
    """No row has a second survey, and no command a second event."""
    rows = sum(len(roster.numbers) for roster in evidence.rosters)
    surveys = [event for event in evidence.events if event.meta["command"].startswith("import-row/")]
    commands = {id for id in evidence.commands if id.startswith("import-row/")}
    if not len(surveys) == len(commands) == len({event.meta["command"] for event in surveys}) == rows:
        yield f"rosters: {len(surveys)} surveys by {len(commands)} commands of {rows} rows"
