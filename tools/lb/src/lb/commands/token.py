"""`lb token`: a developer's token."""

from typing import Annotated

import typer

from lb.access import scopes_of
from lb.commands.options import DEFAULT_REGION, Run, deployment
from lb.tokens import Bearer, sign_token


def token(
    office: Annotated[str, typer.Option(help="Office of the access table, e.g. surveyor. 岗位。")],
    region: Annotated[str, typer.Option(help="Region that the office is responsible for. 岗位所辖地区。")],
    deployment_region: Annotated[
        str, typer.Option("--deployment", help="Region of the deployment that shall take it. 部署所在地区。")
    ] = DEFAULT_REGION,
    scope: Annotated[
        list[str] | None,
        typer.Option(help="Scope, may be repeated; all of the office where none is given. 权限范围。"),
    ] = None,
    subject: Annotated[str, typer.Option(help="Who acts. 操作人。")] = "dev-person",
    client: Annotated[str, typer.Option(help="Which system calls. 调用系统。")] = "lb",
    organisation: Annotated[str, typer.Option(help="Organisation the person belongs to. 所属机构。")] = "dev-office",
    minutes: Annotated[int, typer.Option(min=1, max=1440, help="How long it holds. 有效分钟数。")] = 60,
    run: Run = None,
) -> None:
    """Print a token for trying out the services; refused under LB_ENV=prod. 生成试用令牌（生产环境禁用）。"""
    wanted = deployment(deployment_region, run)
    scopes = tuple(scope or scopes_of(wanted.access_table, office))
    bearer = Bearer(
        office=office, region=region, scopes=scopes, subject=subject, client=client, organisation=organisation
    )
    typer.echo(sign_token(wanted, bearer, seconds=minutes * 60))
