"""`lb up`: start one region on this machine."""

import time
from dataclasses import replace
from typing import Annotated

import typer

from lb.commands.options import DEFAULT_REGION, Docker, Region, Run, deployment
from lb.compose import compose_up
from lb.deployment import Deployment
from lb.running import bring_up
from lb.show import console, tell, watching
from lb.topology import KAFKA_PORT, POSTGRES_PORT


def up(
    region: Region = DEFAULT_REGION,
    run: Run = None,
    first_port: Annotated[
        int | None,
        typer.Option(min=1024, max=65000, help="Ports are counted from here; 5500, then 5600, … 起始端口。"),
    ] = None,
    viewer: Annotated[bool, typer.Option(help="Also start the trace viewer. 是否启动链路查看器。")] = True,
    docker: Docker = False,
) -> None:
    """Start PostgreSQL, Kafka, the trace viewer and all services of one region. 在本机启动一个地区的全部服务。"""
    began = time.monotonic()
    wanted = deployment(region, run, first_port=first_port, viewer=viewer)
    if docker:
        compose_up(wanted)
        return show_addresses(replace(wanted, viewer=False))
    with watching() as watch:
        fresh = bring_up(wanted, tell=tell, watch=watch.update)
    took = f"Up in {time.monotonic() - began:.1f} s." if fresh else "Already running; nothing was changed."
    options = ("" if region == DEFAULT_REGION else f" --region {region}") + ("" if run is None else f" --run {run}")
    tell(f"{took} Stop it with: lb down{options}")
    show_addresses(wanted)


def show_addresses(wanted: Deployment) -> None:
    for name, address in addresses(wanted).items():
        console.print(f"{name:<18} {address}", soft_wrap=True)


def addresses(wanted: Deployment) -> dict[str, str]:
    """Where a person looks: unit or page → address."""
    found = {f"{service.name}-api": f"{wanted.url(service)}/docs" for service in wanted.services}
    if wanted.viewer:
        found["zipkin"] = f"{wanted.zipkin().url}/zipkin/"
    if any(service.bank for service in wanted.services):
        found["bank"] = str(wanted.bank)
    return found | {
        "postgres": f"127.0.0.1:{wanted.ports[POSTGRES_PORT]}",
        "kafka": f"127.0.0.1:{wanted.ports[KAFKA_PORT]}",
    }
