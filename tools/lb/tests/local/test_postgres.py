"""A PostgreSQL server of one's own: faults, leftovers, and where its programs come from."""

import os
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from lb.local.accounts import server_account
from lb.local.blocking import run_apart
from lb.local.downloads import hides_system
from lb.local.pgbinaries import find_binaries, system_binaries
from lb.local.ports import free_ports
from lb.local.postgres import PostgresServer
from lb.local.processes import identify, is_alive
from lb.local.sessions import Session
from lb.paths import find_project

pytestmark = pytest.mark.postgres


def a_server(session: Session, port: int) -> PostgresServer:
    return PostgresServer(find_project(), session.folder / "postgres", port=port, log=session.folder / "postgres.log")


@pytest.fixture
def server(own_session: Session) -> Iterator[PostgresServer]:
    server = a_server(own_session, *free_ports(1))
    yield server
    server.stop()
    server.remove()


def ask(server: PostgresServer, *statements: str) -> object:
    async def all_of_them() -> object:
        connection = await asyncpg.connect(server.dsn, timeout=10)
        try:
            for statement in statements[:-1]:
                await connection.execute(statement)
            return await connection.fetchval(statements[-1])
        finally:
            connection.terminate()

    return run_apart(all_of_them)


def test_what_was_committed_is_there_after_an_immediate_stop_and_after_a_kill(server: PostgresServer) -> None:
    server.start()
    ask(server, "create table facts(n int)", "insert into facts values (1) returning n")
    server.stop("immediate")
    server.start()
    ask(server, "insert into facts values (2) returning n")
    server.kill()
    server.start()
    assert ask(server, "select sum(n) from facts") == 3


def test_what_is_committed_outlives_a_power_cut_unless_the_server_is_fleeting(own_session: Session) -> None:
    (port,) = free_ports(1)
    project, log = find_project(), own_session.folder / "postgres.log"
    for name, fleeting, synced in (("lasting", False, "on"), ("fleeting", True, "off")):
        server = PostgresServer(project, own_session.folder / name, port=port, log=log, fleeting=fleeting)
        server.start()
        try:
            assert ask(server, "show fsync") == synced
            assert ask(server, "show synchronous_commit") == ask(server, "show full_page_writes") == "on"
        finally:
            server.stop()
            server.remove()


def test_a_pid_file_whose_number_now_belongs_to_somebody_else_does_not_stop_a_start(server: PostgresServer) -> None:
    server.start()
    data = Path(str(ask(server, "show data_directory")))
    server.kill()
    lines = (data / "postmaster.pid").read_text().splitlines()
    (data / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    server.start()
    assert ask(server, "select 1") == 1


def test_a_server_that_a_killed_process_left_behind_is_ended_by_the_next_start(
    server: PostgresServer, own_session: Session
) -> None:
    server.start()
    left = identify(server.pid or 0)
    assert left
    own_session.remember(server.pid)
    other = a_server(own_session, server.port)
    other.start()
    server.stop()  # reaps what the other has ended
    assert not is_alive(left)
    assert ask(other, "select 1") == 1
    other.stop()


def test_neither_statements_nor_parameters_nor_details_of_errors_reach_the_log(server: PostgresServer) -> None:
    server.start()
    name = "unmistakable-name"
    insert = f"insert into persons values ('{name}') returning 1"  # noqa: S608
    ask(server, "create table persons(name text primary key)", insert)
    with pytest.raises(asyncpg.UniqueViolationError, match="duplicate key"):
        ask(server, insert)
    with pytest.raises(asyncpg.InvalidTextRepresentationError):
        ask(server, f"select '{name}'::int")
    server.stop()
    log = server.log.read_text()
    assert "database system is ready" in log
    assert name not in log


def test_the_programs_are_the_systems_where_it_has_them_else_the_wheels(tmp_path: Path) -> None:
    project = find_project()
    found = find_binaries(project, account=server_account(), shelter=tmp_path)
    from_wheel = found.folder.is_relative_to(project.cache) or found.folder.is_relative_to(tmp_path)
    assert from_wheel == (hides_system() or not system_binaries())
    assert found.major >= 15
