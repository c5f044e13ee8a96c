"""The bank's own store: orders, movements, files that came and files that went, in one SQLite file.

Everything that follows from one file is one transaction; the index `once` is what executes an order once.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Final

from bank.formats import json
from bank.mishaps import Damage, Fate
from bank.model import Document

SCHEMA: Final = """
create table if not exists orders (
  payment text primary key, amount integer not null, payee text not null, fund text not null,
  executed integer not null, reason text not null, silent integer not null, planted text not null
) strict;
create table if not exists movements (
  id integer primary key, payment text not null references orders, amount integer not null, day text not null,
  statement text not null default ''
) strict;
create unique index if not exists once on movements (payment, amount > 0);
create table if not exists received (
  file text primary key, digest text not null, day text not null, moved integer not null default 0
) strict;
create table if not exists sent (
  file text primary key, answers text not null, ending text not null, document blob not null, damage text not null,
  due real not null, tries integer not null,
  state text not null check (state in ('due', 'sent', 'copy', 'taken', 'refused', 'lost'))
) strict;
create table if not exists told (
  file text not null references sent, movement integer not null references movements, primary key (file, movement)
) strict;
create view if not exists known as
  select id, payment, movements.amount as amount, day, fund, statement from movements join orders using (payment)
  where exists (select 1 from told join sent using (file) where movement = id and state in ('copy', 'taken'));
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order; `payee` is a digest of its account. While it is `silent` nobody is told what became of it."""

    payment: str
    amount: int
    payee: str
    fund: str
    executed: bool
    reason: str
    silent: bool = False
    planted: str = Fate.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """Money that went, or came back where the amount is negative."""

    id: int
    payment: str
    amount: int
    day: str
    fund: str

    @property
    def reference(self) -> str:
        return f"{self.day}{self.id:012d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A file for the province, as it is meant; `damage` is what happens to it on the way."""

    document: Document
    ending: str
    damage: Damage = Damage.NONE
    due: float = 0.0
    tries: int = 1
    """How often these lines were sent, with this time."""
    state: str = "due"

    @property
    def file(self) -> str:
        return self.document.header.file

    @property
    def name(self) -> str:
        return f"{self.file}.{self.ending}"


class Book:
    """The store. What changes it belongs inside a `transaction`."""

    def __init__(self, file: Path) -> None:
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        self._db = sqlite3.connect(file, isolation_level=None, timeout=30)
        self._db.row_factory = sqlite3.Row
        for pragma in ("journal_mode = wal", "synchronous = full", "foreign_keys = on"):
            self._db.execute(f"pragma {pragma}")
        with self.transaction():
            for statement in filter(str.strip, SCHEMA.split(";")):
                self._db.execute(statement)

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, one at a time, on the disk when it is over."""
        self._db.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._db.execute("rollback")
            raise
        self._db.execute("commit")

    # Orders and their movements

    def order(self, payment: str) -> Order | None:
        row = self._db.execute("select * from orders where payment = ?", (payment,)).fetchone()
        return Order(**row) if row else None

    def enter(self, order: Order) -> None:
        self._db.execute("insert into orders values (?, ?, ?, ?, ?, ?, ?, ?)", astuple(order))

    def break_silence(self, payment: str) -> None:
        self._db.execute("update orders set silent = 0 where payment = ?", (payment,))

    def move(self, payment: str, amount: int, day: str) -> None:
        """Money goes or comes back. IntegrityError: it did so before."""
        self._db.execute("insert into movements (payment, amount, day) values (?, ?, ?)", (payment, amount, day))

    def movement(self, payment: str, *, back: bool = False) -> Movement | None:
        found = self._movements(
            "select id, payment, movements.amount, day, fund from movements join orders using (payment) "
            "where payment = ? and movements.amount < 0 = ?",
            (payment, back),
        )
        return next(found, None)

    def reversible(self) -> Iterator[Movement]:
        """Executed orders that the province knows of and that did not come back."""
        return self._movements(
            "select id, payment, amount, day, fund from known as went where amount > 0 and not exists ("
            "select 1 from movements as back where back.payment = went.payment and back.amount < 0) order by id"
        )

    def unstated(self) -> list[Movement]:
        """What the province knows of and no statement had."""
        query = "select id, payment, amount, day, fund from known where statement = '' order by id"
        return list(self._movements(query))

    def state(self, statement: str, moved: Iterable[Movement]) -> None:
        """These are in this statement, and in no other."""
        changes = [(statement, each.id) for each in moved]
        self._db.executemany("update movements set statement = ? where id = ?", changes)

    def executed(self) -> Iterator[tuple[Movement, Movement | None]]:
        """All that ever went, and how it came back."""
        went = self._movements(
            "select id, payment, movements.amount, day, fund from movements join orders using (payment) "
            "where movements.amount > 0 order by id"
        )
        return ((each, self.movement(each.payment, back=True)) for each in went)

    def planted(self) -> Iterator[tuple[str, str]]:
        """Mishap and id of the order or file."""
        rows = self._db.execute(
            "select planted, payment from orders where planted <> '' union all "
            "select damage, file from sent where damage <> '' order by 1, 2"
        )
        return ((str(what), str(id)) for what, id in rows)

    def _movements(self, query: str, values: tuple[object, ...] = ()) -> Iterator[Movement]:
        return (Movement(**row) for row in self._db.execute(query, values).fetchall())

    # Files of the province

    def received(self, file: str) -> tuple[str, bool] | None:
        """Digest of a file that came before, and whether it was moved away."""
        row = self._db.execute("select digest, moved from received where file = ?", (file,)).fetchone()
        return (row["digest"], bool(row["moved"])) if row else None

    def receive(self, file: str, digest: str, day: str) -> None:
        self._db.execute("insert into received (file, digest, day) values (?, ?, ?)", (file, digest, day))

    def moved(self, file: str) -> None:
        self._db.execute("update received set moved = 1 where file = ?", (file,))

    def moved_but_for(self, waiting: set[str]) -> None:
        """After a start: what does not wait was moved before we could note it."""
        for (file,) in self._db.execute("select file from received where moved = 0").fetchall():
            if file not in waiting:
                self.moved(file)

    def latest_day(self) -> str:
        (day,) = self._db.execute("select coalesce(max(day), '') from received").fetchone()
        return str(day)

    # Files for the province

    def post(self, out: Outgoing, tells: Iterable[Movement]) -> None:
        document = json.dump(out.document)
        answers = out.document.header.answers
        values = (out.file, answers, out.ending, document, out.damage, out.due, out.tries, out.state)
        self._db.execute("insert into sent values (?, ?, ?, ?, ?, ?, ?, ?)", values)
        self._db.executemany("insert into told values (?, ?)", [(out.file, each.id) for each in tells])

    def outgoing(self, *states: str) -> list[Outgoing]:
        """Files in these states, oldest first."""
        found = [self._db.execute("select rowid, * from sent where state = ?", (each,)).fetchall() for each in states]
        return [_outgoing(row) for row in sorted(chain(*found), key=itemgetter("rowid"))]

    def underway(self) -> set[str]:
        """Ids of files that were sent; what became of them is not known yet."""
        return {file for (file,) in self._db.execute("select file from sent where state = 'sent'")}

    def answer_to(self, file: str) -> Outgoing:
        """The first answer to a file that came."""
        row = self._db.execute("select * from sent where answers = ? order by rowid limit 1", (file,)).fetchone()
        return _outgoing(row)

    def mark(self, file: str, state: str) -> None:
        self._db.execute("update sent set state = ? where file = ?", (state, file))

    def next_id(self, kind: str, *, answers: str = "", day: str = "") -> str:
        """An answer counts for its file, everything else for its kind and day."""
        like = f"{kind}-{answers or day}-"
        (before,) = self._db.execute("select count(*) from sent where file glob ? || '*'", (like,)).fetchone()
        return f"{like}{before + 1}" if answers else f"{like}{before + 1:03d}"

    def returns(self) -> int:
        """How many payment files were answered."""
        query = "select count(distinct answers) from sent where file glob 'RET-*'"
        (count,) = self._db.execute(query).fetchone()
        return int(count)


def _outgoing(row: sqlite3.Row) -> Outgoing:
    return Outgoing(
        document=json.load(row["file"], row["document"]),
        ending=row["ending"],
        damage=Damage(row["damage"]),
        due=row["due"],
        tries=row["tries"],
        state=row["state"],
    )
