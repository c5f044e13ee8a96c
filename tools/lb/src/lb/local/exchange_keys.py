"""Keys of the provinces on one machine: private halves among the services' secrets, public ones in the directory."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec
from eventcore.exchange.directory import DirectoryUnusable, Key, Listing, Province, read
from eventcore.exchange.envelopes import Signer
from eventcore.exchange.keys import SEALING, SIGNING
from eventcore.exchange.sealing import public_half

from lb.local.private import write_private
from lb.problems import Problem

OVERLAP: Final = timedelta(days=1)
"""How long a key that was replaced may still sign and be sealed to: others learn of the new one meanwhile."""
KINDS: Final = {"signing": SIGNING, "sealing": SEALING}


@dataclass(frozen=True, slots=True)
class Listed:
    """A key of the directory, as it is shown."""

    region: str
    kind: str
    key: Key


def provide(directory: Path, region: str, secrets: Sequence[Path]) -> None:
    """A key of each kind for a province that has none, or has lost the private half; listed in the directory."""
    listing = _read(directory)
    known = listing.provinces.get(region, Province())
    if not known.signing or not all((folder / SIGNING).exists() for folder in secrets):
        _write(directory, listing, region, _renewed(known, secrets, datetime.now(UTC)))


def rotate(directory: Path, region: str, secrets: Sequence[Path]) -> None:
    """New keys from now on; the old ones go on for a day, and what they signed stays valid. Problem."""
    listing = _read(directory)
    now = datetime.now(UTC)
    province = _of(listing, region)
    ending = Province(
        signing=tuple(_ending(key, now + OVERLAP) for key in province.signing),
        sealing=tuple(_ending(key, now + OVERLAP) for key in province.sealing),
    )
    _write(directory, listing, region, _renewed(ending, secrets, now))


def revoke(directory: Path, region: str, key: str) -> None:
    """The key is trusted no more, whatever time it names. Problem."""
    listing = _read(directory)
    province, now = _of(listing, region), datetime.now(UTC)
    if key not in {each.id for each in (*province.signing, *province.sealing)}:
        raise Problem(f"{region} has no key {key}.", do=f"Look at them: lb exchange keys --region {region}.")
    changed = Province(
        signing=tuple(_revoked(each, key, now) for each in province.signing),
        sealing=tuple(_revoked(each, key, now) for each in province.sealing),
    )
    _write(directory, listing, region, changed)


def listed(directory: Path) -> Iterable[Listed]:
    """All keys of all provinces."""
    for region, province in sorted(_read(directory).provinces.items()):
        yield from (Listed(region, "signing", key) for key in province.signing)
        yield from (Listed(region, "sealing", key) for key in province.sealing)


def _renewed(province: Province, folders: Sequence[Path], now: datetime) -> Province:
    signing, sealing = secrets.token_bytes(32), secrets.token_bytes(32)
    for folder in folders:
        _append(folder / SIGNING, signing)
        _append(folder / SEALING, sealing)
    return Province(
        signing=(*province.signing, Key(public=Signer(signing).public, valid_from=now)),
        sealing=(*province.sealing, Key(public=public_half(sealing), valid_from=now)),
    )


def _append(file: Path, key: bytes) -> None:
    lines = file.read_text("ascii").split() if file.exists() else []
    write_private(file, "\n".join([*lines, key.hex()]) + "\n")


def _ending(key: Key, at: datetime) -> Key:
    return key if key.valid_until and key.valid_until < at else msgspec.structs.replace(key, valid_until=at)


def _revoked(key: Key, named: str, now: datetime) -> Key:
    return msgspec.structs.replace(key, revoked_at=key.revoked_at or now) if key.id == named else key


def _of(listing: Listing, region: str) -> Province:
    if region not in listing.provinces:
        raise Problem(f"The directory does not know {region}.", do="Start its province once: lb up.")
    return listing.provinces[region]


def _read(directory: Path) -> Listing:
    if not directory.exists():
        return Listing()
    try:
        return read(directory)
    except DirectoryUnusable as unusable:
        raise Problem(str(unusable), do="Take it from a backup, or from another province.") from None


def _write(directory: Path, listing: Listing, region: str, province: Province) -> None:
    """Whole or not at all: services read it while they run."""
    changed = Listing({**listing.provinces, region: province})
    directory.parent.mkdir(parents=True, exist_ok=True)
    fresh = directory.with_name(f"{directory.name}.new")
    fresh.write_bytes(msgspec.json.format(msgspec.json.encode(changed), indent=2) + b"\n")
    fresh.replace(directory)
