"""What the root conftest promises to every member's tests."""

import asyncpg
import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from lb.local.databases import MakeDatabase, provide_database, with_database


@pytest.mark.postgres
async def test_every_made_database_is_a_fresh_one(postgres_database: MakeDatabase) -> None:
    for dsn in (postgres_database(), postgres_database()):
        connection = await asyncpg.connect(dsn)
        try:
            assert await connection.fetchval("select count(*) from pg_tables where schemaname = 'public'") == 0
            await connection.execute("create table mine()")
        finally:
            await connection.close()


@pytest.mark.postgres
async def test_a_made_database_can_be_the_copy_of_another(postgres_database: MakeDatabase) -> None:
    model = postgres_database()
    connection = await asyncpg.connect(model)
    await connection.execute("create table copied as select 7 as n")
    await connection.close()
    copy = await asyncpg.connect(postgres_database(template=model.rpartition("/")[2]))
    try:
        assert await copy.fetchval("select n from copied") == 7
    finally:
        await copy.close()


@pytest.mark.postgres
async def test_the_shared_server_keeps_personal_data_out_of_its_log(postgres_server: str) -> None:
    connection = await asyncpg.connect(postgres_server)
    try:
        rows = await connection.fetch("select name, setting from pg_settings")
    finally:
        await connection.close()
    settings = {row["name"]: row["setting"] for row in rows}
    assert settings["log_min_error_statement"] == "panic"
    assert settings["log_parameter_max_length"] == settings["log_parameter_max_length_on_error"] == "0"


@pytest.mark.postgres
async def test_the_application_role_may_connect_and_not_make_tables(postgres_server: str) -> None:
    await provide_database(postgres_server, "roles_shown")
    await provide_database(postgres_server, "roles_shown")
    owner = await asyncpg.connect(with_database(postgres_server, "roles_shown", user="roles_shown_owner"))
    app = await asyncpg.connect(with_database(postgres_server, "roles_shown", user="roles_shown_app"))
    try:
        await owner.execute("create table facts()")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await app.execute("create table mine()")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await app.execute("select * from facts")
    finally:
        await owner.close()
        await app.close()


@pytest.mark.kafka
async def test_topics_are_made_on_the_shared_kafka(kafka_server: str, kafka_prefix: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka_server)
    await admin.start()
    try:
        await admin.create_topics([NewTopic(f"{kafka_prefix}.registry.survey.1", 3, 1)])
        assert f"{kafka_prefix}.registry.survey.1" in await admin.list_topics()
    finally:
        await admin.close()
