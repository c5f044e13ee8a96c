"""When a run finds a conflict, it is opened; when it does not find one that is open, that one vanishes."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from registry.matching.conflicts.conflict import CONFLICT, ConflictCommand, MissConflict, OpenConflict
from registry.matching.runs.events import MatchConflictFound, MatchConflictGone


def when_match_run_finds_or_misses_a_conflict_say_so_there(fact: Fact[Any]) -> Iterable[Do[ConflictCommand]]:
    match fact.event:
        case MatchConflictFound() as found:
            yield Do(
                CONFLICT,
                found.conflict,
                OpenConflict(
                    conflict=found.conflict,
                    comparison=found.comparison,
                    rule=found.rule,
                    county=found.county,
                    worker=found.worker,
                    sides=found.sides,
                    said=found.said,
                    run=found.run,
                ),
            )
        case MatchConflictGone(conflict=conflict, run=run):
            yield Do(CONFLICT, conflict, MissConflict(run=run))
