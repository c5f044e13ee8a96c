"""`lb demo`: the main job, from nothing to a report that agrees."""

import asyncio
import shutil
import time
from typing import Annotated, Any

import typer
from rich.progress import Progress
from rich.table import Table

from lb.commands.options import DEFAULT_REGION, deployment
from lb.commands.up import show_addresses
from lb.demo.run import Told, demonstrate
from lb.deployment import Deployment
from lb.local.setup import set_up
from lb.paths import find_project
from lb.problems import Problem
from lb.running import bring_down, bring_up, purge
from lb.show import console, errors, tell, watching

FIRST_PORT = 6500


def demo(
    workers: Annotated[int, typer.Option(min=8, max=100_000, help="How many made-up workers. 虚构劳动者人数。")] = 2000,
    seed: Annotated[int, typer.Option(help="The same seed makes the same people. 随机种子。")] = 7,
    viewer: Annotated[bool, typer.Option(help="Also start the trace viewer. 是否启动链路查看器。")] = True,
) -> None:
    """Survey and review made-up workers through REST; reporting has to agree. 演示：摸查、审核与统计核对。"""
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
        bars = {step: progress.add_task(step, total=workers) for step in ("surveyed", "reviewed")}
        told = asyncio.run(
            demonstrate(wanted, workers, seed, lambda step, done: progress.update(bars[step], advance=done))
        )
    console.print(_funnel(told.funnel))
    _links(wanted, told)
    tell(
        f"Set-up and downloads {downloading:.1f} s; work {time.monotonic() - began:.1f} s, "
        f"of which {up:.1f} s until everything was up."
    )
    if told.differences:
        raise Problem(
            "Reporting does not agree with what was sent:\n  " + "\n  ".join(told.differences[:20]), do="Report this."
        )
    tell(f"Reporting agrees with all {workers} surveys that were sent. Stop it with: lb down --run {wanted.run}")


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
