"""Read model of memberships: which groups a worker belongs to from which day, one row for each that a fact names."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple, TypeAlias, assert_never

from contracts.registry import (
    WorkerGroupAssignedV1,
    WorkerGroupEndedV1,
    WorkerGroupWithdrawnV1,
    WorkerRegisteredV1,
)
from eventcore.facts import Fact
from eventcore.readers import View, table_name
from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

MembershipEvent: TypeAlias = WorkerRegisteredV1 | WorkerGroupAssignedV1 | WorkerGroupEndedV1 | WorkerGroupWithdrawnV1


class MembershipRow(SQLModel):
    """Worker, group and first day name a membership; what was said of it last counts."""

    said: str = Field(primary_key=True)
    worker: str = Field(index=True)
    code: str
    valid_from: date
    valid_to: date | None = None
    """The first day without it."""
    holds: bool
    """False: it never held."""
    version: int = Field(sa_type=BigInteger)
    position: int = Field(sa_type=BigInteger)


class MembershipTable(MembershipRow, table=True):
    __tablename__ = table_name("memberships", __file__)
    __table_args__ = {"schema": "views"}


class _Said(NamedTuple):
    code: str
    valid_from: date
    valid_to: date | None
    holds: bool


def keys(fact: Fact[MembershipEvent]) -> Iterable[str]:
    yield from _by_key(fact)


def start(key: str) -> MembershipRow:
    return MembershipRow.model_construct(said=key)


def fold(row: MembershipRow | None, fact: Fact[MembershipEvent]) -> MembershipRow | None:
    """One fact may name several: the row's key says which."""
    return row and row.model_copy(
        update=_by_key(fact)[row.said]._asdict()
        | {"worker": fact.event.worker, "version": fact.version, "position": fact.position}
    )


def _by_key(fact: Fact[MembershipEvent]) -> Mapping[str, _Said]:
    return {f"{fact.id}/{n}": said for n, said in enumerate(_memberships(fact.event))}


def _memberships(event: MembershipEvent) -> Iterable[_Said]:
    match event:
        case WorkerRegisteredV1(groups=groups):
            yield from (_Said(each.group, each.valid_from, each.valid_to, holds=True) for each in groups)
        case WorkerGroupAssignedV1() | WorkerGroupEndedV1():
            yield _Said(event.group, event.valid_from, event.valid_to, holds=True)
        case WorkerGroupWithdrawnV1():
            yield _Said(event.group, event.valid_from, None, holds=False)
        case _:
            assert_never(event)


MEMBERSHIPS: Final = View(
    row=MembershipRow,
    table=MembershipTable,
    keys=keys,
    fold=fold,
    start=start,
    foreign=(
        WorkerRegisteredV1.type,
        WorkerGroupAssignedV1.type,
        WorkerGroupEndedV1.type,
        WorkerGroupWithdrawnV1.type,
    ),
)
