"""How many rows every table of every database has: what must not change when a request is refused."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from eventcore.call import Outcome

from tests.e2e.province import Province, until

_TABLES: Final = """
select format('select %L as name, count(*) as rows from %I.%I', schemaname || '.' || tablename, schemaname, tablename)
from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by 1
"""
_ACCEPTED: Final = "select count(*) from log.commands where outcome = $1"
_CONFIRMED: Final = "select count(*) from vault.person_keys where confirmed"
_MAY_GROW: Final = ("log.commands", "vault.person_keys")
"""Refusals of the rules are stored with their answers; keys that no event needs await their sweep."""
_AT_THE_BANK: Final = """
select count(*) filter (where type = 'payment-ordered')
     - count(*) filter (where type in ('payment-executed', 'payment-failed', 'payment-left-out')) as orders
from log.events
"""


def rows(province: Province) -> dict[str, int]:
    """`<database> <schema>.<table>` -> rows; and how many commands were accepted."""
    found: dict[str, int] = {}
    for database in province.databases():
        statements = [row[0] for row in province.fetch(database, _TABLES)]
        for row in province.fetch(database, " union all ".join(statements)):
            found[f"{database.name} {row['name']}"] = row["rows"]
    for service in province.deployment.services:
        (accepted,) = province.fetch(service.name, _ACCEPTED, Outcome.ACCEPTED)
        found[f"accepted by {service.name}"] = accepted["count"]
    (confirmed,) = province.fetch("registry_keys", _CONFIRMED)
    return found | {"confirmed keys": confirmed["count"]}


def quiet(province: Province) -> None:
    """Returns when everything is done, also what the bank was asked for: it answers when it likes."""
    province.settle()
    until(lambda: province.fetch("subsidy", _AT_THE_BANK)[0]["orders"] == 0, "the bank has answered")
    province.settle()


@contextmanager
def nothing_changes(province: Province) -> Iterator[None]:
    """Within the block no table gets or loses a row, but for stored refusals and keys that await their sweep."""
    quiet(province)
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
        if after[name] < before[name] or (after[name] > before[name] and not name.endswith(_MAY_GROW))
    }
