"""The loop of the bank: take what waits, send what is due, see what became of it."""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bank.desk import Desk
from bank.folders import Folders, ids, killed_at
from bank.formats import FORMATS
from bank.mishaps import Damage
from bank.model import Refused

POLL_SECONDS = 0.05


class Busy(Exception):
    """Another process serves this store."""


@contextmanager
def alone(store: Path) -> Iterator[None]:
    """Only one process at a time moves files; the system frees the lock of a killed one. Busy: another one has it."""
    with store.with_name(f"{store.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy from error
        yield


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """A desk and its folders. Whoever calls `step` is `alone`."""

    desk: Desk
    folders: Folders
    log: Callable[[str], None]

    def serve(self, stopped: Callable[[], bool]) -> None:
        """Until it is stopped. A file is finished first."""
        with self.desk.book.transaction():
            self.desk.book.moved_but_for({path.stem for path in self.folders.waiting()})
        while not stopped():
            self.step()
            time.sleep(POLL_SECONDS)

    def step(self) -> None:
        """Everything that can be done now."""
        for path in self.folders.waiting():
            self._take(path)
        self.send()

    def send(self) -> None:
        """Look what became of the files that were sent, then send what is due."""
        book = self.desk.book
        self.look_back()
        for out in book.outgoing("due", "copy"):
            if out.due > self.desk.now():
                continue
            copy = out.state == "copy"
            put = self.folders.put_again if copy else self.folders.put
            put(out.name, self.desk.mishaps.render(out.document, out.ending, out.damage))
            with book.transaction():
                book.mark(out.file, "taken" if copy else "sent")
            self.log(f"{out.name} sent, {out.document.header.count} lines{_spoilt(out.damage)}")

    def look_back(self) -> None:
        """See what the province did with the files it got."""
        if self.desk.book.underway():
            for file in self.desk.look_back(ids(self.folders.accepted), ids(self.folders.quarantine)):
                self.log(f"{file} was put aside, and is not sent again")

    def _take(self, path: Path) -> None:
        data = path.read_bytes()
        killed_at("read")
        try:
            if (form := FORMATS.get(path.suffix[1:])) is None:
                raise Refused("undecodable")
            found = form.load(path.stem, data)
            if not path.stem.startswith(("PAY-", "ASK-")):
                raise Refused("undecodable")
            became = self.desk.take(found, path.suffix[1:], data)
        except Refused as refused:
            self.folders.move(path, self.folders.refused)
            return self.log(f"{path.name} refused: {refused.reason}")
        killed_at("booked")
        self.folders.move(path, self.folders.taken)
        killed_at("moved")
        with self.desk.book.transaction():
            self.desk.book.moved(path.stem)
        self.log(f"{path.name} {became}, {found.header.count} lines")


def _spoilt(damage: Damage) -> str:
    return f" ({damage})" if damage else ""
