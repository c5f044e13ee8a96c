"""Read model: which worker stands for which, where two ids turned out to be one person."""

from collections.abc import Iterable
from typing import Final

from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlmodel import Field, SQLModel

from training.enrolments.events import StoodForNoted

CODEC: Final = Codec(StoodForNoted)


class PersonRow(SQLModel):
    worker: str = Field(primary_key=True)
    canonical: str = Field(index=True)


class PersonTable(PersonRow, table=True):
    __tablename__ = table_name("student_persons", __file__, CODEC)
    __table_args__ = {"schema": "views"}


def keys(fact: Fact[StoodForNoted]) -> Iterable[str]:
    yield fact.event.worker


def fold(row: PersonRow | None, fact: Fact[StoodForNoted]) -> PersonRow | None:
    """Who stands alone again has no row."""
    canonical = fact.event.canonical
    return PersonRow(worker=fact.event.worker, canonical=canonical) if canonical else None


PERSONS: Final = View(row=PersonRow, table=PersonTable, keys=keys, fold=fold, own=(CODEC,))
