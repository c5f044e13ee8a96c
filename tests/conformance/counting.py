"""How many rows every table of every database has: what must not change when a request is refused."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from eventcore.call import Outcome

from tests.e2e.province import Province

_TABLES: Final = """
select format('select %L as name, count(*) as rows from %I.%I', schemaname || '.' || tablename, schemaname, tablename)
from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by 1
"""
_COMMANDS: Final = "select count(*) from log.commands where outcome = $1"
_MAY_GROW: Final = frozenset({"registry log.commands", "registry_keys vault.person_keys"})
"""Refusals of the rules are stored with their answers; keys that no event needs await their sweep."""


def rows(province: Province) -> dict[str, int]:
    """`<database> <schema>.<table>` -> rows; and how many commands were accepted."""
    found: dict[str, int] = {}
    for database in province.databases():
        statements = [row[0] for row in province.fetch(database, _TABLES)]
        for row in province.fetch(database, " union all ".join(statements)):
            found[f"{database.name} {row['name']}"] = row["rows"]
    (accepted,) = province.fetch("registry", _COMMANDS, Outcome.ACCEPTED)
    (confirmed,) = province.fetch("registry_keys", "select count(*) from vault.person_keys where confirmed")
    return found | {"accepted commands": accepted["count"], "confirmed keys": confirmed["count"]}


@contextmanager
def nothing_changes(province: Province) -> Iterator[None]:
    """Within the block no table gets or loses a row, but for stored refusals and keys that await their sweep."""
    province.settle()
    before = rows(province)
    yield
    after = rows(province)
    changed = _changed(before, after)
    assert changed == {}, changed


def _changed(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    assert before.keys() == after.keys()
    return {
        name: (before[name], after[name])
        for name in after
        if after[name] < before[name] or (after[name] > before[name] and name not in _MAY_GROW)
    }
