"""The library `eventsourcing` with the same command: load a survey, decide, append one event, durable at the answer.

Run with its packages on the path: `python -m bench.references.peer DSN MODE [MODE …] COUNT RECORDED APPROVED`, where a
MODE is `functions|statements,cached|loaded,THREADS`, and RECORDED and APPROVED are the bytes that the events carry.
Prints one line of JSON for each mode: mode and commands a second.
"""

import json
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from eventsourcing.application import Application  # type: ignore[import-not-found]
from eventsourcing.domain import Aggregate, event  # type: ignore[import-not-found]

SAVED_AT_ONCE: Final = 100


class Survey(Aggregate):  # type: ignore[misc]
    """A survey that is recorded and approved once, with events as large as the registry's."""

    @event("Recorded")  # type: ignore[untyped-decorator]
    def __init__(self, surveyor: str, facts: str) -> None:
        self.surveyor = surveyor
        self.facts = facts
        self.approved = False

    def approve(self, reviewer: str, facts: str) -> None:
        """Another person approves."""
        if reviewer == self.surveyor:
            raise ValueError("own survey")
        if not self.approved:
            self.say_approved(reviewer, facts)

    @event("Approved")  # type: ignore[untyped-decorator]
    def say_approved(self, reviewer: str, facts: str) -> None:
        self.approved = True


class Surveys(Application[UUID]):  # type: ignore[misc]
    """Surveys in PostgreSQL."""

    def record(self, count: int, facts: str) -> list[UUID]:
        """So many surveys, many in a transaction."""
        keys: list[UUID] = []
        while len(keys) < count:
            surveys = [Survey("zhang", facts) for _ in range(min(SAVED_AT_ONCE, count - len(keys)))]
            self.save(*surveys)
            keys += [survey.id for survey in surveys]
        return keys

    def approve(self, key: UUID, facts: str) -> None:
        """One command."""
        survey: Survey = self.repository.get(key)
        survey.approve("li", facts)
        self.save(survey)


def environment(dsn: str, functions: bool, cached: bool, threads: int) -> dict[str, str]:
    """How the library is told what to do."""
    place = urlsplit(dsn)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": place.path.lstrip("/"),
        "POSTGRES_HOST": str(place.hostname),
        "POSTGRES_PORT": str(place.port),
        "POSTGRES_USER": str(place.username),
        "POSTGRES_PASSWORD": "none asked for",
        "POSTGRES_POOL_SIZE": str(threads),
        "POSTGRES_ENABLE_DB_FUNCTIONS": "y" if functions else "n",
    } | (
        {
            "AGGREGATE_CACHE_MAXSIZE": "100000",
            "AGGREGATE_CACHE_FASTFORWARD": "n",
            "DEEPCOPY_FROM_AGGREGATE_CACHE": "n",
        }
        if cached
        else {}
    )


def measure(dsn: str, mode: str, count: int, recorded: str, approved: str) -> float:
    """Commands a second."""
    writing, reading, threads = mode.split(",")
    with Surveys(environment(dsn, writing == "functions", reading == "cached", int(threads))) as surveys:
        keys = surveys.record(count + count // 5, recorded)
        with ThreadPoolExecutor(int(threads)) as pool:
            _run(pool, surveys, keys[count:], approved)
            started = time.perf_counter()
            _run(pool, surveys, keys[:count], approved)
            return count / (time.perf_counter() - started)


def _run(pool: ThreadPoolExecutor, surveys: Surveys, keys: Sequence[UUID], facts: str) -> None:
    for done in pool.map(lambda key: surveys.approve(key, facts), keys):
        assert done is None


def main(arguments: Sequence[str]) -> None:
    dsn, *modes, count, recorded, approved = arguments
    for mode in modes:
        rate = measure(dsn, mode, int(count), "x" * int(recorded), "x" * int(approved))
        print(json.dumps([mode, rate]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
