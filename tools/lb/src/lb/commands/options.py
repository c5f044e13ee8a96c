"""Options that several commands share."""

import re
from pathlib import Path
from typing import Annotated

import typer

from lb.deployment import Deployment, find_deployment
from lb.paths import find_project
from lb.problems import Problem

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
    if not re.fullmatch(r"[0-9]{6}", region):
        raise Problem(f"{region!r} is no region code.", do="Give six digits, e.g. --region 520000.")
    return find_deployment(find_project(), region=region, run=run, first_port=first_port, viewer=viewer)
