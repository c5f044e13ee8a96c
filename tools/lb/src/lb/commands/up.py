"""`lb up`: start one region on this machine, or several that exchange."""

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import typer

from lb.commands.options import DEFAULT_REGION, Docker, Regions, Run, deployment, exchanging
from lb.compose import IDENTITY, PAGES, compose_up, contained
from lb.deployment import Deployment
from lb.local.ports import HOST
from lb.problems import Problem
from lb.running import Runnable, bring_up
from lb.show import console, tell, watching
from lb.topology import FIRST_PORT, KAFKA_PORT, POSTGRES_PORT


def up(
    region: Regions = None,
    run: Run = None,
    first_port: Annotated[
        int | None,
        typer.Option(min=1024, max=65000, help="Ports are counted from here; 5500, then 5600, … 起始端口。"),
    ] = None,
    viewer: Annotated[bool, typer.Option(help="Also start the trace viewer. 是否启动链路查看器。")] = True,
    as_one: Annotated[
        bool, typer.Option("--as-one", help="Each service as one process, not two. 每个服务合为一个进程。")
    ] = False,
    docker: Docker = False,
    identity: Annotated[
        bool,
        typer.Option("--identity", help="With --docker: Keycloak, not lb token. 使用 Keycloak 认证（仅容器方式）。"),
    ] = False,
) -> None:
    """Start PostgreSQL, Kafka, the trace viewer and all services of a region, or of several with the exchange between
    them. 在本机启动一个或多个地区的全部服务。"""
    began = time.monotonic()
    regions = region or [DEFAULT_REGION]
    if docker and first_port:
        raise Problem("Containers have the ports of docker-compose.yml.", do="Leave --first-port out.")
    if identity and not docker:
        raise Problem("The identity provider runs in a container only.", do="Add --docker.")
    if len(regions) > 1:
        wanted = exchanging(regions, run, first_port=first_port, viewer=viewer)
    else:
        wanted = [deployment(regions[0], run, first_port=first_port, viewer=viewer)]
    if docker:
        return _contained([contained(each) for each in wanted], identity=identity)
    wanted = [replace(each, as_one=as_one) for each in wanted]
    with watching() as watch:
        fresh = bring_up(*with_exchange(wanted), tell=tell, watch=watch.update)
    took = f"Up in {time.monotonic() - began:.1f} s." if fresh else "Already running; nothing was changed."
    named = "".join(f" --region {each}" for each in region or ()) + ("" if run is None else f" --run {run}")
    tell(f"{took} Stop it with: lb down{named}")
    for each in wanted:
        show_addresses(each)


def _contained(wanted: Sequence[Deployment], *, identity: bool) -> None:
    compose_up(wanted, identity=identity)
    for each in wanted:
        show_addresses(each)
    for name, offset in (PAGES | (IDENTITY if identity else {})).items():
        console.print(f"{name:<18} http://{HOST}:{FIRST_PORT + offset}", soft_wrap=True)


def with_exchange(wanted: Sequence[Deployment]) -> list[Runnable]:
    """These, after the exchange that they need."""
    exchanges = {each.exchange.run: each.exchange for each in wanted if each.exchange}
    return [*exchanges.values(), *wanted]


def show_addresses(wanted: Deployment) -> None:
    for name, address in addresses(wanted).items():
        console.print(f"{name:<18} {address}", soft_wrap=True)


def addresses(wanted: Deployment) -> dict[str, str]:
    """Where a person looks: unit or page → address."""
    found = {
        f"{service.name}-{wanted.commands(service)[0]}": f"{wanted.url(service)}/docs" for service in wanted.services
    }
    if wanted.viewer:
        found["zipkin"] = f"{wanted.zipkin().url}/zipkin/"
    if any(service.bank for service in wanted.services):
        found["bank"] = str(wanted.bank)
    return found | {
        "postgres": f"127.0.0.1:{wanted.ports[POSTGRES_PORT]}",
        "kafka": f"127.0.0.1:{wanted.ports[KAFKA_PORT]}",
    }
