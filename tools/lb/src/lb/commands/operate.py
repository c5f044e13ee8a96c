"""`lb replay`, `rebuild`, `parked`, `verify`: an operator's commands, each carried out by the services themselves."""

import os
from typing import Annotated

import typer

from lb.commands.options import DEFAULT_REGION, Region, Run, running
from lb.deployment import Deployment
from lb.local.programs import ran
from lb.problems import Problem
from lb.topology import Service

Only = Annotated[
    str | None, typer.Option("--service", "-s", help="One service; all where none is named. 仅指定的服务。")
]


def replay(region: Region = DEFAULT_REGION, run: Run = None, service: Only = None) -> None:
    """Publish everything again from the beginning of the log; consumers know what they have. 重新发布全部事件。"""
    _each(region, run, service, "replay")


def rebuild(
    view: Annotated[str, typer.Argument(help="The view, with or without its fingerprint, e.g. funnel. 读模型名。")],
    service: Annotated[str, typer.Option("--service", "-s", help="The service that has it. 所属服务。")],
    region: Region = DEFAULT_REGION,
    run: Run = None,
) -> None:
    """Build a view anew from the log while the old one serves, and swap. 重建读模型（不中断服务）。"""
    _each(region, run, service, "rebuild", view)


def parked(
    region: Region = DEFAULT_REGION,
    run: Run = None,
    service: Only = None,
    retry: Annotated[str | None, typer.Option(help="Try this stream again, or 'all'. 重试指定的流，或 all。")] = None,
) -> None:
    """List the streams that wait for somebody, with the reason; or try them again. 列出或重试被搁置的流。"""
    _each(region, run, service, "parked", *(("--retry", retry) if retry else ()))


def verify(region: Region = DEFAULT_REGION, run: Run = None, service: Only = None) -> None:
    """Check hash chains, guards, postings and timers against the log. 校验哈希链、守卫、记账与定时器。"""
    _each(region, run, service, "verify")


def _each(region: str, run: Run, only: str | None, *words: str) -> None:
    wanted = running(region, run)
    services = [service for service in wanted.services if only in (None, service.name)]
    if not services:
        known = ", ".join(service.name for service in wanted.services)
        raise Problem(f"There is no service {only}.", do=f"Take one of: {known}.")
    failed = [service.name for service in services if _run(wanted, service, words)]
    if failed:
        raise typer.Exit(1)


def _run(wanted: Deployment, service: Service, words: tuple[str, ...]) -> int:
    kind = "rebuild" if words[0] == "rebuild" else "worker"
    environment = {**os.environ, **wanted.environment(service, kind), "LB_OTLP_ENDPOINT": ""}
    command = [*wanted.command(service, words[0]), *words[1:]]
    return ran(command, env=environment, shown=True).returncode
