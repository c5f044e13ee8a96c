"""What the access table grants an office."""

import csv
from pathlib import Path

from lb.problems import Problem

_NONE = "-"
"""In `office`: an office of any kind. In `scope`: no token is asked for."""


def grants(table: Path) -> dict[str, set[str]]:
    """Scope → the offices that may have it; an empty set where any may. `office` holds names separated by spaces."""
    found: dict[str, set[str]] = {}
    with table.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["scope"], set()).update(row["office"].split())
    return {scope: set() if _NONE in offices else offices for scope, offices in found.items() if scope != _NONE}


def scopes_of(table: Path, office: str) -> list[str]:
    """Every scope of a row that names this office, or is for any. Problem: no row names the office."""
    granted = grants(table)
    known = set[str]().union(*granted.values())
    if office not in known:
        raise Problem(f"The access table has no office {office}.", do=f"Take one of: {', '.join(sorted(known))}.")
    return sorted(scope for scope, offices in granted.items() if office in offices or not offices)
