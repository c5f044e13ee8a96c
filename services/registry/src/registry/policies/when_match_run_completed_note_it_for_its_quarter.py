"""When a run of a comparison is completed, its quarter is done, and the next one has a due day."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from registry.matching.rhythm.rhythm import RHYTHM, NoteRun, RhythmCommand
from registry.matching.runs.events import MatchRunCompleted


def when_match_run_completed_note_it_for_its_quarter(fact: Fact[Any]) -> Iterable[Do[RhythmCommand]]:
    match fact.event:
        case MatchRunCompleted() as done:
            yield Do(
                RHYTHM,
                done.comparison,
                NoteRun(
                    comparison=done.comparison,
                    quarter=done.quarter,
                    run=done.run,
                    made_on=done.completed_on,
                    working_days=done.working_days,
                ),
            )
