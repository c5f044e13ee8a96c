"""Rows of the result, their goals, the JSON file and the table."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Literal

from rich.console import Console
from rich.table import Table

RESULTS: Final = Path(__file__).parent / "results" / "latest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """`now` is what this stage must reach, `full` what is aimed at: of the ratio, or of the project's own figure."""

    of: Literal["ratio", "project"]
    least: bool
    """A rate has to reach it, a time must not exceed it."""
    now: float
    full: float

    def __str__(self) -> str:
        return f"{self.of} {'>=' if self.least else '<='} {self.now:g} (full: {self.full:g})"

    def reached(self, row: "Row") -> tuple[bool, bool]:
        """Whether the row is where this stage must be, and where it shall be."""
        figure = row.ratio if self.of == "ratio" else row.project
        return (figure >= self.now, figure >= self.full) if self.least else (figure <= self.now, figure <= self.full)


def at_least(now: float, full: float) -> Goal:
    """A ratio of rates."""
    return Goal(of="ratio", least=True, now=now, full=full)


def rate(now: float, full: float) -> Goal:
    """The project's own rate."""
    return Goal(of="project", least=True, now=now, full=full)


def within(now: float, full: float, *, of: Literal["ratio", "project"] = "project") -> Goal:
    """A time, or a ratio of times."""
    return Goal(of=of, least=False, now=now, full=full)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the result; `project` and `reference` are medians in `unit`, `ratio` is project by reference."""

    name: str
    unit: str
    project: float
    reference: float
    reference_name: str
    goal: Goal | None = None
    note: str = ""
    """Beside the figures, e.g. who took how much of a processor."""

    @property
    def ratio(self) -> float:
        return self.project / self.reference if self.reference else float("inf")


def as_json(rows: Sequence[Row]) -> str:
    """The list that is written to `results/latest.json`."""
    return json.dumps([_plain(row) for row in rows], indent=2, ensure_ascii=False) + "\n"


def _plain(row: Row) -> dict[str, object]:
    plain = asdict(row)
    del plain["note"]
    rounded = {name: _rounded(plain[name]) for name in ("project", "reference")}
    goal = str(row.goal) if row.goal else None
    ordered = {name: plain[name] for name in ("name", "unit")} | rounded
    return ordered | {"reference_name": row.reference_name, "ratio": round(row.ratio, 3), "goal": goal}


def _rounded(figure: float) -> float:
    return round(figure) if figure >= 100 else round(figure, 2)


def show(console: Console, rows: Sequence[Row]) -> bool:
    """Prints the table, then which goals are met. True where every goal of this stage is."""
    table = Table(title="project against reference, medians")
    for heading in ("", "unit", "project", "reference", "", "ratio", "goal", "now", "full"):
        table.add_column(heading, justify="right" if heading in ("project", "reference", "ratio") else "left")
    for row in rows:
        now, full = row.goal.reached(row) if row.goal else (True, True)
        goal = str(row.goal) if row.goal else "-"
        table.add_row(
            row.name, row.unit, f"{_rounded(row.project):,}", f"{_rounded(row.reference):,}", row.reference_name,
            f"{row.ratio:.2f}", goal, *(_mark(each) if row.goal else "" for each in (now, full)),
        )  # fmt: skip
    console.print(table)
    for note in dict.fromkeys(f"{row.name}: {row.note}" for row in rows if row.note):
        console.print(note, style="dim", markup=False)
    return _verdict(console, rows)


def _verdict(console: Console, rows: Sequence[Row]) -> bool:
    with_goal = [(row, *row.goal.reached(row)) for row in rows if row.goal]
    missed = [row for row, now, _ in with_goal if not now]
    full = sum(1 for *_, reached in with_goal if reached)
    console.print(
        f"{len(with_goal) - len(missed)} of {len(with_goal)} goals of this stage are met, {full} of the full ones."
    )
    for row in missed:
        console.print(f"not met: {row.name}: {row.goal}, it is {_figure(row)}", markup=False)
    return not missed


def _figure(row: Row) -> str:
    return f"{row.ratio:.2f}" if row.goal and row.goal.of == "ratio" else f"{row.project:.1f} {row.unit}"


def _mark(reached: bool) -> str:
    return "[green]yes[/]" if reached else "[red]no[/]"
