"""Files of keys: a version a line, read again while the process runs."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, overload

KEY_BYTES: Final = 32
OUT_OF_USE: Final = "-"
"""A line whose key is gone, because nothing is under it any more. The line stays: it is a number."""

Versions = tuple[bytes | None, ...]


class KeyFileUnusable(Exception):
    """A file of keys is not there or not as it should be; the text names it, never what it holds."""


class KeyFile(Sequence[bytes | None]):
    """The versions in a file, oldest first; None where one is out of use."""

    def __init__(self, path: Path) -> None:
        """KeyFileUnusable."""
        self._path = path
        self._versions = read_versions(path)

    def __repr__(self) -> str:
        return f"KeyFile({self._path.name})"

    @property
    def name(self) -> str:
        return self._path.name

    def __len__(self) -> int:
        return len(self._versions)

    def __iter__(self) -> Iterator[bytes | None]:
        return iter(self._versions)

    @overload
    def __getitem__(self, n: int) -> bytes | None: ...

    @overload
    def __getitem__(self, n: slice) -> Versions: ...

    def __getitem__(self, n: int | slice) -> bytes | Versions | None:
        return self._versions[n]

    def reload(self) -> bool:
        """Whether the file says something new. KeyFileUnusable where it cannot be read, or a line has another key than
        before: then what was read before stays."""
        found = read_versions(self._path)
        if found == self._versions:
            return False
        if len(found) < len(self._versions):
            raise KeyFileUnusable(f"the secret {self._path.name} in LB_SECRETS_DIR has lost a line")
        if any(new not in (None, old) for old, new in zip(self._versions, found, strict=False)):
            raise KeyFileUnusable(f"the secret {self._path.name} in LB_SECRETS_DIR has another key in an old line")
        self._versions = found
        return True


def read_versions(file: Path) -> Versions:
    """Keys of 32 bytes in hex, a line each; the line is the version. A new key is a new last line; an old one that is
    out of use is `-`, and no line ever goes. KeyFileUnusable."""
    try:
        lines = file.read_text("ascii").split()
        versions = tuple(None if line == OUT_OF_USE else bytes.fromhex(line) for line in lines)
    except (OSError, ValueError):
        raise KeyFileUnusable(f"the secret {file.name} in LB_SECRETS_DIR cannot be read as lines of hex") from None
    keys = [each for each in versions if each is not None]
    if not versions or versions[-1] is None or any(len(each) != KEY_BYTES for each in keys):
        raise KeyFileUnusable(f"the secret {file.name} in LB_SECRETS_DIR must have lines of {KEY_BYTES} bytes in hex")
    if len(set(keys)) != len(keys):
        raise KeyFileUnusable(f"the secret {file.name} in LB_SECRETS_DIR has a key twice")
    return versions
