"""Read model of links: who was found to be one person with whom, one row a decision. What was decided last of a pair
counts; nobody is linked to who is linked (the registry sees to it)."""

from datetime import datetime
from typing import Final

from contracts.duplicates import SAME
from contracts.registry import DuplicateDecidedV1
from eventcore.facts import Fact
from eventcore.readers import View, table_name
from sqlalchemy import DateTime
from sqlmodel import Field

from reporting.facts import FactRow, keys, told


class LinkRow(FactRow):
    """`worker` stands for `other` where they are the same."""

    other: str = Field(index=True)
    same: bool
    decided_at: datetime = Field(sa_type=DateTime(timezone=True))


class LinkTable(LinkRow, table=True):
    __tablename__ = table_name("links", __file__)
    __table_args__ = ({"schema": "views"},)


def fold(row: LinkRow | None, fact: Fact[DuplicateDecidedV1]) -> LinkRow:
    return LinkRow.model_construct(
        other=fact.event.other,
        same=fact.event.verdict == SAME,
        decided_at=fact.occurred_at,
        **told(fact),
    )


LINKS: Final = View(row=LinkRow, table=LinkTable, keys=keys, fold=fold, foreign=(DuplicateDecidedV1.type,))
