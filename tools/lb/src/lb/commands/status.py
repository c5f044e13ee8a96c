"""`lb status`: what runs."""

from typing import Annotated

import msgspec
import typer

from lb.commands.options import DEFAULT_REGION, Region, Run, deployment
from lb.commands.up import addresses
from lb.show import console, tell, units_table
from lb.units import read_state


def status(
    region: Region = DEFAULT_REGION,
    run: Run = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs. 以 JSON 输出。")] = False,
) -> None:
    """Show every process, its state and address; exit code 1 unless all are ready. 显示各进程的状态。"""
    wanted = deployment(region, run)
    state = read_state(wanted.run)
    if state is None:
        tell("Nothing was started here. Start it with: lb up")
        raise typer.Exit(1)
    if as_json:
        typer.echo(msgspec.json.encode(state))
    else:
        console.print(units_table(state, addresses(wanted)))
    if not state.supervised:
        left = len(state.alive())
        tell(f"lb was killed and left {left} processes; lb up or lb down ends them." if left else "Stopped.")
    if not (state.supervised and state.settled()):
        raise typer.Exit(1)
