"""Logs are cut by size, while their writers keep them open.

A writer appends (O_APPEND), so after a truncation it goes on at the beginning. Lines that come between copy and
truncation are lost: the price of logs that go on without the supervisor.
"""

import shutil
from pathlib import Path

MAX_BYTES = 10 * 1024 * 1024
KEPT = 5


def rotate(log: Path, *, max_bytes: int = MAX_BYTES, kept: int = KEPT) -> bool:
    """Move a log that is too long to `.1`, that to `.2`, …; the oldest goes. True where it was too long."""
    if not log.exists() or log.stat().st_size < max_bytes:
        return False
    for number in range(kept - 1, 0, -1):
        older = _numbered(log, number)
        if older.exists():
            older.replace(_numbered(log, number + 1))
    shutil.copyfile(log, _numbered(log, 1))
    with log.open("r+b") as file:
        file.truncate(0)
    return True


def _numbered(log: Path, number: int) -> Path:
    return log.with_name(f"{log.name}.{number}")
