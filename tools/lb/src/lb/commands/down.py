"""`lb down`: stop what `lb up` started."""

from collections.abc import Iterable
from typing import Annotated

import typer

from lb.commands.options import Docker, Regions, Run, named
from lb.compose import compose_down
from lb.deployment import Deployment, find_deployment
from lb.exchange import Exchange
from lb.running import Runnable, bring_down, purge
from lb.show import tell
from lb.units import read_state


def down(
    region: Regions = None,
    run: Run = None,
    remove: Annotated[bool, typer.Option("--purge", help="Also remove all data and logs. 同时删除全部数据。")] = False,
    docker: Docker = False,
) -> None:
    """Stop everything of a region, or of all that exchange where none is named; the data stay for the next lb up.
    停止一个或全部地区的服务，数据保留。"""
    wanted = named(region, run)
    if docker:
        compose_down(wanted, everything=not region, purge=remove)
    else:
        everything: list[Runnable] = [*wanted, *_needed_no_more(wanted)]
        stopped = [bring_down(each, tell=tell) for each in everything]
        tell("Stopped." if any(stopped) else "Nothing was running.")
    if remove:
        _remove(wanted)


def _remove(wanted: Iterable[Deployment]) -> None:
    """Their data, and the exchange where the last of its provinces is gone."""
    exchanges = {each.exchange.run: each.exchange for each in wanted if each.exchange}
    for each in wanted:
        purge(each)
        tell(f"Removed {each.run}.")
    for exchange in exchanges.values():
        if exchange.exists() and not any((exchange.run.parent / region).exists() for region in exchange.provinces):
            purge(exchange)


def _needed_no_more(ending: Iterable[Deployment]) -> list[Exchange]:
    """The exchange, once none of its provinces runs."""
    ended = [each for each in ending if each.exchange]
    found = {each.exchange.run: each.exchange for each in ended if each.exchange}
    return [each for each in found.values() if not any(_runs(each, region, ended) for region in each.provinces)]


def _runs(exchange: Exchange, region: str, ended: Iterable[Deployment]) -> bool:
    if any(each.region == region for each in ended):
        return False
    state = read_state(find_deployment(exchange.project, region=region, run=exchange.run.parent / region).run)
    return bool(state and state.supervised)
