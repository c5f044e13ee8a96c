"""The supervisor's table of states, its restarts, and logs."""

import asyncio
import sys
import time
from pathlib import Path

import pytest
from lb import supervisor
from lb.local.ports import free_ports
from lb.rotation import rotate
from lb.supervisor import NEXT, Happened, Supervisor
from lb.units import RunState, State, Unit, read_plan, read_state, write_plan

GRACE = 1.0


def a_unit(folder: Path, name: str, code: str, **more: object) -> Unit:
    return Unit(
        name=name, argv=(sys.executable, "-c", code), cwd=str(folder), log=str(folder / f"{name}.log"), grace=GRACE,
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "FIRST_REST", 0.01)


async def supervise(folder: Path, units: list[Unit], *, until: str, state: State) -> RunState:
    """Run the units until one of them is in a state; what was written down then, and all are ended."""
    stop = asyncio.Event()
    running = asyncio.create_task(Supervisor(folder, units).run(stop))
    try:
        async with asyncio.timeout(20):
            while not (found := read_state(folder)) or found.units[until].state is not state:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        return found
    finally:
        stop.set()
        await running


def test_from_every_state_but_the_last_ones_a_unit_can_be_stopped() -> None:
    for state in State:
        assert ((state, Happened.TOLD_TO_STOP) in NEXT) == (state not in (State.DONE, State.FAILED))


@pytest.mark.processes
async def test_a_unit_waits_for_what_it_needs(tmp_path: Path) -> None:
    first = a_unit(tmp_path, "first", "import time; time.sleep(0.3); open('made', 'w')", once=True)
    second = a_unit(tmp_path, "second", "open('made'); import time; time.sleep(60)", needs=("first",))
    state = await supervise(tmp_path, [second, first], until="second", state=State.READY)
    assert state.units["first"].state is State.DONE
    assert state.units["second"].starts == 1


@pytest.mark.processes
async def test_what_fails_from_the_start_is_given_up_after_three_tries_and_says_why(tmp_path: Path) -> None:
    broken = a_unit(tmp_path, "broken", "raise SystemExit('no such table')", once=True)
    waiting = a_unit(tmp_path, "waiting", "pass", needs=("broken",))
    state = await supervise(tmp_path, [broken, waiting], until="broken", state=State.FAILED)
    assert (state.units["broken"].starts, state.units["waiting"].starts) == (3, 0)
    assert state.units["broken"].trouble == "ended with code 1: no such table"


@pytest.mark.processes
async def test_what_was_ready_once_is_started_again_and_again(tmp_path: Path) -> None:
    dying = a_unit(tmp_path, "dying", "import time; time.sleep(0.3)")
    sign = a_unit(
        tmp_path,
        "sign",
        "import json, time\nwhile json.load(open('state.json'))['units']['dying']['starts'] < 5: time.sleep(0.05)",
        once=True,
    )
    state = await supervise(tmp_path, [dying, sign], until="sign", state=State.DONE)
    assert state.units["dying"].starts >= 5
    assert state.units["dying"].state is not State.FAILED


@pytest.mark.processes
async def test_what_runs_and_does_not_say_that_it_is_alive_is_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "_ALIVE_SECONDS", 0.05)
    (port,) = free_ports(1)
    serving = (
        "import http.server, os\n"
        "class Alive(http.server.BaseHTTPRequestHandler):\n"
        "    def do_GET(self):\n"
        "        self.send_response(500 if os.path.exists('stuck') else 200); self.end_headers()\n"
        f"http.server.HTTPServer(('127.0.0.1', {port}), Alive).serve_forever()"
    )
    address = f"http://127.0.0.1:{port}/livez"
    sign = (
        "import json, os, time\n"
        "def starts(): return json.load(open('state.json'))['units']['stuck']['starts']\n"
        "open('stuck', 'w').close()\n"
        "while starts() < 2: time.sleep(0.02)\n"
        "os.remove('stuck')"
    )
    units = [
        a_unit(tmp_path, "stuck", serving, http=f"{address}?ready", alive=address),
        a_unit(tmp_path, "sign", sign, once=True, needs=("stuck",)),
    ]
    state = await supervise(tmp_path, units, until="sign", state=State.DONE)
    assert state.units["stuck"].starts >= 2


@pytest.mark.processes
async def test_those_that_need_others_are_ended_first_and_the_stubborn_are_forced(tmp_path: Path) -> None:
    noting = (
        "import signal, sys, time\n"
        "def end(*_): open('ended', 'a').write('{name} '); sys.exit()\n"
        "signal.signal(signal.SIGTERM, end)\n"
        "time.sleep(60)"
    )
    ignoring = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    units = [
        a_unit(tmp_path, "database", noting.replace("{name}", "database")),
        a_unit(tmp_path, "service", noting.replace("{name}", "service"), needs=("database",)),
        a_unit(tmp_path, "stubborn", ignoring, needs=("service",)),
        a_unit(tmp_path, "a-while", "import time; time.sleep(0.7)", once=True),
    ]
    began = time.monotonic()
    state = await supervise(tmp_path, units, until="a-while", state=State.DONE)
    assert time.monotonic() - began > GRACE
    assert (tmp_path / "ended").read_text() == "service database "
    assert state.alive() == []
    after = read_state(tmp_path)
    assert after
    assert [unit.state for unit in after.units.values()] == [State.STOPPED] * 3 + [State.DONE]


@pytest.mark.processes
async def test_a_unit_that_never_gets_ready_is_ended_and_says_so(tmp_path: Path) -> None:
    deaf = a_unit(tmp_path, "deaf", "import time; print('up', flush=True); time.sleep(60)",
                  http="http://127.0.0.1:1/", ready_seconds=0.3)  # fmt: skip
    state = await supervise(tmp_path, [deaf], until="deaf", state=State.FAILED)
    assert state.units["deaf"].trouble.startswith("was not ready after 0 s")
    assert state.alive() == []


def test_a_plan_is_read_as_it_was_written_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    units = [a_unit(tmp_path, "one", "pass", environment={"LB_ENV": "test"}, needs=("other",))]
    write_plan(tmp_path, units)
    assert read_plan(tmp_path) == units
    assert (tmp_path / "plan.json").stat().st_mode & 0o777 == 0o600


def test_a_long_log_is_cut_while_its_writer_keeps_it_open_and_five_old_ones_stay(tmp_path: Path) -> None:
    log = tmp_path / "service.log"
    with log.open("a") as writer:
        for number in range(8):
            writer.write(f"{number}" * 100)
            writer.flush()
            assert rotate(log, max_bytes=100)
            assert not rotate(log, max_bytes=100)
        writer.write("now")
    assert log.read_text() == "now"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "service.log",
        *(f"service.log.{n}" for n in range(1, 6)),
    ]
    assert (tmp_path / "service.log.1").read_text() == "7" * 100
    assert (tmp_path / "service.log.5").read_text() == "3" * 100
