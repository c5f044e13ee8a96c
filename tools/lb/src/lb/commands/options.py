"""Options that several commands share."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from lb.deployment import Deployment, claim, find_deployment, find_exchange
from lb.exchange import noted_provinces
from lb.local.ports import HOST
from lb.paths import find_project
from lb.problems import Problem
from lb.topology import OTLP_PORT, PORTS_A_REGION
from lb.units import read_state

Regions = Annotated[
    list[str] | None,
    typer.Option(
        "--region", "-r", help="Six digits, GB/T 2260; several times for provinces that exchange. 地区代码，可重复。"
    ),
]
Region = Annotated[str, typer.Option("--region", "-r", help="Six digits of the region, GB/T 2260. 地区代码（六位）。")]
Run = Annotated[
    Path | None,
    typer.Option("--run", help="Folder for data and logs; .run/<region> where it is not given. 数据与日志目录。"),
]
Docker = Annotated[
    bool, typer.Option("--docker", help="In containers, by docker compose, not as processes. 以容器方式运行。")
]

DEFAULT_REGION = "520000"


def deployment(region: str, run: Path | None, *, first_port: int | None = None, viewer: bool = True) -> Deployment:
    """The deployment that the options name."""
    _check(region)
    return find_deployment(find_project(), region=region, run=run, first_port=first_port, viewer=viewer)


def running(region: str, run: Path | None) -> Deployment:
    """The deployment that the options name. Problem where nothing keeps it running: never started, or stopped."""
    wanted = deployment(region, run)
    state = read_state(wanted.run)
    if state is None or not state.supervised:
        raise Problem(f"Nothing runs in {wanted.run}.", do=f"Run lb up{_words(region, run)} first.")
    return wanted


def _words(region: str, run: Path | None) -> str:
    """How the same deployment is named again."""
    named_region = "" if region == DEFAULT_REGION else f" --region {region}"
    return named_region + ("" if run is None else f" --run {run}")


def exchanging(
    regions: Sequence[str], runs: Path | None, *, first_port: int | None = None, viewer: bool = True
) -> list[Deployment]:
    """Provinces that exchange, each in a folder of its own below `runs`; from now on they find each other. The first
    has the trace viewer for all."""
    project = find_project()
    folder = (runs or project.runs).absolute()
    exchange = find_exchange(project, folder, tuple(regions), first_port=first_port)
    claim(exchange)
    exchange.note()
    found = []
    for n, region in enumerate(regions, 1):
        _check(region)
        port = first_port and first_port + n * PORTS_A_REGION
        found.append(find_deployment(project, region=region, run=folder / region, first_port=port, viewer=viewer))
        claim(found[-1])
    first, *others = found
    spans = f"http://{HOST}:{first.ports[OTLP_PORT]}" if viewer else ""
    return [first, *(replace(each, viewer=False, otlp_endpoint=spans) for each in others)]


def named(regions: Sequence[str] | None, run: Path | None) -> list[Deployment]:
    """The deployments that the options name: those of an exchange where there is one and no region is named."""
    runs = (run or find_project().runs).absolute()
    there = noted_provinces(runs)
    if there and (not regions or len(regions) > 1):
        return [deployment(region, runs / region) for region in regions or there]
    return [deployment(region, run) for region in regions or [DEFAULT_REGION]]


def _check(region: str) -> None:
    if not re.fullmatch(r"[0-9]{6}", region):
        raise Problem(f"{region!r} is no region code.", do="Give six digits, e.g. --region 520000.")
