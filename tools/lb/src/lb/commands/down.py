"""`lb down`: stop what `lb up` started."""

from typing import Annotated

import typer

from lb.commands.options import DEFAULT_REGION, Docker, Region, Run, deployment
from lb.compose import compose_down
from lb.running import bring_down, purge
from lb.show import tell


def down(
    region: Region = DEFAULT_REGION,
    run: Run = None,
    remove: Annotated[bool, typer.Option("--purge", help="Also remove all data and logs. 同时删除全部数据。")] = False,
    docker: Docker = False,
) -> None:
    """Stop everything of one region; the data stay for the next lb up. 停止一个地区的全部服务，数据保留。"""
    wanted = deployment(region, run)
    if docker:
        compose_down(wanted, purge=remove)
    else:
        tell("Stopped." if bring_down(wanted, tell=tell) else "Nothing was running.")
    if remove:
        purge(wanted)
        tell(f"Removed {wanted.run}.")
