"""Files that nobody but their owner reads."""

import os
from pathlib import Path


def write_private(file: Path, text: str) -> None:
    """Whole or not at all, and never readable by others in between."""
    fresh = file.with_name(f"{file.name}.new")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
    fresh.rename(file)
