"""`lb exchange`: how a province stands with the others, and its keys."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer
from rich.table import Table

from lb.access import scopes_of
from lb.commands.options import DEFAULT_REGION, Region, Run, deployment
from lb.deployment import Deployment
from lb.local import exchange_keys
from lb.problems import Problem
from lb.show import console, duration
from lb.tokens import Bearer, sign_token

exchange = typer.Typer(help="How a province stands with the others, and its keys. 省际交换状态与密钥。")


@exchange.callback(invoke_without_command=True)
def pairs(context: typer.Context, region: Region = DEFAULT_REGION, run: Run = None) -> None:
    """Show every pair of a service and another province: numbers, receipts, what waits. 显示各服务与外省的收发状态。"""
    if context.invoked_subcommand:
        return
    wanted = deployment(region, run)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("service", "with", "out", "receipted", "waiting", "in", "of", "agrees"):
        table.add_column(title, no_wrap=True)
    table.add_column("trouble", overflow="fold")
    _directory(wanted)
    rows = [(service.name, pair) for service in wanted.services for pair in _pairs(wanted, service.name)]
    for service, pair in rows:
        table.add_row(service, *_row(pair))
    console.print(table)
    if any(_trouble(pair) for _, pair in rows):
        raise typer.Exit(1)


@exchange.command()
def keys(region: Region = DEFAULT_REGION, run: Run = None) -> None:
    """List the keys of all provinces in the directory. 列出各省公钥。"""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("province", "kind", "key", "from", "until", "revoked"):
        table.add_column(title, no_wrap=True)
    for each in exchange_keys.listed(_directory(deployment(region, run))):
        key = each.key
        table.add_row(each.region, each.kind, key.id, _day(key.valid_from), _day(key.valid_until), _day(key.revoked_at))
    console.print(table)


@exchange.command()
def rotate(region: Region = DEFAULT_REGION, run: Run = None) -> None:
    """Give a province new keys; old signatures stay valid. 轮换密钥（旧签名仍有效）。"""
    wanted = deployment(region, run)
    exchange_keys.rotate(_directory(wanted), region, _secrets(wanted))
    console.print(f"{region} signs with a new key; the old one ends in a day.")


@exchange.command()
def revoke(
    key: Annotated[str, typer.Argument(help="Its id, as lb exchange keys shows it. 密钥标识。")],
    region: Region = DEFAULT_REGION,
    run: Run = None,
) -> None:
    """Trust a key of a province no more, and give it another. 吊销密钥并换发新密钥。"""
    wanted = deployment(region, run)
    exchange_keys.revoke(_directory(wanted), region, key)
    exchange_keys.rotate(_directory(wanted), region, _secrets(wanted))
    console.print(f"{key} is revoked. What had no receipt is signed anew, in a new series.")


def _directory(wanted: Deployment) -> Path:
    if wanted.exchange is None:
        raise Problem(f"{wanted.region} exchanges with nobody.", do="Start two provinces: lb up --help says how.")
    return wanted.exchange.directory


def _secrets(wanted: Deployment) -> list[Path]:
    return [wanted.secrets(service) for service in wanted.services]


def _pairs(wanted: Deployment, service: str) -> list[dict[str, Any]]:
    scopes = tuple(scopes_of(wanted.access_table, "operator"))
    bearer = Bearer(
        office="operator", region=wanted.region, scopes=scopes, subject="lb", client="lb", organisation="lb"
    )
    token = sign_token(wanted, bearer, seconds=60)
    try:
        answer = httpx.get(
            f"{wanted.address(service)}/v1/operations", headers={"Authorization": f"Bearer {token}"}, timeout=10
        )
        answer.raise_for_status()
    except httpx.HTTPError as error:
        raise Problem(f"{service} does not answer: {type(error).__name__}.", do="Look at lb status.") from error
    found: list[dict[str, Any]] = answer.json()["pairs"]
    return found


def _row(pair: dict[str, Any]) -> tuple[str, ...]:
    out, into = pair["out"], pair["in"]
    receipted = out["receipted"] if out["receipted_series"] == out["series"] else 0
    return (
        pair["region"],
        f"{out['series']}/{out['number']}",
        str(receipted),
        duration(out["waiting_seconds"]) if receipted < out["number"] else "",
        f"{into['series']}/{into['number']}",
        str(max(into["of"], into["number"])) if into["of_series"] == into["series"] else "",
        "yes" if pair["agrees"] else "no",
        _trouble(pair),
    )


def _trouble(pair: dict[str, Any]) -> str:
    found = {
        "frozen": pair["in"]["frozen"],
        "waits": pair["in"]["waits"],
        "receipt disputed": pair["out"]["disputed"],
    }
    return "; ".join(f"{name}: {reason}" for name, reason in found.items() if reason)


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""
