"""`lb import`: rosters of a county, through REST, with what became of their rows."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import httpx
import typer
from rich.progress import MofNCompleteColumn, Progress
from rich.table import Table

from lb.access import scopes_of
from lb.commands.options import DEFAULT_REGION, Region, Run, running
from lb.deployment import Deployment
from lb.importing import WORDS, Importer
from lb.problems import Problem
from lb.show import console, errors, tell
from lb.tokens import Bearer, sign_token

SHOWN: Final = 10
DEFAULTS: Final = ("surveyed_on", "channel", "capture_method")

Outcome = dict[str, Any]


def import_rosters(
    files: Annotated[
        list[Path], typer.Argument(exists=True, dir_okay=False, help="Rosters: XLSX, XLS or CSV. 名册文件。")
    ],
    region: Region = DEFAULT_REGION,
    office: Annotated[
        str | None,
        typer.Option(
            "--office", help="Region of the office that sends them; else the deployment's. 报送单位所在地区。"
        ),
    ] = None,
    default: Annotated[
        list[str] | None,
        typer.Option(help="For columns that are not there, e.g. channel=TOWNSHIP_GOVERNMENT. 缺省值。"),
    ] = None,
    verdicts: Annotated[
        bool, typer.Option("--verdicts", help="Save the rows with their reasons beside each file. 保存结果工作簿。")
    ] = False,
    run: Run = None,
) -> None:
    """Import rosters and say what became of their rows; exit code 1 where a row or a file was refused. 导入名册。"""
    wanted = running(region, run)
    given = _defaults(default or [])
    with Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=errors, transient=True) as progress:
        bars = {file: progress.add_task(file.name, total=None) for file in files}

        def advance(file: Path) -> Callable[[int, int], None]:
            return lambda done, rows: progress.update(bars[file], completed=done, total=rows or None)

        outcomes = asyncio.run(_all(wanted, office or region, files, given, advance, keep=verdicts))
    console.print(_table(files, outcomes))
    if any(_is_bad(outcome) for outcome in outcomes):
        for file, outcome in zip(files, outcomes, strict=True):
            _complain(file, outcome)
        raise typer.Exit(1)


def _defaults(words: Sequence[str]) -> dict[str, str]:
    given = dict(word.split("=", 1) for word in words if "=" in word)
    if len(given) != len(words) or not given.keys() <= {*DEFAULTS}:
        raise Problem(f"--default takes {', '.join(f'{name}=…' for name in DEFAULTS)}, each once.", do="Mend it.")
    return given


async def _all(
    wanted: Deployment,
    office: str,
    files: Sequence[Path],
    defaults: dict[str, str],
    advance: Callable[[Path], Callable[[int, int], None]],
    *,
    keep: bool,
) -> list[Outcome]:
    """One after another, so that a person in two files is told by the second."""
    async with httpx.AsyncClient() as client:
        importer = clerk(wanted, client, office)
        return [await _one(importer, file, defaults, advance(file), keep=keep) for file in files]


def clerk(wanted: Deployment, client: httpx.AsyncClient, office: str) -> Importer:
    """The office of a region that sends rosters, with a developer's token."""
    bearer = Bearer(
        office="clerk",
        region=office,
        scopes=tuple(scopes_of(wanted.project.root / "docs" / "access.csv", "clerk")),
        subject=f"clerk-{office}",
        client="lb",
        organisation=f"office-{office}",
    )
    registry = next(wanted.url(service) for service in wanted.services if service.name == "registry")
    return Importer(registry, client, {"Authorization": f"Bearer {sign_token(wanted, bearer)}"})


async def _one(
    importer: Importer, file: Path, defaults: dict[str, str], advance: Callable[[int, int], None], *, keep: bool
) -> Outcome:
    try:
        key = await importer.send(file, defaults)
        found = await importer.follow(key, advance)
    except Problem as problem:
        return {"state": "failed", "failure": problem.what}
    if found["state"] == "complete":
        found["reasons"] = [each async for each in importer.verdicts(key, "refused")]
        if keep:
            saved = file.with_name(f"{file.stem}.verdicts.xlsx")
            await asyncio.to_thread(saved.write_bytes, await importer.workbook(key))
            tell(f"saved {saved}")
    return found


def _table(files: Sequence[Path], outcomes: Sequence[Outcome]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("file 文件", overflow="fold")
    for title in ("rows 行", "recorded 已登记", "again 再次", "unchanged 未变", "refused 未登记"):
        table.add_column(title, justify="right")
    for file, outcome in zip(files, outcomes, strict=True):
        counts = outcome.get("verdicts", {})
        refused = sum(counts["refused"].values()) if counts else ""
        numbers = [outcome.get("judged", ""), *(counts.get(word, "") for word in WORDS[:-1]), refused]
        table.add_row(file.name, *map(str, numbers))
    return table


def _is_bad(outcome: Outcome) -> bool:
    return outcome["state"] != "complete" or bool(outcome["verdicts"]["refused"])


def _complain(file: Path, outcome: Outcome) -> None:
    if outcome["state"] != "complete":
        tell(f"{file.name}: {outcome.get('failure') or outcome['state']}")
        return
    for each in outcome["reasons"][:SHOWN]:
        place = f"{each['sheet']} " if each["sheet"] else ""
        tell(f"{file.name} {place}{each['line']}: {each['reason']} ({each['code']})")
    if (more := len(outcome["reasons"]) - SHOWN) > 0:
        tell(f"{file.name}: {more} more; --verdicts saves them all.")
