"""`lb demo`: the main job, from nothing to a report that agrees."""

import asyncio
import shutil
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.progress import Progress

from lb.commands.options import DEFAULT_REGION, exchanging, named
from lb.commands.sample import plan
from lb.commands.up import show_addresses, with_exchange
from lb.demo.outcome import USUAL, too_few
from lb.demo.run import Told, demonstrate
from lb.demo.tables import shown, wrong
from lb.deployment import Deployment
from lb.exchange import noted_provinces
from lb.local.setup import set_up
from lb.paths import find_project
from lb.problems import Problem
from lb.running import bring_down, bring_up, purge
from lb.sample.planning import LEAST_WORKERS, Row, Sample, least_share
from lb.show import Watch, console, errors, tell, watching

FIRST_PORT: Final = 6500
HOST: Final = "440000"
"""Where the work is."""
BAD: Final = 0.03
"""Share of the workers whose rows are bad; more where that is too little for every kind of defect."""
SHOWN: Final = 40
STEPS: Final = ("designated", "classes held", "classes assessed", "claims decided", "payments ordered")
"""Of which nobody knows before how many there will be."""


def demo(
    workers: Annotated[
        int, typer.Option(min=LEAST_WORKERS, max=100_000, help="How many made-up workers. 虚构劳动者人数。")
    ] = 2000,
    seed: Annotated[int, typer.Option(help="The same seed makes the same people. 随机种子。")] = 7,
    viewer: Annotated[bool, typer.Option(help="Also start the trace viewer. 是否启动链路查看器。")] = True,
) -> None:
    """The whole way through REST: rosters, classes, certificates, claims, the bank, corrections; every difference
    between what was sent and what the services say is an error. 演示：从花名册到补贴支付、对账与更正。"""
    made = plan(DEFAULT_REGION, workers, seed, max(BAD, least_share(workers)))
    project = find_project()
    run = project.runs / "demo"
    downloading = set_up(project, viewer=viewer)
    began = time.monotonic()
    _empty(run)
    home, host = (
        replace(each, as_one=True)
        for each in exchanging((DEFAULT_REGION, HOST), run, first_port=FIRST_PORT, viewer=viewer)
    )
    with watching() as watch:
        bring_up(*with_exchange([home]), tell=tell, watch=watch.update)
    up = time.monotonic() - began
    rows = list(made.rows)
    told = _demonstrated(home, host, made, rows)
    if workers >= USUAL:
        told.differences += too_few(told.counted())
    for table in shown(told, rows):
        console.print(table)
    for each in (home, host):
        show_addresses(each)
    _links(home, told)
    tell(
        f"Set-up and downloads {downloading:.1f} s; work {time.monotonic() - began:.1f} s, "
        f"of which {up:.1f} s until home was up, "
        + ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in told.seconds.items())
        + "."
    )
    complain(told)
    tell(
        f"Each of the {len(rows)} rows got the verdict that was planted, reporting agrees with all surveys, and the "
        f"bank's own list with every order, to the fen; every transfer ended on both sides as planned. Stop it with: "
        f"lb down --run {run}"
    )


def _demonstrated(home: Deployment, host: Deployment, made: Sample, rows: Sequence[Row]) -> Told:
    with Progress(console=errors, transient=True) as progress:
        surveys = sum(row.verdict in ("recorded", "again") for row in rows)
        coming = partial(_joining, host)
        bars = {"imported": progress.add_task("imported", total=len(rows))}
        bars["reviewed"] = progress.add_task("reviewed", total=surveys)
        bars |= {step: progress.add_task(step, total=None) for step in STEPS}
        return asyncio.run(
            demonstrate(home, coming, made, lambda step, done: progress.update(bars[step], advance=done))
        )


def _joining(host: Deployment) -> Deployment:
    """Brings it up while home has begun, as a province that joins does."""
    bring_up(host, tell=tell, watch=Watch(None).update)
    return host


def complain(told: Told) -> None:
    """Problem where something is not as it should be."""
    if told.verdicts:
        console.print(wrong(told.verdicts))
        raise Problem(f"{len(told.verdicts)} rows did not get the verdict that was planted.", do="Report this.")
    if told.differences:
        raise Problem(
            "The services do not agree with what was sent:\n  " + "\n  ".join(told.differences[:20]), do="Report this."
        )


def _empty(run: Path) -> None:
    """Run folders of its own, emptied at the start."""
    for each in with_exchange(named(None, run)) if noted_provinces(run) else ():
        if each.exists():
            bring_down(each, tell=tell)
            purge(each)
    shutil.rmtree(run, ignore_errors=True)


def _links(wanted: Deployment, told: Told) -> None:
    reporting = next(wanted.url(service) for service in wanted.services if service.name == "reporting")
    console.print(f"{'a journey':<18} {reporting}/v1/workers/{told.worker}/journey", soft_wrap=True)
    traces = [step["trace_id"] for step in told.journey["steps"] if step.get("trace_id")]
    if wanted.viewer and traces:
        console.print(f"{'its trace':<18} {wanted.zipkin().url}/zipkin/traces/{traces[-1]}", soft_wrap=True)
