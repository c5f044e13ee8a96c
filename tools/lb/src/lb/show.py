"""What a person sees: lines that are replaced in a terminal, plain lines everywhere else."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console, RenderableType
from rich.live import Live
from rich.table import Table

from lb.units import RunState, State

_PLAIN_WIDTH = 160
"""Where there is no terminal, nothing says how wide a table may be."""


def _console(*, stderr: bool = False) -> Console:
    console = Console(stderr=stderr, highlight=False)
    return console if console.is_terminal else Console(stderr=stderr, highlight=False, width=_PLAIN_WIDTH)


console = _console()
errors = _console(stderr=True)

_COLOURS = {
    State.WAITING: "dim",
    State.STARTING: "yellow",
    State.READY: "green",
    State.RESTING: "yellow",
    State.DONE: "green",
    State.FAILED: "red",
    State.STOPPED: "dim",
}


def tell(line: str) -> None:
    """One line for a person; on standard error, so that output can be piped."""
    errors.print(line, markup=False, soft_wrap=True)


def units_table(state: RunState, addresses: dict[str, str]) -> RenderableType:
    """Every unit, its state and for how long, its process and address."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("unit", "state", "for", "starts", "pid", "address"):
        table.add_column(title, no_wrap=True)
    table.add_column("trouble", overflow="fold")
    for name, unit in state.units.items():
        pid = str(unit.process.pid) if unit.process else ""
        table.add_row(
            name, f"[{_COLOURS[unit.state]}]{unit.state}[/]", duration(time.time() - unit.since), str(unit.starts), pid,
            addresses.get(name, ""), unit.trouble,
        )  # fmt: skip
    return table


class Watch:
    """Shows a changing `RunState`: a live table in a terminal, else one line for every change."""

    def __init__(self, live: Live | None) -> None:
        self._live = live
        self._told: dict[tuple[int, str], State] = {}

    def update(self, state: RunState) -> None:
        if self._live:
            self._live.update(units_table(state, {}))
            return
        for name, unit in state.units.items():
            place = state.supervisor.pid, name
            if self._told.get(place) != unit.state and unit.state not in (State.WAITING, State.STARTING):
                tell(f"{name}: {unit.state}" + (f" ({unit.trouble})" if unit.trouble else ""))
            self._told[place] = unit.state


@contextmanager
def watching() -> Iterator[Watch]:
    if not errors.is_terminal:
        yield Watch(None)
        return
    with Live(console=errors, refresh_per_second=8, transient=True) as live:
        yield Watch(live)


def duration(seconds: float) -> str:
    """Short: 12 s, 3 min, 5 h, 2 d."""
    for size, name in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{int(seconds // size)} {name}"
    return f"{int(max(0, seconds))} s"
