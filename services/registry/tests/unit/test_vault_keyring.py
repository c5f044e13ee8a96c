"""Master keys and index keys: read from files, versioned, bound to the person."""

from pathlib import Path

import pytest
from registry.vault import FileKeys, KeyFile, KeyFileUnusable, NumberIndex, read_versions
from registry.vault.keyring import Wrapped, WrappedKeyInvalid

FIRST, SECOND = b"1" * 32, b"2" * 32
NUMBER = "520599189003070024"


async def test_an_old_version_still_unwraps_and_the_newest_wraps() -> None:
    before = await FileKeys([FIRST]).wrap({"w1": b"d" * 32})
    rotated = FileKeys([FIRST, SECOND])
    after = await rotated.wrap({"w2": b"e" * 32})
    assert (before["w1"].master_version, after["w2"].master_version) == (1, 2)
    assert await rotated.unwrap({**before, **after}) == {"w1": b"d" * 32, "w2": b"e" * 32}


async def test_a_wrapped_key_opens_for_its_person_and_version_only() -> None:
    keys = FileKeys([FIRST, SECOND])
    wrapped = (await keys.wrap({"w1": b"d" * 32}))["w1"]
    for subject, moved in (
        ("w2", wrapped),
        ("w1", Wrapped(wrapped.key, 1)),
        ("w1", Wrapped(wrapped.key, 3)),
        ("w1", Wrapped(wrapped.key, 0)),
        ("w1", Wrapped(b"", 2)),
        ("w1", Wrapped(wrapped.key[:-1], 2)),
    ):
        with pytest.raises(WrappedKeyInvalid):
            await keys.unwrap({subject: moved})


def test_keys_do_not_show_themselves() -> None:
    assert "1111" not in repr(FileKeys([FIRST])) + repr(NumberIndex([FIRST]))


def test_a_file_holds_a_version_a_line(tmp_path: Path) -> None:
    file = tmp_path / "master_key"
    file.write_text(f"{FIRST.hex()}\n{SECOND.hex()}\n")
    assert read_versions(file) == (FIRST, SECOND)


@pytest.mark.parametrize(
    "text", ["", "-", "xx", f"{'31' * 32}\n-", "31" * 31, "31" * 33, f"{'31' * 32}\n{'31' * 32}\n", "键"]
)
def test_a_file_that_is_not_so_is_refused_without_being_shown(tmp_path: Path, text: str) -> None:
    file = tmp_path / "master_key"
    file.write_text(text)
    with pytest.raises(KeyFileUnusable, match="master_key") as refused:
        read_versions(file)
    assert "31" not in str(refused.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyFileUnusable):
        read_versions(tmp_path / "index_key")


def test_the_index_of_a_number_is_keyed_and_versioned() -> None:
    first = NumberIndex([FIRST]).of(NUMBER)
    assert first == NumberIndex([FIRST]).of(NUMBER)
    assert first.startswith("1.")
    assert NumberIndex([FIRST, SECOND]).of(NUMBER).startswith("2.")
    others = {NumberIndex([SECOND]).of(NUMBER)[2:], NumberIndex([FIRST]).of(NUMBER[:-1] + "5")[2:]}
    assert first[2:] not in others
    assert NUMBER not in first


def test_an_old_version_that_is_out_of_use_leaves_its_line(tmp_path: Path) -> None:
    file = tmp_path / "index_key"
    file.write_text(f"-\n{SECOND.hex()}\n")
    assert read_versions(file) == (None, SECOND)
    index = NumberIndex(KeyFile(file))
    assert index.all_of(NUMBER) == (index.of(NUMBER),)
    assert index.of(NUMBER) == NumberIndex([FIRST, SECOND]).of(NUMBER)
    with pytest.raises(KeyError):
        index.under(1, NUMBER)


def test_a_number_is_indexed_by_every_key_that_is_there_the_newest_first() -> None:
    assert NumberIndex([FIRST, SECOND]).all_of(NUMBER) == (
        NumberIndex([FIRST, SECOND]).of(NUMBER),
        NumberIndex([FIRST]).of(NUMBER),
    )


def test_a_file_is_read_again_and_what_was_written_under_a_key_stays_readable(tmp_path: Path) -> None:
    file = tmp_path / "master_key"
    file.write_text(FIRST.hex())
    keys = KeyFile(file)
    assert not keys.reload()
    file.write_text(f"{FIRST.hex()}\n{SECOND.hex()}\n")
    assert keys.reload()
    assert tuple(keys) == (FIRST, SECOND)
    for wrong in (FIRST.hex(), f"{SECOND.hex()}\n{FIRST.hex()}\n", "", f"{FIRST.hex()}\nxx\n"):
        file.write_text(wrong)
        with pytest.raises(KeyFileUnusable, match="master_key"):
            keys.reload()
        assert tuple(keys) == (FIRST, SECOND)
    file.write_text(f"-\n{SECOND.hex()}\n")
    assert keys.reload()
    assert tuple(keys) == (None, SECOND)
    assert "3131" not in repr(keys)
