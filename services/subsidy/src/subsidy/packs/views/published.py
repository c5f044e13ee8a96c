"""Read model: every published version of every rule pack, for everybody (R-SUB-30)."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlalchemy import Index, Select, or_, select
from sqlmodel import Field, SQLModel, col

from subsidy.packs.events import PackEvent
from subsidy.packs.rule_pack import RULE_PACK

CODEC: Final = Codec(RULE_PACK.events)


class PackRow(SQLModel):
    ref: str = Field(primary_key=True)
    name: str
    version: int
    region: str
    kind: str
    valid_from: date
    valid_to: date | None
    digest: str
    text: str
    published_on: date
    organisation: str


NAME: Final = table_name("rule_packs", __file__, CODEC)


class PackTable(PackRow, table=True):
    __tablename__ = NAME
    __table_args__ = (Index(f"{NAME}_order", "name", "version"), {"schema": "views"})


def keys(fact: Fact[PackEvent]) -> Iterable[str]:
    yield f"{fact.event.name}@{fact.event.version}"


def fold(row: PackRow | None, fact: Fact[PackEvent]) -> PackRow | None:
    event = fact.event
    return PackRow(
        ref=f"{event.name}@{event.version}",
        name=event.name,
        version=event.version,
        region=event.region,
        kind=event.kind,
        valid_from=event.valid_from,
        valid_to=event.valid_to,
        digest=event.digest,
        text=event.text,
        published_on=event.published_on,
        organisation=event.organisation,
    )


PUBLISHED: Final = View(row=PackRow, table=PackTable, keys=keys, fold=fold, own=(CODEC,))


def one(name: str, version: int) -> Select[Any]:
    return select(PUBLISHED.definition).where(col(PackTable.name) == name, col(PackTable.version) == version)


def listed(region: str | None, kind: str | None) -> Select[Any]:
    """All versions."""
    asked = {col(PackTable.region): region, col(PackTable.kind): kind}
    equal = [column == value for column, value in asked.items() if value is not None]
    return select(PUBLISHED.definition).where(*equal)


def holding(names: Iterable[str], day: date) -> Select[Any]:
    """Of each name the version that holds on the day."""
    newest = (
        select(PUBLISHED.definition)
        .where(col(PackTable.name).in_(list(names)), col(PackTable.valid_from) <= day)
        .distinct(col(PackTable.name))
        .order_by(col(PackTable.name), col(PackTable.version).desc())
        .subquery()
    )
    return select(newest).where(or_(newest.c.valid_to.is_(None), newest.c.valid_to > day))
