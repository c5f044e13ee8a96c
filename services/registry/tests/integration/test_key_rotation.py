"""Keys are rotated while the service runs: nobody is turned away, nobody is registered twice, nothing stays behind."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from eventcore.call import Outcome
from eventcore.database import Pool, Unavailable
from eventcore.serving import application, opened
from eventcore.store import Store
from eventcore.verify import verify
from eventcore.web import Health
from httpx import ASGITransport, AsyncClient
from registry import keys_command
from registry.app import PROGRAM, SERVICE
from registry.erasure.standing import trouble
from registry.numbers.reindexing import Reindexing
from registry.settings import RegistrySettings
from registry.vault import FileKeys, KeyFile, NumberIndex, PersonKeys, Vault, rewrap
from registry.vault.keyring import Wrapped
from registry.vault.rewrap import master_use

pytestmark = pytest.mark.postgres
PLACE = "survey-s1/1/name"
FIRST, SECOND = b"1" * 32, b"2" * 32


def with_keys(pool: Pool, *keys: bytes) -> Vault:
    return Vault(PersonKeys(pool, FileKeys(list(keys))))


async def many(pool: Pool, count: int, *keys: bytes) -> dict[str, str]:
    """Person -> a text that was sealed for them."""
    vault, people = with_keys(pool, *keys), [f"w{n:04}" for n in range(count)]
    await vault.prepare(frozenset(people))
    return {person: vault.sealing(person)(PLACE, person) for person in people}


async def test_all_keys_come_under_the_new_master_key_while_they_are_used(
    keys_pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rewrap, "BATCH", 40)
    sealed = await many(keys_pool, 300, FIRST)
    old, new = with_keys(keys_pool, FIRST, SECOND), with_keys(keys_pool, FIRST, SECOND)
    steps: list[int] = []

    async def read() -> None:
        for person, text in sealed.items():
            old.keys.forget()
            assert await old.open(person, PLACE, text) == person

    done, _ = await asyncio.gather(rewrap.rewrap(keys_pool, new.keys.masters, steps.append), read())
    assert (done, steps) == (300, [40, 80, 120, 160, 200, 240, 280, 300])
    use = await master_use(keys_pool, new.keys.masters)
    assert (use.keys, use.waiting, use.free()) == ({2: 300}, 0, [1])
    gone = Vault(PersonKeys(keys_pool, FileKeys([None, SECOND])))
    for person, text in sealed.items():
        assert await gone.open(person, PLACE, text) == person


async def test_a_rewrapping_that_was_stopped_goes_on_and_two_at_once_do_no_harm(
    keys_pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rewrap, "BATCH", 10)

    class Stopping(FileKeys):
        async def unwrap(self, wrapped: Mapping[str, Wrapped]) -> Mapping[str, bytes]:
            if "w0050" in wrapped:
                raise ConnectionResetError
            return await FileKeys.unwrap(self, wrapped)

    sealed = await many(keys_pool, 100, FIRST)
    with pytest.raises(ConnectionResetError):
        await rewrap.rewrap(keys_pool, Stopping([FIRST, SECOND]))
    masters = FileKeys([FIRST, SECOND])
    assert (await master_use(keys_pool, masters)).keys == {1: 50, 2: 50}
    done = await asyncio.gather(*(rewrap.rewrap(keys_pool, masters) for _ in range(3)))
    assert sum(done) == 50
    new = with_keys(keys_pool, FIRST, SECOND)
    assert [await new.open(person, PLACE, text) for person, text in sealed.items()] == list(sealed)


async def test_a_key_that_another_process_has_just_wrapped_is_left_alone(keys_pool: Pool) -> None:
    sealed = await many(keys_pool, 3, FIRST)

    class Overtaken(FileKeys):
        async def wrap(self, keys: Mapping[str, bytes]) -> Mapping[str, Wrapped]:
            wrapped = await FileKeys.wrap(self, keys)
            assert await rewrap.rewrap(keys_pool, FileKeys([FIRST, SECOND])) == 3
            return wrapped

    assert await rewrap.rewrap(keys_pool, Overtaken([FIRST, SECOND])) == 0
    new = with_keys(keys_pool, FIRST, SECOND)
    assert [await new.open(person, PLACE, text) for person, text in sealed.items()] == list(sealed)


async def test_an_erased_persons_key_is_not_brought_back_by_rewrapping(keys_pool: Pool) -> None:
    await many(keys_pool, 3, FIRST)
    masters = FileKeys([FIRST, SECOND])

    class Erasing(FileKeys):
        async def wrap(self, keys: Mapping[str, bytes]) -> Mapping[str, Wrapped]:
            await with_keys(keys_pool, FIRST).keys.destroy({"w0001": "worker-w0001/2"})
            return await FileKeys.wrap(self, keys)

    assert await rewrap.rewrap(keys_pool, Erasing([FIRST, SECOND])) == 2
    assert (await master_use(keys_pool, masters)).keys == {2: 2}
    assert await keys_pool.fetchval("select destroyed_by from vault.person_keys where subject = 'w0001'")


async def test_a_new_line_is_found_without_a_restart(keys_pool: Pool, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(FIRST.hex())
    running = Vault(PersonKeys(keys_pool, FileKeys(KeyFile(file))))
    file.write_text(f"{FIRST.hex()}\n{SECOND.hex()}\n")
    (sealed,) = (await many(keys_pool, 1, FIRST, SECOND)).values()
    assert await running.open("w0000", PLACE, sealed) == "w0000"


def person(n: int) -> str:
    """A made-up number for each n."""
    front = f"52059918900307{371 + n:03d}"
    weights = [2 ** (17 - i) % 11 for i in range(17)]
    return front + "10X98765432"[sum(int(d) * w for d, w in zip(front, weights, strict=True)) % 11]


class Processes:
    """Clients of processes that know the first key of the index, or both."""

    def __init__(self, settings: Any, pool: Pool, keys_pool: Pool, folder: Path) -> None:
        self._settings, self._pool, self._keys_pool, self._folder = settings, pool, keys_pool, folder

    async def client(self, *index: bytes) -> AsyncClient:
        folder = self._folder / f"secrets-{len(index)}-{random.random()}"
        folder.mkdir()
        for name in ("fingerprint_key", "master_key"):
            (folder / name).write_text((self._folder / name).read_text())
        (folder / "index_key").write_text("\n".join(key.hex() for key in index))
        settings = self._settings.model_copy(update={"secrets_dir": folder})
        settings.__pydantic_private__ = {"_key_files": {}}
        store = Store(self._pool, sealer=Vault(PersonKeys(self._keys_pool, FileKeys(KeyFile(folder / "master_key")))))
        app = await application(PROGRAM, settings, store, Health())
        return AsyncClient(transport=ASGITransport(app), base_url="http://registry")


@pytest.fixture
def processes(settings: Any, pool: Pool, keys_pool: Pool, tmp_path: Path) -> Processes:
    return Processes(settings, pool, keys_pool, tmp_path)


@pytest.mark.parametrize("seed", range(3))
async def test_no_number_gets_two_workers_while_the_index_key_is_rotated(
    seed: int, processes: Processes, store: Store, vault: Vault, pool: Pool, headers: Any, survey: Any, catch_up: Any
) -> None:
    chance, found = random.Random(seed), dict[str, set[str]]()
    clients = [await processes.client(FIRST), await processes.client(FIRST), await processes.client(FIRST, SECOND),
               await processes.client(FIRST, SECOND)]  # fmt: skip
    reindexing = Reindexing(store, vault, NumberIndex([FIRST, SECOND]))

    async def record(number: str, refused: list[int]) -> None:
        await asyncio.sleep(chance.random() * 0.2)
        client = chance.choice(clients)
        answer = await client.post("/v1/surveys", json=survey(number=number), headers=headers("li"))
        if answer.status_code == 201:
            found.setdefault(number, set()).add(answer.json()["worker"])
        else:
            refused.append(answer.status_code)

    async def begun() -> bool:
        """As an operator does: asks again where the database is too busy with the surveys to answer in time."""
        while True:
            with suppress(Unavailable):
                return (await reindexing.begin()).outcome is Outcome.ACCEPTED

    async def rotate() -> None:
        await asyncio.sleep(chance.random() * 0.2)
        assert await begun()
        await catch_up()

    refused: list[int] = []
    numbers = [person(n) for n in range(8)] * 5
    await asyncio.gather(rotate(), *(record(number, refused) for number in numbers))
    assert set(refused) <= {503}  # of processes that have not read the new line yet
    clients[:2] = clients[2:]
    await catch_up()
    reading = asyncio.create_task(forever(catch_up))  # the run waits for the view of what is recorded meanwhile
    await asyncio.gather(reindexing.run(), *(record(number, refused) for number in numbers[:20]))
    reading.cancel()
    await asyncio.wait({reading})
    await catch_up()
    await reindexing.run()
    use = await reindexing.use()
    assert (use.waiting, use.state.versions) == (0, frozenset({2}))
    assert all(len(workers) == 1 for workers in found.values())
    holders = [row["holder"] for row in await pool.fetch("select holder from log.guards where scope = 'person'")]
    assert len(holders) == len(set(holders)) == len(found)
    assert await verify(pool, SERVICE.deciders) == []
    for client in {*clients}:
        await client.aclose()


async def test_the_command_rotates_both_keys_and_says_how_far_it_is(
    settings: Any, tmp_path: Path, client: Any, headers: Any, survey: Any, catch_up: Any, capsys: Any, pool: Pool
) -> None:
    made = (await client.post("/v1/surveys", json=survey(), headers=headers("li"))).json()
    await catch_up()
    for name in ("master_key", "index_key"):
        with (tmp_path / name).open("a") as file:
            file.write(SECOND.hex() + "\n")
    fresh = RegistrySettings.model_validate(settings.model_dump())
    async with opened(PROGRAM, fresh) as store:
        vault = store.sealer
        assert isinstance(vault, Vault)
        reading = asyncio.create_task(forever(catch_up))
        for action in ("status", "rewrap", "reindex", "status"):
            assert keys_command.chosen([action]) == action
            assert await keys_command.carry_out(action, fresh, store, vault) == 0
        reading.cancel()
    told = capsys.readouterr().out.splitlines()
    assert "master key 1: 1 keys, waiting" in told
    assert "index key 1: 1 numbers, written" in told
    assert told[-4:] == [
        "master key 2: 1 keys",
        "master keys that may become '-': [1]",
        "index key 2: 1 numbers, written",
        "vault: open",
    ]
    operator = headers("wang", office="operator")
    shown = (await client.get("/v1/key-rotations", headers=operator)).json()
    assert (shown["index_key"]["under"], shown["index_key"]["free"]) == ({"2": 1}, [1])
    assert shown["master_key"]["under"] == {"2": 1}
    holder = await pool.fetchval("select holder from log.guards where scope = 'person' and key like '2.%'")
    assert holder == made["worker"]


async def forever(read: Callable[[], Awaitable[None]]) -> None:
    """As a worker does."""
    while True:
        await read()
        await asyncio.sleep(0.05)


async def test_lost_keys_are_given_up_by_command_and_their_people_come_again(
    settings: Any, client: Any, headers: Any, survey: Any, keys_pool: Pool, vault: Vault, store: Store, pool: Pool
) -> None:
    lost = (await client.post("/v1/surveys", json=survey(), headers=headers("li"))).json()["worker"]
    await keys_pool.execute("delete from vault.person_keys")
    vault.keys.forget()
    assert await trouble(pool, vault.keys) == "keys_missing"
    assert await keys_command.carry_out("accept-loss", settings, store, vault) == 0
    assert await trouble(pool, vault.keys) is None
    again = (await client.post("/v1/surveys", json=survey(), headers=headers("li"))).json()["worker"]
    assert again != lost
    ground = "select data::jsonb ->> 'ground' from log.readable where type = 'personal-data-erased'"
    assert await pool.fetchval(ground) == "KEY_LOST"
