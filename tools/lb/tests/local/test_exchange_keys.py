"""Keys of the provinces on one machine: made, listed, replaced, revoked."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from eventcore.exchange.directory import Directory
from eventcore.exchange.keys import SEALING, SIGNING, NoKey, Ring
from eventcore.exchange.sealing import seal, unseal
from lb.local import exchange_keys
from lb.problems import Problem

HOME, HOST = "520000", "440000"


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    folders = [tmp_path / "registry", tmp_path / "subsidy"]
    for folder in folders:
        folder.mkdir()
    return folders


def signer(directory: Path, folder: Path) -> str:
    return Ring(folder / SIGNING, HOME, Directory(directory)).signer(datetime.now(UTC)).id


def test_a_province_gets_keys_once_and_its_services_the_same(tmp_path: Path, folders: list[Path]) -> None:
    directory = tmp_path / "directory.json"
    exchange_keys.provide(directory, HOME, folders)
    before = directory.read_bytes()
    exchange_keys.provide(directory, HOME, folders)
    assert directory.read_bytes() == before
    assert signer(directory, folders[0]) == signer(directory, folders[1])
    assert folders[0].joinpath(SIGNING).stat().st_mode & 0o077 == 0
    public = Directory(directory).sealing_key(HOME)
    private = bytes.fromhex(folders[1].joinpath(SEALING).read_text())
    assert public
    assert unseal(private, seal(public, b"x", about=b""), about=b"") == b"x"


def test_a_rotated_key_signs_and_the_old_one_stays_valid_for_a_while(tmp_path: Path, folders: list[Path]) -> None:
    directory = tmp_path / "directory.json"
    exchange_keys.provide(directory, HOME, folders)
    exchange_keys.provide(directory, HOST, [])
    old = signer(directory, folders[0])
    exchange_keys.rotate(directory, HOME, folders)
    new = signer(directory, folders[0])
    assert new != old
    listed = {each.key.id: each.key for each in exchange_keys.listed(directory) if each.region == HOME}
    assert listed[old].valid(datetime.now(UTC))
    assert listed[old].valid_until
    assert listed[new].valid_until is None


def test_a_revoked_key_signs_nothing(tmp_path: Path, folders: list[Path]) -> None:
    directory = tmp_path / "directory.json"
    exchange_keys.provide(directory, HOME, folders)
    exchange_keys.revoke(directory, HOME, signer(directory, folders[0]))
    assert Directory(directory).is_revoked(HOME)
    with pytest.raises(NoKey):
        signer(directory, folders[0])
    exchange_keys.rotate(directory, HOME, folders)
    assert signer(directory, folders[0])


def test_what_the_directory_does_not_know_is_a_problem(tmp_path: Path, folders: list[Path]) -> None:
    directory = tmp_path / "directory.json"
    with pytest.raises(Problem):
        exchange_keys.rotate(directory, HOME, folders)
    exchange_keys.provide(directory, HOME, folders)
    with pytest.raises(Problem):
        exchange_keys.revoke(directory, HOME, "0123456789abcdef")
    directory.write_text("{")
    with pytest.raises(Problem):
        list(exchange_keys.listed(directory))
