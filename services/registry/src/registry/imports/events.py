"""What can have happened to an import. Storage format: names and fields are for ever. Nothing personal is in it: file,
rows and verdicts lie sealed on the shelves (`shelf.py`)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportStarted:
    type: ClassVar[str] = "import-started"
    key: str
    """Key of this stream."""
    fingerprint: str
    """HMAC of the file's bytes: tells whether it was the same file, and nothing else."""
    size: int
    """Bytes."""
    kind: str
    pieces: int
    """In which the file lies on its shelf."""
    today: date
    """Legal day of the upload, which the rows are measured against whenever they are read."""
    surveyed_on: date | None
    channel: str | None
    capture_method: str | None
    """What the upload says for columns that are not there."""
    by: str
    """Who sent it answers for its surveys (R-REG-37)."""
    client: str
    organisation: str
    region: str
    ends_at: datetime
    """Its term: file and verdicts are destroyed then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCompleted:
    type: ClassVar[str] = "import-completed"
    rows: int
    recorded: int
    """Rows of persons who were not known before."""
    again: int
    """Rows of known persons: a new survey each."""
    unchanged: int
    """Rows that another import had recorded already."""
    refused: dict[str, int]
    """Rows by the code of their refusal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFailed:
    type: ClassVar[str] = "import-failed"
    code: str
    """Why the file as a whole could not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDisclosed:
    type: ClassVar[str] = "import-disclosed"
    purpose: str
    reader: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportExpired:
    type: ClassVar[str] = "import-expired"


ImportEvent: TypeAlias = ImportStarted | ImportCompleted | ImportFailed | ImportDisclosed | ImportExpired
