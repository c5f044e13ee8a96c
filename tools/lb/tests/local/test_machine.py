"""Processes, ports, accounts and the cache."""

import os
import socket
import subprocess
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from lb.local.accounts import memory_has_room, place_for, remove_place, server_account, shelter_path
from lb.local.downloads import cached, python_packages
from lb.local.jars import artifacts
from lb.local.ports import free_ports, holder, is_free, is_listening
from lb.local.processes import Identity, end, identify, is_alive
from lb.paths import find_project
from lb.problems import Problem


def test_a_process_is_known_by_its_start_time_and_not_by_its_number_alone() -> None:
    me = identify(os.getpid())
    assert me
    assert is_alive(me)
    assert not is_alive(replace(me, started="1@another-boot"))


def test_an_ended_process_that_was_not_reaped_yet_counts_as_ended() -> None:
    with subprocess.Popen(["/bin/sleep", "600"]) as process:
        who = identify(process.pid)
        assert who
        assert end(who, grace=5)
        assert identify(process.pid) is None
        assert not end(who)


def test_a_process_that_ignores_the_request_is_forced() -> None:
    stubborn = ["/bin/sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.05; done"]
    with subprocess.Popen(stubborn, stdout=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout
        process.stdout.readline()
        who = identify(process.pid)
        assert who
        assert end(who, grace=0.2)
        assert not is_alive(who)


def test_somebody_who_does_not_exist_has_no_identity() -> None:
    assert identify(2**22 + 1) is None
    assert not is_alive(Identity(pid=2**22 + 1, started="x"))


def test_a_used_port_is_not_free_and_its_holder_is_named() -> None:
    first, second = free_ports(2)
    assert first != second
    with socket.socket() as server:
        server.bind(("127.0.0.1", first))
        server.listen()
        assert not is_free(first)
        assert is_listening(f"127.0.0.1:{first}")
        assert f"(pid {os.getpid()})" in holder(first)
    assert is_free(second)
    assert not is_listening(f"127.0.0.1:{second}")


def test_a_folder_that_the_servers_user_cannot_enter_is_replaced_by_a_named_one_elsewhere(tmp_path: Path) -> None:
    closed, elsewhere = tmp_path / "closed", tmp_path.parent / f"{tmp_path.name}-elsewhere"
    closed.mkdir(mode=0o700)
    elsewhere.mkdir()
    account = server_account()
    place = place_for(closed / "postgres", account, keep_in=elsewhere)
    # Only root needs another user, so only for root a folder can be out of reach.
    wanted = closed if account is None else shelter_path(closed, elsewhere)
    assert place == wanted / "postgres"
    assert place.stat().st_uid == (account.uid if account else os.geteuid())
    remove_place(closed / "postgres", keep_in=elsewhere)
    assert not place.exists()
    assert list(elsewhere.iterdir()) == []


def test_what_may_be_lost_lies_in_memory_and_is_found_there_to_be_removed(tmp_path: Path) -> None:
    folder, memory = tmp_path / "session" / "postgres", tmp_path / "memory"
    memory.mkdir()
    place = place_for(folder, server_account(), in_memory=True, memory=memory)
    assert place == shelter_path(folder.parent, memory) / "postgres"
    (place / "data").touch()
    remove_place(folder, memory=memory)
    assert list(memory.iterdir()) == []


def test_memory_that_is_not_there_has_no_room(tmp_path: Path) -> None:
    assert not memory_has_room(tmp_path / "nowhere")


def test_a_cache_entry_is_made_once_and_whole_also_by_two_at_a_time(tmp_path: Path) -> None:
    made: list[str] = []
    barrier = threading.Barrier(2)

    def make(folder: Path) -> None:
        made.append(folder.name)
        (folder / "content").touch()

    def want() -> None:
        barrier.wait()
        cached(tmp_path / "entry", make, what="something", tell=lambda _: None)

    threads = [threading.Thread(target=want) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert (tmp_path / "entry" / "content").exists()


def test_a_failed_download_leaves_no_entry_behind(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").touch()
        raise Problem("It broke.", do="Try again.")

    with pytest.raises(Problem):
        cached(tmp_path / "entry", fail, what="something", tell=lambda _: None)
    assert [path.name for path in tmp_path.iterdir()] == ["entry.lock"]


def test_packages_of_another_hash_than_the_pinned_one_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = find_project()
    pins = tmp_path / "deploy" / "local"
    pins.mkdir(parents=True)
    (pins / "jgo.txt").write_text("mdurl==0.1.2 --hash=sha256:" + "0" * 64)
    monkeypatch.setenv("LB_CACHE", str(tmp_path / "cache"))
    with pytest.raises(Problem, match="could not be had"):
        python_packages(replace(real, root=tmp_path), "jgo", what="Something", tell=lambda _: None)


def test_the_poms_name_what_jgo_has_to_fetch() -> None:
    deploy = find_project().deploy
    assert [(each.name, each.alone) for each in artifacts(deploy / "kafka" / "pom.xml")] == [
        ("kafka_2.13", False),
        ("slf4j-simple", False),
    ]
    assert [(each.name, each.classifier, each.alone) for each in artifacts(deploy / "zipkin" / "pom.xml")] == [
        ("zipkin-server", "exec", True)
    ]
