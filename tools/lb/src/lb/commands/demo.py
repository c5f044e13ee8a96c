"""`lb demo`: the main job, from nothing to a report that agrees."""

import asyncio
import shutil
import time
from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Any, Final

import typer
from rich.progress import Progress
from rich.table import Table

from lb.commands.options import DEFAULT_REGION, deployment
from lb.commands.sample import plan
from lb.commands.up import show_addresses
from lb.demo.rosters import Difference
from lb.demo.run import Told, demonstrate
from lb.deployment import Deployment
from lb.local.setup import set_up
from lb.paths import find_project
from lb.problems import Problem
from lb.running import bring_down, bring_up, purge
from lb.sample.planning import LEAST_WORKERS, Row, least_share
from lb.show import console, errors, tell, watching

FIRST_PORT: Final = 6500
BAD: Final = 0.03
"""Share of the workers whose rows are bad; more where that is too little for every kind of defect."""
SHOWN: Final = 40


def demo(
    workers: Annotated[
        int, typer.Option(min=LEAST_WORKERS, max=100_000, help="How many made-up workers. 虚构劳动者人数。")
    ] = 2000,
    seed: Annotated[int, typer.Option(help="The same seed makes the same people. 随机种子。")] = 7,
    viewer: Annotated[bool, typer.Option(help="Also start the trace viewer. 是否启动链路查看器。")] = True,
) -> None:
    """Import made-up rosters through REST and review them; every verdict has to be the planted one, and reporting has
    to agree. 演示：导入花名册、审核与统计核对。"""
    made = plan(DEFAULT_REGION, workers, seed, max(BAD, least_share(workers)))
    project = find_project()
    run = project.runs / "demo"
    wanted = deployment(DEFAULT_REGION, run, first_port=FIRST_PORT, viewer=viewer)
    downloading = set_up(project, viewer=viewer)
    began = time.monotonic()
    _empty(wanted)
    with watching() as watch:
        bring_up(wanted, tell=tell, watch=watch.update)
    up = time.monotonic() - began
    with Progress(console=errors, transient=True) as progress:
        rows = list(made.rows)
        surveys = sum(row.verdict in ("recorded", "again") for row in rows)
        bars = {"imported": progress.add_task("imported", total=len(rows))}
        bars["reviewed"] = progress.add_task("reviewed", total=surveys)
        told = asyncio.run(demonstrate(wanted, made, lambda step, done: progress.update(bars[step], advance=done)))
    console.print(_verdicts(rows))
    console.print(_funnel(told.funnel))
    _links(wanted, told)
    tell(
        f"Set-up and downloads {downloading:.1f} s; work {time.monotonic() - began:.1f} s, "
        f"of which {up:.1f} s until everything was up."
    )
    complain(told)
    tell(
        f"Each of the {len(rows)} rows in {len(made.rosters)} rosters got the verdict that was planted, and reporting "
        f"agrees with all {surveys} surveys. Stop it with: lb down --run {wanted.run}"
    )


def complain(told: Told) -> None:
    """Problem where something is not as it should be."""
    if told.verdicts:
        console.print(_wrong(told.verdicts))
        raise Problem(f"{len(told.verdicts)} rows did not get the verdict that was planted.", do="Report this.")
    if told.differences:
        raise Problem(
            "Reporting does not agree with what was sent:\n  " + "\n  ".join(told.differences[:20]), do="Report this."
        )


def _wrong(differences: Sequence[Difference]) -> Table:
    table = Table(title="行结论与预设不符 verdicts that differ", title_justify="left", box=None, pad_edge=False)
    for title in ("roster", "sheet", "line", "planted", "found"):
        table.add_column(title)
    for each in differences[:SHOWN]:
        table.add_row(each.file, each.sheet, str(each.line), each.planted or "no row", each.found or "no verdict")
    return table


def _verdicts(rows: Sequence[Row]) -> Table:
    """What was sent: how many rows of each verdict, and the refused ones by their code."""
    table = Table(title="花名册逐行结论 rows by verdict", title_justify="left", box=None, pad_edge=False)
    table.add_column("verdict / code")
    table.add_column("rows", justify="right")
    for word, count in Counter(row.verdict for row in rows).most_common():
        table.add_row(word, str(count), style="bold")
    for code, count in sorted(Counter(row.code for row in rows if row.code).items()):
        table.add_row(f"  {code}", str(count))
    return table


def _empty(wanted: Deployment) -> None:
    """A run folder of its own, emptied at the start."""
    if wanted.exists():
        bring_down(wanted, tell=tell)
        purge(wanted)
    elif wanted.run.exists():
        shutil.rmtree(wanted.run)


def _funnel(funnel: dict[str, Any]) -> Table:
    table = Table(title=f"摸查与审核 surveyed → approved, as of {funnel['as_of']}", title_justify="left")
    table.add_column("county / group")
    for title in ("surveyed", "approved", "rejected", "waiting"):
        table.add_column(title, justify="right")
    table.add_column("approved share")
    for name, row in _rows(funnel):
        if row["surveys"]:
            share = row["surveys_approved"] / row["surveys"]
            numbers = (row[f"surveys{part}"] for part in ("", "_approved", "_rejected", "_pending"))
            table.add_row(name, *map(str, numbers), f"{'█' * round(share * 20):<20} {share:.0%}")
    return table


def _rows(funnel: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    regions = [(f"{row['region']} {row['name']}", row) for row in funnel["regions"]]
    groups = [(f"{row['zh']} {row['en']}", row) for row in funnel["groups"]]
    return [(f"{funnel['region']} {funnel['name']}", funnel["total"]), *regions, *groups]


def _links(wanted: Deployment, told: Told) -> None:
    show_addresses(wanted)
    reporting = next(wanted.url(service) for service in wanted.services if service.name == "reporting")
    console.print(f"{'a journey':<18} {reporting}/v1/workers/{told.worker}/journey", soft_wrap=True)
    traces = [step["trace_id"] for step in told.journey["steps"] if step.get("trace_id")]
    if wanted.viewer and traces:
        console.print(f"{'its trace':<18} {wanted.zipkin().url}/zipkin/traces/{traces[-1]}", soft_wrap=True)
