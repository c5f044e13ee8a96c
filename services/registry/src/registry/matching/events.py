"""All events of comparisons. They stay at home."""

from typing import TypeAlias

from registry.matching.conflicts.events import ConflictEvent
from registry.matching.rhythm.events import RhythmEvent
from registry.matching.runs.events import RunEvent
from registry.matching.snapshots.events import SnapshotEvent

MatchingEvent: TypeAlias = SnapshotEvent | RunEvent | ConflictEvent | RhythmEvent
