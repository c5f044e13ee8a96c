"""What the supervisor runs and what became of it: the plan and the state of a run folder, as files."""

import enum
import os
from pathlib import Path

import msgspec

from lb.local.accounts import Account
from lb.local.processes import Identity, is_alive


class State(enum.StrEnum):
    """Where a unit is. `supervisor.NEXT` says which state follows which."""

    WAITING = "waiting"
    STARTING = "starting"
    READY = "ready"
    RESTING = "resting"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """A process to keep running, or, `once`, to run to its end."""

    name: str
    argv: tuple[str, ...]
    cwd: str
    log: str
    environment: dict[str, str] = {}
    needs: tuple[str, ...] = ()
    once: bool = False
    postgres: str | None = None
    """Ready when this server answers a query."""
    kafka: str | None = None
    """Ready when this broker answers an administrator."""
    certificates: str | None = None
    """The folder with an administrator's, where the broker speaks TLS."""
    http: str | None = None
    """Ready when this address answers with success."""
    alive: str | None = None
    """Ended and started again when this address answers with success no more."""
    data: str | None = None
    """PostgreSQL's data folder: traces of a killed server are cleared there before every start."""
    account: Account | None = None
    """Who runs it, where that is not us."""
    stop_signal: int = 15
    grace: float = 20.0
    ready_seconds: float = 60.0


class UnitState(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a unit; `since` in seconds since 1970."""

    state: State
    since: float
    process: Identity | None = None
    starts: int = 0
    trouble: str = ""


class RunState(msgspec.Struct, frozen=True, kw_only=True):
    """The supervisor and all units of a run folder."""

    supervisor: Identity
    units: dict[str, UnitState]

    @property
    def supervised(self) -> bool:
        return is_alive(self.supervisor)

    def alive(self) -> list[Identity]:
        """Processes of units that run, those that were started last first."""
        found = [unit.process for unit in self.units.values() if unit.process and is_alive(unit.process)]
        return found[::-1]

    def settled(self) -> bool:
        """All units are where they shall be."""
        return all(unit.state in (State.READY, State.DONE) for unit in self.units.values())

    def failed(self) -> dict[str, UnitState]:
        return {name: unit for name, unit in self.units.items() if unit.state is State.FAILED}


def write_plan(run: Path, units: list[Unit]) -> None:
    _write(run / "plan.json", msgspec.json.encode(units))


def read_plan(run: Path) -> list[Unit]:
    return msgspec.json.decode((run / "plan.json").read_bytes(), type=list[Unit])


def write_state(run: Path, state: RunState) -> None:
    _write(run / "state.json", msgspec.json.encode(state))


def read_state(run: Path) -> RunState | None:
    """None where nothing was ever started in this folder."""
    try:
        return msgspec.json.decode((run / "state.json").read_bytes(), type=RunState)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def _write(file: Path, content: bytes) -> None:
    fresh = file.with_name(f"{file.name}.new")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(content)
    fresh.replace(file)
