"""`lb demo`: the main job, from nothing to a report that agrees."""

import asyncio
import shutil
import time
from collections.abc import Sequence
from typing import Annotated, Final

import typer
from rich.progress import Progress

from lb.commands.options import DEFAULT_REGION, deployment
from lb.commands.sample import plan
from lb.commands.up import show_addresses
from lb.demo.run import Told, demonstrate
from lb.demo.tables import shown, wrong
from lb.deployment import Deployment
from lb.local.setup import set_up
from lb.paths import find_project
from lb.problems import Problem
from lb.running import bring_down, bring_up, purge
from lb.sample.planning import LEAST_WORKERS, Row, Sample, least_share
from lb.show import console, errors, tell, watching

FIRST_PORT: Final = 6500
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
    wanted = deployment(DEFAULT_REGION, run, first_port=FIRST_PORT, viewer=viewer)
    downloading = set_up(project, viewer=viewer)
    began = time.monotonic()
    _empty(wanted)
    with watching() as watch:
        bring_up(wanted, tell=tell, watch=watch.update)
    up = time.monotonic() - began
    rows = list(made.rows)
    told = _demonstrated(wanted, made, rows)
    for table in shown(told, rows):
        console.print(table)
    _links(wanted, told)
    tell(
        f"Set-up and downloads {downloading:.1f} s; work {time.monotonic() - began:.1f} s, "
        f"of which {up:.1f} s until everything was up."
    )
    complain(told)
    tell(
        f"Each of the {len(rows)} rows got the verdict that was planted, reporting agrees with all surveys, and the "
        f"bank's own list with every order, to the fen. Stop it with: lb down --run {wanted.run}"
    )


def _demonstrated(wanted: Deployment, made: Sample, rows: Sequence[Row]) -> Told:
    with Progress(console=errors, transient=True) as progress:
        surveys = sum(row.verdict in ("recorded", "again") for row in rows)
        bars = {"imported": progress.add_task("imported", total=len(rows))}
        bars["reviewed"] = progress.add_task("reviewed", total=surveys)
        bars |= {step: progress.add_task(step, total=None) for step in STEPS}
        return asyncio.run(demonstrate(wanted, made, lambda step, done: progress.update(bars[step], advance=done)))


def complain(told: Told) -> None:
    """Problem where something is not as it should be."""
    if told.verdicts:
        console.print(wrong(told.verdicts))
        raise Problem(f"{len(told.verdicts)} rows did not get the verdict that was planted.", do="Report this.")
    if told.differences:
        raise Problem(
            "The services do not agree with what was sent:\n  " + "\n  ".join(told.differences[:20]), do="Report this."
        )


def _empty(wanted: Deployment) -> None:
    """A run folder of its own, emptied at the start."""
    if wanted.exists():
        bring_down(wanted, tell=tell)
        purge(wanted)
    elif wanted.run.exists():
        shutil.rmtree(wanted.run)


def _links(wanted: Deployment, told: Told) -> None:
    show_addresses(wanted)
    reporting = next(wanted.url(service) for service in wanted.services if service.name == "reporting")
    console.print(f"{'a journey':<18} {reporting}/v1/workers/{told.worker}/journey", soft_wrap=True)
    traces = [step["trace_id"] for step in told.journey["steps"] if step.get("trace_id")]
    if wanted.viewer and traces:
        console.print(f"{'its trace':<18} {wanted.zipkin().url}/zipkin/traces/{traces[-1]}", soft_wrap=True)
