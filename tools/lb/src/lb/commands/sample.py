"""`lb sample`: made-up rosters with their right verdicts."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.progress import Progress
from rich.table import Table

from lb.commands.options import DEFAULT_REGION
from lb.problems import Problem
from lb.sample import planning, tables, writing
from lb.show import console, errors, tell

_OURS: Final = re.compile(r"[0-9]{2,}-[0-9]{6}-[a-z0-9-]+\.(xlsx|xls|csv)")
_WORDS: Final = ("recorded", "again", "unchanged", "refused")


def sample(
    workers: Annotated[int, typer.Option(min=1, max=200_000, help="How many made-up workers. 虚构劳动者人数。")] = 2000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed makes the same rosters. 随机种子。")] = 7,
    region: Annotated[
        str, typer.Option("--region", "-r", help="Province whose counties send, six digits. 省级地区代码。")
    ] = DEFAULT_REGION,
    out: Annotated[Path, typer.Option(help="Folder to write into; made where it is not there. 输出目录。")] = Path(
        "rosters"
    ),
    bad: Annotated[
        float, typer.Option(min=0, max=0.3, help="Share of the workers whose rows are bad. 问题行占比。")
    ] = 0.03,
    force: Annotated[bool, typer.Option("--force", help="Replace the sample that lies there. 覆盖已有样例。")] = False,
) -> None:
    """Write made-up rosters as counties send them, and the right verdict of every row. 生成虚构花名册及应有结论。

    XLSX, XLS and text in four encodings, one file a county and format; verdicts.csv says what an import has to answer,
    uploads.csv in which order and how to send them, people.csv who is meant.
    """
    made = plan(region, workers, seed, bad)
    _ready(out, force)
    written: list[writing.Roster] = []
    with Progress(console=errors, transient=True) as progress:
        bar = progress.add_task("rosters", total=len(made.rosters))
        for roster in writing.write(made, out):
            written.append(roster)
            progress.advance(bar)
    console.print(_files(written))
    console.print(_defects(written))
    tell(f"{len(written)} rosters and {writing.VERDICTS}, {writing.UPLOADS}, {writing.PEOPLE} in {out}")


def plan(region: str, workers: int, seed: int, bad: float) -> planning.Sample:
    """The sample of a province. Problem where it has no counties here, or too few bad rows."""
    if not tables.counties(region) or region[2:] != "0000":
        raise Problem(f"There are no counties of {region!r} to make rosters of.", do=f"Take one of: {_provinces()}.")
    try:
        return planning.sample(region, workers, seed, bad)
    except planning.TooFew as few:
        raise Problem(
            f"{bad:.0%} of {workers} workers are {few.bad} bad rows, and every kind of defect "
            f"{planning.LEAST} times takes {planning.LEAST_BAD}.",
            do=_enough(few),
        ) from None


def _enough(few: planning.TooFew) -> str:
    ways = [f"--workers {few.workers}"] if few.workers else []
    ways += [f"--bad {few.share}"] if few.share <= planning.MOST_BAD else []
    return f"Take {' or '.join(ways) or f'--workers {planning.LEAST_WORKERS} --bad {planning.MOST_BAD}'} at least."


def _provinces() -> str:
    return ", ".join(tables.provinces())


def _ready(out: Path, force: bool) -> None:
    if out.exists() and not out.is_dir():
        raise Problem(f"{out} is a file.", do="Name a folder with --out.")
    if out.exists() and any(out.iterdir()) and not force:
        raise Problem(f"{out} is not empty.", do="Name another folder with --out, or replace the sample with --force.")
    out.mkdir(parents=True, exist_ok=True)
    for path in out.iterdir():
        if _OURS.fullmatch(path.name):
            path.unlink()


def _files(written: Sequence[writing.Roster]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("roster", no_wrap=True)
    table.add_column("county")
    for word in ("rows", *_WORDS):
        table.add_column(word, justify="right")
    for roster in written:
        counts = Counter(placed.row.verdict for placed in roster.rows)
        numbers = (len(roster.rows), *(counts[word] for word in _WORDS))
        table.add_row(roster.file.name, roster.file.county.name, *map(str, numbers))
    total = Counter(placed.row.verdict for roster in written for placed in roster.rows)
    table.add_row("all", "", str(total.total()), *(str(total[word]) for word in _WORDS), style="bold")
    return table


def _defects(written: Sequence[writing.Roster]) -> Table:
    codes = Counter(placed.row.code for roster in written for placed in roster.rows if placed.row.code)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("refused because of", no_wrap=True)
    table.add_column("rows", justify="right")
    for code, count in sorted(codes.items()):
        table.add_row(code, str(count))
    return table
