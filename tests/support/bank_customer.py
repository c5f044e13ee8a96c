"""The other side of the simulated bank, for its tests: puts files, takes what is whole, puts aside what is not."""

from pathlib import Path
from uuid import UUID

from bank.book import Book
from bank.desk import Desk
from bank.folders import Folders
from bank.formats import FORMATS
from bank.mishaps import Mishaps
from bank.model import Answer, Detail, Document, Inquiry, Payment, Refused, document
from bank.serve import Bank

DAY = "20261128"
FUND = "EMPLOYMENT_SUBSIDY"
PAY = f"PAY-{FUND}-{DAY}-001"


class Customer:
    """A province with a bank of its own, which works when it is told to."""

    def __init__(self, root: Path, mishaps: Mishaps, *, ending: str = "txt") -> None:
        self.root, self.ending, self.clock = root, ending, 0.0
        self.folders, self.log = Folders(root), list[str]()
        self.book = Book(root / "bank.sqlite")
        desk = Desk(book=self.book, mishaps=mishaps, today=lambda: DAY, now=lambda: self.clock)
        self.bank = Bank(desk=desk, folders=self.folders, log=self.log.append)

    def put(self, file: str, details: list[Detail], *, day: str = DAY) -> None:
        data = FORMATS[self.ending].dump(document(file, day=day, details=details))
        (self.folders.incoming / f"{file}.{self.ending}").write_bytes(data)
        self.bank.step()

    def pay(self, *numbers: int, file: str = PAY) -> None:
        self.put(file, [order(n) for n in numbers])

    def ask(self, *numbers: int, file: str = f"ASK-{DAY}-001") -> list[Answer]:
        self.put(file, [Inquiry(payment=id_of(n), amount=amount(n)) for n in numbers])
        return self.told(f"ANS-{file}-1")

    def waiting(self) -> list[str]:
        return sorted(path.name for path in self.folders.outgoing.iterdir() if path.is_file())

    def look(self, name: str) -> Document:
        path = self.folders.outgoing / name
        return FORMATS[path.suffix[1:]].load(path.stem, path.read_bytes())

    def take(self, name: str) -> Document | str:
        """A whole file, or why it was put aside."""
        path = self.folders.outgoing / name
        try:
            found = self.look(name)
            if (self.folders.accepted / name).exists():
                raise Refused("already_taken")
        except Refused as refused:
            path.rename(self.folders.quarantine / name)
            return refused.reason
        path.rename(self.folders.accepted / name)
        return found

    def told(self, file: str) -> list[Answer]:
        found = self.take(f"{file}.{self.ending}")
        assert isinstance(found, Document)
        assert found.header.file == file
        return [line for line in found.details if isinstance(line, Answer)]

    def take_all(self) -> list[Document | str]:
        """Until the bank sends no more."""
        found = []
        while names := self.waiting():
            found += [self.take(name) for name in names]
            self.bank.step()
        return found

    def executed(self) -> dict[str, int]:
        return {went.payment: went.amount for went, _ in self.book.executed()}


def id_of(n: int) -> str:
    return str(UUID(int=n))


def amount(n: int) -> int:
    return 100 + n


def order(n: int, *, account: str = "6222020200112233445", name: str = "王秀英", fen: int | None = None) -> Payment:
    return Payment(
        payment=id_of(n), amount=fen or amount(n), account=account, name=name, bank="示范支行", purpose="培训补贴"
    )
