"""The two folders of the agreement: whole files in, whole files out, and places to be killed at in tests."""

import os
import signal
from pathlib import Path


class Folders:
    """`to-bank/` and `from-bank/` below one folder, made where they are missing."""

    def __init__(self, root: Path) -> None:
        self.incoming, self.outgoing = root / "to-bank", root / "from-bank"
        self.taken, self.refused = self.incoming / "taken", self.incoming / "refused"
        self.accepted, self.quarantine = self.outgoing / "taken", self.outgoing / "quarantine"
        for folder in (root, self.incoming, self.outgoing, self.taken, self.refused, self.accepted, self.quarantine):
            folder.mkdir(mode=0o700, parents=folder == root, exist_ok=True)

    def waiting(self) -> list[Path]:
        """Files of the province, payments before inquiries.

        The inquiries are of a first look and the payments of a second: an order is never asked for before it is taken.
        """
        others = [name for name in _names(self.incoming) if not name.startswith("PAY-")]
        payments = [name for name in _names(self.incoming) if name.startswith("PAY-")]
        return [self.incoming / name for name in (*sorted(payments), *sorted(others))]

    def put(self, name: str, data: bytes) -> None:
        """Write a file to the province, whole or not at all; leave it where it was put before."""
        places = (self.outgoing, self.accepted, self.quarantine)
        if not any((place / name).exists() for place in places):
            self.put_again(name, data)

    def put_again(self, name: str, data: bytes) -> None:
        """Write a file to the province, whole or not at all."""
        hidden = self.outgoing / f".{name}"
        with open(os.open(hidden, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb", buffering=0) as out:
            half = len(data) // 2
            for part in (data[:half], data[half:]):
                out.write(part)
                killed_at("writing")
            os.fsync(out.fileno())
        killed_at("written")
        hidden.rename(self.outgoing / name)
        _flush(self.outgoing)
        killed_at("renamed")

    def move(self, file: Path, place: Path) -> None:
        """Out of the way, under its name."""
        file.rename(place / file.name)
        _flush(place)
        _flush(self.incoming)


def ids(folder: Path) -> set[str]:
    """The ids of the files that lie there."""
    return {Path(name).stem for name in _names(folder)}


def killed_at(point: str) -> None:
    """Die as by a power cut where BANK_KILL_AT names this point; for tests."""
    if os.environ.get("BANK_KILL_AT") == point:
        os.kill(os.getpid(), signal.SIGKILL)


def _names(folder: Path) -> list[str]:
    with os.scandir(folder) as entries:
        return [each.name for each in entries if each.is_file() and not each.name.startswith(".")]


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
