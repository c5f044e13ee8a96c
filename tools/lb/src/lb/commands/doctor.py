"""`lb doctor`: what this machine has, and what would stop `lb up`."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import typer
from rich.table import Table

from lb.commands.options import DEFAULT_REGION, Region, Run, deployment
from lb.deployment import Deployment
from lb.local.accounts import server_account
from lb.local.containers import engine_answers
from lb.local.downloads import hides_system
from lb.local.jars import find_maven
from lb.local.java import system_java
from lb.local.pgbinaries import system_binaries
from lb.local.ports import holder, is_free
from lb.problems import Problem
from lb.running import check_disk
from lb.show import console
from lb.units import read_state


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at; `good` is None for what is only said."""

    what: str
    said: str
    good: bool | None = None


def doctor(region: Region = DEFAULT_REGION, run: Run = None) -> None:
    """Look at what this machine has and what would stop lb up; exit code 1 where something would. 检查本机环境。"""
    findings = list(_findings(deployment(region, run)))
    table = Table(box=None, pad_edge=False, show_header=False)
    for each in findings:
        sign = {True: "[green]✓[/]", False: "[red]✗[/]", None: "·"}[each.good]
        table.add_row(sign, each.what, each.said)
    console.print(table)
    if any(each.good is False for each in findings):
        raise typer.Exit(1)


def _findings(wanted: Deployment) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding(what="Python", said=version, good=sys.version_info >= (3, 11))
    found = system_binaries()
    yield Finding(what="PostgreSQL", said=f"{found[-1].major} in {found[-1].folder}" if found else "18 from its wheel")
    java = system_java()
    yield Finding(what="Java", said=f"{java.program}, {java.version}" if java else "from its wheel")
    yield Finding(what="Maven", said=find_maven() or "none: archives come by jgo")
    engine = not hides_system() and engine_answers()
    yield Finding(what="container engine", said="answers: tests use it" if engine else "none: tests use processes")
    yield _try("user of PostgreSQL", lambda: account.name if (account := server_account()) else "you")
    yield _try("disk", lambda: _room(wanted))
    yield from _running(wanted)


def _room(wanted: Deployment) -> str:
    folder = next(place for place in (wanted.run, *wanted.run.parents) if place.exists())
    check_disk(folder)
    return f"{shutil.disk_usage(folder).free // 1024**3} GB free at {folder}"


def _running(wanted: Deployment) -> Iterator[Finding]:
    state = read_state(wanted.run)
    if state and state.supervised:
        yield Finding(what="region", said=f"{wanted.region} is running", good=True)
        return
    orphans = len(state.alive()) if state else 0
    if orphans:
        yield Finding(what="region", said=f"a killed lb left {orphans} processes: lb down ends them", good=False)
        return
    for name, port in wanted.ports.named().items():
        if not is_free(port):
            yield Finding(what=f"port {port}", said=f"for {name}, is used by {holder(port) or 'somebody'}", good=False)
    yield Finding(what="ports", said=f"{wanted.ports.first + 20} to {wanted.ports.first + 41} are looked at")


def _try(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what=what, said=look(), good=True)
    except Problem as problem:
        return Finding(what=what, said=str(problem), good=False)
