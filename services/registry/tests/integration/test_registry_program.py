"""The registry as a program: what it opens, what it refuses to start with."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from eventcore.clock import CLOCK, legal_day
from eventcore.serving import opened
from eventcore.settings import Refused
from eventcore.web.problems import kinds
from pydantic import SecretStr
from registry.app import PROGRAM, SERVICE, routers
from registry.settings import RegistrySettings
from registry.surveys import refusals
from registry.vault import Vault

pytestmark = pytest.mark.postgres


async def test_the_program_opens_a_store_with_the_vault_and_closes_it(settings: RegistrySettings) -> None:
    async with opened(PROGRAM, settings) as store:
        assert isinstance(store.sealer, Vault)
        await store.sealer.prepare(frozenset({"w1"}))
        assert await store.sealer.open("w1", "e/1/name", store.sealer.sealing("w1")("e/1/name", "王秀英")) == "王秀英"
        assert len(routers(settings, store)) > 4


async def test_the_clock_of_a_test_is_the_logs(settings: RegistrySettings, databases: Any) -> None:
    owner = await asyncpg.connect(databases.log_owner, timeout=5)
    await owner.execute("update log.head set clock_offset = interval '400 days'")
    await owner.close()
    before = legal_day()
    try:
        async with opened(PROGRAM, settings):
            assert legal_day() == before + timedelta(days=400)
    finally:
        CLOCK.offset = timedelta()


@pytest.mark.parametrize("text", ["", "00", f"{'11' * 32}\n{'22' * 31}"])
async def test_it_does_not_start_with_unusable_keys(settings: RegistrySettings, tmp_path: Path, text: str) -> None:
    (tmp_path / "master_key").write_text(text)
    with pytest.raises(Refused, match="master_key"):
        async with opened(PROGRAM, settings):
            pytest.fail("it started")


async def test_it_does_not_start_without_a_key_that_is_in_use(settings: RegistrySettings, tmp_path: Path) -> None:
    async with opened(PROGRAM, settings) as store:
        assert store.sealer is not None
        await store.sealer.prepare(frozenset({"w1"}))
    for name in ("master_key", "index_key"):
        kept = (tmp_path / name).read_text()
        (tmp_path / name).write_text(f"-\n{'22' * 32}\n")
        with pytest.raises(Refused, match=f"{name}.*version 1"):
            async with opened(PROGRAM, anew(settings)):
                pytest.fail("it started")
        (tmp_path / name).write_text(kept)
    (tmp_path / "index_key").write_text(f"{'11' * 32}\n{'22' * 32}\n")
    async with opened(PROGRAM, anew(settings)):  # a second one is no harm before it is used
        assert True


def anew(settings: RegistrySettings) -> RegistrySettings:
    """As another process would read them."""
    return RegistrySettings.model_validate(settings.model_dump())


def test_real_peoples_keys_lie_in_an_instance_of_their_own(settings: RegistrySettings) -> None:
    settings.check()
    real = settings.model_copy(update={"env": "prod", "token_issuer": "https://id.example.gov.cn"})
    with pytest.raises(Refused, match="LB_KEYS_DATABASE_URL"):
        real.check()
    apart = SecretStr("postgresql://registry_keys_app@keys.example.gov.cn/registry_keys")
    real.model_copy(update={"keys_database_url": apart}).check()


def test_every_refusal_has_a_text_in_both_languages() -> None:
    codes = {each.code for each in vars(refusals).values() if isinstance(each, type) and hasattr(each, "code")}
    assert len(codes) > 15
    assert codes <= kinds.keys()
    assert all(kinds[code].zh and kinds[code].en and kinds[code].status == 409 for code in codes)


def test_it_publishes_to_its_declared_topics() -> None:
    assert SERVICE.topics == (
        "registry.survey.1",
        "registry.worker.1",
        "registry.household.1",
        "registry.trainee-list.1",
        "registry.stewardship.1",
        "registry.identity.1",
    )
