"""One of each event of comparisons, with every field."""

from datetime import UTC, date, datetime
from typing import Any

from registry.matching.conflicts.events import MatchConflictDecided, MatchConflictOpened, MatchConflictVanished
from registry.matching.rhythm.events import ComparisonMade, ComparisonMissed
from registry.matching.runs.events import Compared, MatchConflictFound, MatchConflictGone, MatchRunCompleted
from registry.matching.sides import Side
from registry.matching.snapshots.events import (
    SnapshotBegun,
    SnapshotCompleted,
    SnapshotPartKept,
    SnapshotTermEnded,
)

SNAPSHOT = "0195a004-0000-5000-8000-000000000004"
RUN = "0195a005-0000-5000-8000-000000000005"
CONFLICT = "0195a006-0000-5000-8000-000000000006"
WORKER = "0195a001-0000-7000-8000-000000000001"
SOURCE = "technical-school-registration"
SAID = "6b86b273ff34fce19d6b804eff5a3f57"
DIGEST = SAID * 2
BY: dict[str, Any] = {"official": "zhou", "organisation": "520000-hrss"}
KEPT: dict[str, Any] = {"snapshot": SNAPSHOT, "source": SOURCE, "as_of": date(2026, 10, 8), "people": 4}
FOUND: dict[str, Any] = {
    "comparison": "three-systems",
    "conflict": CONFLICT,
    "rule": "POVERTY_DIFFERS",
    "county": "520526",
    "worker": WORKER,
    "sides": (
        Side(source="registered-poverty", present=True, value="YES", records=("H1003",)),
        Side(source=SOURCE, present=False),
    ),
    "said": SAID,
    "run": RUN,
}
SAMPLES: tuple[Any, ...] = (
    SnapshotBegun(**KEPT, **BY, elsewhere=1, refused=2, parts=1, digest=DIGEST),
    SnapshotPartKept(snapshot=SNAPSHOT, stream=f"snapshot-{SNAPSHOT}", part=1, people="v1.c2VhbGVkIHBlb3BsZQ"),
    SnapshotCompleted(**KEPT, digest=DIGEST, kept_until=datetime(2027, 11, 12, 1, 2, 3, 456789, tzinfo=UTC)),
    SnapshotTermEnded(snapshot=SNAPSHOT, source=SOURCE),
    MatchConflictFound(**FOUND, part=1),
    MatchConflictGone(run=RUN, part=2, conflict=CONFLICT),
    MatchRunCompleted(
        **BY,
        run=RUN,
        comparison="three-systems",
        quarter="2026-Q4",
        completed_on=date(2026, 10, 9),
        working_days=3,
        compared=(Compared(**KEPT),),
        found=1,
        gone=1,
    ),
    MatchConflictOpened(**FOUND),
    MatchConflictDecided(
        **BY,
        conflict=CONFLICT,
        county="520526",
        worker=WORKER,
        right="registered-poverty",
        follow_up="SOURCE_CORRECTS",
        reason="DOCUMENT_SEEN",
        said=SAID,
    ),
    MatchConflictVanished(conflict=CONFLICT, run=RUN),
    ComparisonMade(
        comparison="three-systems",
        quarter="2026-Q4",
        run=RUN,
        made_on=date(2026, 10, 9),
        due_on=date(2026, 10, 10),
        working_days=3,
        next_due_on=date(2027, 1, 6),
    ),
    ComparisonMissed(
        comparison="three-systems",
        quarter="2027-Q1",
        due_on=date(2027, 1, 6),
        working_days=3,
        next_due_on=date(2027, 4, 6),
    ),
)
