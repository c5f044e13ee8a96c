"""The folder that the province and the bank share. What has its name there is whole."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from eventcore.failpoints import hit

from subsidy.money.bank.forms import FORMS
from subsidy.money.bank.records import kind_of

TAKEN: Final = "taken"
REFUSED: Final = "refused"
QUARANTINE: Final = "quarantine"
_FROM_BANK: Final = frozenset({"RET", "ANS", "REV", "STM"})


class Folder:
    """`to-bank/` and `from-bank/` below one folder, with what became of the files below each."""

    def __init__(self, root: Path) -> None:
        self._out, self._in = root / "to-bank", root / "from-bank"
        for folder in (self._out, self._in / TAKEN, self._in / QUARANTINE):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def sent(self, file: str) -> Path | None:
        """The whole file of this id, also where the bank has moved it."""
        places = (self._out, self._out / TAKEN, self._out / REFUSED)
        found = (place / f"{file}{suffix}" for place in places for suffix in FORMS)
        return next((each for each in found if each.is_file()), None)

    def put(self, name: str, data: bytes) -> None:
        """Under a name that begins with a dot, flushed, renamed, and the folder flushed."""
        hidden = self._out / f".{name}"
        hidden.unlink(missing_ok=True)
        with os.fdopen(os.open(hidden, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            hit("file.written")
            os.fsync(file.fileno())
        hidden.rename(self._out / name)
        _flush(self._out)
        hit("file.renamed")

    def waiting(self) -> Iterator[Path]:
        """What the bank sent, statements last: what they say was told before."""
        for path in sorted(self._in.iterdir(), key=lambda each: (kind_of(each.name) == "STM", each.name)):
            if path.suffix in FORMS and kind_of(path.name) in _FROM_BANK and not path.name.startswith("."):
                yield path

    def is_taken(self, path: Path) -> bool:
        """Whether a file of this name was put away as taken."""
        return (self._in / TAKEN / path.name).exists()

    def put_away(self, path: Path, place: str) -> None:
        """To `taken` or `quarantine`, under its name; a name that is there already gets a number more."""
        target = self._in / place / path.name
        n = 1
        while target.exists():
            n += 1
            target = target.with_name(f"{path.stem}.{n}{path.suffix}")
        path.rename(target)
        _flush(target.parent)
        _flush(self._in)

    def destroy(self, before: datetime) -> int:
        """What was written before that and has been taken or refused since, and what was never written to its end: how
        many files. The log knows what was in them, but for names and accounts."""
        put_away = (self._out / TAKEN, self._out / REFUSED, self._in / TAKEN, self._in / QUARANTINE)
        found = [path for folder in put_away if folder.is_dir() for path in folder.iterdir()]
        found += [path for path in self._out.iterdir() if path.name.startswith(".")]
        old = [path for path in found if path.is_file() and path.stat().st_mtime < before.timestamp()]
        for path in old:
            path.unlink(missing_ok=True)
        for folder in {path.parent for path in old}:
            _flush(folder)
        return len(old)


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
