"""One of each event of an import, with every field."""

from datetime import UTC, date, datetime
from typing import Any, Final

from registry.imports.events import ImportCompleted, ImportDisclosed, ImportExpired, ImportFailed, ImportStarted

STARTED: Final = ImportStarted(
    key="0195a007-0000-7000-8000-000000000007",
    fingerprint="bm90IGEgcmVhbCBmaW5nZXJwcmludA",
    size=1_780_451,
    kind="xlsx",
    pieces=2,
    today=date(2026, 6, 2),
    surveyed_on=date(2026, 6, 1),
    channel="TOWNSHIP_GOVERNMENT",
    capture_method="FIELD_SURVEY",
    by="zhang",
    client="office-520526",
    organisation="520526-hrss",
    region="520526",
    ends_at=datetime(2026, 7, 2, 1, 2, 3, 456789, tzinfo=UTC),
)
COMPLETED: Final = ImportCompleted(rows=4, recorded=1, again=1, unchanged=1, refused={"number_check_digit": 1})
FAILED: Final = ImportFailed(code="roster_broken")
DISCLOSED: Final = ImportDisclosed(purpose="ROSTER_CORRECTION", reader="zhang", organisation="520526-hrss")
SAMPLES: tuple[Any, ...] = (STARTED, COMPLETED, FAILED, DISCLOSED, ImportExpired())
