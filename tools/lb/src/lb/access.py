"""What the access table grants an office."""

import csv
from pathlib import Path

from lb.problems import Problem

_NONE = "-"
"""In `office`: an office of any kind. In `scope`: no token is asked for."""


def scopes_of(table: Path, office: str) -> list[str]:
    """Every scope of a row that names this office, or is for any. `office` holds names separated by spaces.

    Problem: no row names the office.
    """
    with table.open(newline="", encoding="utf-8") as file:
        rows = [(row["office"].split(), row["scope"]) for row in csv.DictReader(file)]
    known = {name for offices, _ in rows for name in offices} - {_NONE}
    if office not in known:
        raise Problem(f"The access table has no office {office}.", do=f"Take one of: {', '.join(sorted(known))}.")
    return sorted({scope for offices, scope in rows if {office, _NONE} & set(offices)} - {_NONE})
