"""An XLSX file is a package of packed parts: what is in it is measured before anything is taken out without a bound.

What readers get is a new package of only the parts that they need, unpacked: they inflate nothing themselves.
"""

import io
import zipfile
from typing import Final

from registry.rosters.roster import Limits, Unreadable

MAGIC: Final = b"PK\x03\x04"

_WORKBOOK: Final = "xl/workbook.xml"
_PARTS: Final = 10_000
_SMALL: Final = 1 << 20
_ENCRYPTED: Final = 0x1
_CHUNK: Final = 1 << 18


def unpack(data: bytes, limits: Limits) -> dict[str, bytes]:
    """The parts that hold sheets, texts and formats of numbers, by name. Raises `Unreadable`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            _measure(parts, len(data), limits)
            return {part.filename: _inflated(package, part) for part in parts if _is_needed(part.filename)}
    except Unreadable:
        raise
    except Exception:  # zipfile has no common base for what a broken package does to it
        raise Unreadable("roster_broken") from None


def pack(parts: dict[str, bytes]) -> io.BytesIO:
    """The parts as a package in which nothing is packed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), content)
    target.seek(0)
    return target


def _measure(parts: list[zipfile.ZipInfo], size: int, limits: Limits) -> None:
    names = [part.filename.casefold() for part in parts]
    if _WORKBOOK not in names:
        raise Unreadable("roster_kind_unsupported")
    if len(names) > _PARTS or len(set(names)) != len(names):
        raise Unreadable("roster_broken")
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise Unreadable("roster_encrypted")
    inflated = sum(part.file_size for part in parts)
    steep = any(part.file_size > max(_SMALL, part.compress_size * limits.ratio) for part in parts)
    if steep or inflated > min(limits.inflated, max(_SMALL, size * limits.ratio)):
        raise Unreadable("roster_inflates", limit=limits.ratio)


def _is_needed(name: str) -> bool:
    name = name.casefold()
    outside = ("[content_types].xml", "_rels/.rels")
    return name in outside or (name.startswith("xl/") and name.endswith((".xml", ".rels")))


def _inflated(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """No more than the directory says: what inflates to more, or to something else, is broken."""
    with package.open(part) as packed:
        content = bytearray()
        while chunk := packed.read(_CHUNK):
            content += chunk
    if len(content) != part.file_size:
        raise Unreadable("roster_broken")
    return bytes(content)
