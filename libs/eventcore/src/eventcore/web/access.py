"""The one table of who may call what: `docs/access.csv`. A service does not start with a route that has no row."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias, cast, get_args

from eventcore.web.auth import Caller
from eventcore.web.problems import Problem

Relation = Literal["own", "province", "any", "-"]
OPEN: Final = "-"
"""In the column `scope`: needs no token."""


@dataclass(frozen=True, slots=True)
class Access:
    """One row. `offices` empty: of any kind. `region`: where the object must lie, as seen from the caller: within the
    caller's own region, anywhere in this province, anywhere, or (`-`) the route has no object with a region."""

    scope: str
    offices: frozenset[str]
    region: Relation

    def admit(self, caller: Caller) -> None:
        """Problem 403 where the token lacks the scope, or the caller's kind of office may not do this."""
        if self.scope not in caller.scope.split():
            challenge = f'Bearer error="insufficient_scope", scope="{self.scope}"'
            raise Problem("scope_missing", headers={"WWW-Authenticate": challenge})
        if self.offices and caller.office not in self.offices:
            raise Problem("office_not_allowed")


class RouteWithoutRow(Exception):
    """A route has no row in the access table, or a row no route; the text names it."""


Table: TypeAlias = Mapping[tuple[str, str], Access]
"""The rows of one service, by method and route."""


def load(path: Path, service: str) -> Table:
    """From the CSV file with the columns service, method, route, scope, office, region. ValueError for a row that comes
    twice or says what nobody understands."""
    table: dict[tuple[str, str], Access] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in (row for row in csv.DictReader(file) if row["service"] == service):
            place = row["method"], row["route"]
            if place in table or row["region"] not in get_args(Relation):
                raise ValueError(f"access table: {' '.join(place)} comes twice or has an unknown region")
            table[place] = Access(row["scope"], frozenset(row["office"].split()) - {"-"}, cast(Relation, row["region"]))
    return table
