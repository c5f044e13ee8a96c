"""What the read models with one row for each fact of a worker have in common. A change here changes their tables: raise
their `revision`."""

from collections.abc import Iterable
from typing import Any

from eventcore.facts import Fact
from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class FactRow(SQLModel):
    event: str = Field(primary_key=True)
    """Public id of the fact."""
    worker: str = Field(index=True)
    version: int = Field(sa_type=BigInteger)
    position: int = Field(sa_type=BigInteger)
    """Of reporting's own log: from where it is known."""


def keys(fact: Fact[Any]) -> Iterable[str]:
    yield fact.id


def told(fact: Fact[Any]) -> dict[str, Any]:
    """Those columns."""
    return {"event": fact.id, "worker": fact.event.worker, "version": fact.version, "position": fact.position}
