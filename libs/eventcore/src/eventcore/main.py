"""`python -m <service> …`: one command line for every service, wired from its `Program`."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from eventcore import logs, migrations, tracing
from eventcore.broker.messages import BrokerLost
from eventcore.database import GONE, Pool, connect
from eventcore.exchange.outbound import OUTBOUND
from eventcore.readers.checkpoints import ask_retry, parked_streams
from eventcore.readers.relay import rewind
from eventcore.rebuild import NotCaughtUp, Poisoned, rebuild
from eventcore.schema import renew
from eventcore.server import PortTaken
from eventcore.server import run as run_server
from eventcore.service import Service
from eventcore.serving import Program, serve_all, serve_api, serve_worker
from eventcore.settings import Refused, Settings
from eventcore.verify import verify
from eventcore.worker import make_topics


def run(program: Program[Any], arguments: Sequence[str] | None = None) -> None:
    """Parses the command line and does it. Exit 1 with one sentence where it cannot."""
    chosen = _parser(program.service.name).parse_args(arguments)
    settings = program.settings.load()
    name = program.service.name
    logs.setup(name, settings.region)
    tracing.setup(name, settings.region, settings.otlp_endpoint or None)
    try:
        sys.exit(_do(program, settings, chosen))
    except (Poisoned, NotCaughtUp) as error:
        sys.exit(f"{name}: the view was not rebuilt, the live one stays: {error}")
    except (PortTaken, Refused, FileNotFoundError) as error:
        sys.exit(f"{name} does not start: {error}")
    except (*GONE, BrokerLost) as error:
        sys.exit(f"{name} cannot reach its database or Kafka: {type(error).__name__}")
    except KeyboardInterrupt:
        sys.exit(130)


def _parser(name: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m {name}", description=f"The {name} service.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("api", help="serve the REST API")
    commands.add_parser("worker", help="run relay, inbox, views, policies and timers")
    both = commands.add_parser("all", help="both in one process")
    both.add_argument("--migrate", action="store_true", help="migrate first; the process then has the owner's rights")
    commands.add_parser("migrate", help="bring databases, views and topics to this version")
    commands.add_parser("rebuild", help="build a view anew while it serves").add_argument("view")
    commands.add_parser("replay", help="publish everything again from the beginning of the log")
    parked = commands.add_parser("parked", help="list the streams that wait, or try one again")
    parked.add_argument("--retry", metavar="STREAM", help="try this stream again ('all': every one)")
    commands.add_parser("restored", help="once after a backup was restored: the log gets a new incarnation")
    commands.add_parser("verify", help="check hash chains, guards, postings and timers against the log")
    return parser


def _do(program: Program[Any], settings: Any, chosen: argparse.Namespace) -> int:
    if chosen.command == "migrate":
        return _migrate(program, settings)
    if serving := {"api": serve_api, "worker": serve_worker, "all": serve_all}.get(chosen.command):
        if getattr(chosen, "migrate", False):
            _migrate(program, settings)
        run_server(lambda stop: serving(program, settings, stop))
        return 0
    actions: dict[str, Callable[[], Any]] = {
        "rebuild": lambda: _rebuild(program, settings, chosen.view),
        "replay": lambda: _with_pool(settings, lambda pool: _replay(pool, program.service)),
        "parked": lambda: _with_pool(settings, lambda pool: _parked(pool, chosen.retry)),
        "restored": lambda: _restored(program, settings),
        "verify": lambda: _with_pool(settings, lambda pool: _verify(pool, program.service)),
    }
    return int(asyncio.run(actions[chosen.command]()) or 0)


def _migrate(program: Program[Any], settings: Settings) -> int:
    owner = settings.database_owner_url.get_secret_value()
    role = urlsplit(settings.database_url.get_secret_value()).username or ""
    migrations.upgrade(owner, program.service.migrations)
    asyncio.run(migrations.lay(owner, role, program.service.views))
    if program.migrate:
        asyncio.run(_awaited(program.migrate(settings)))
    asyncio.run(make_topics(program.service, settings))
    print(f"{program.service.name}: database, views and topics are at this version")
    return 0


async def _awaited(work: Awaitable[None]) -> None:
    await work


async def _with_pool(settings: Settings, do: Callable[[Pool], Awaitable[int]]) -> int:
    pool = await connect(settings.database_url.get_secret_value(), size=2)
    try:
        return await do(pool)
    finally:
        await pool.close()
        tracing.shutdown()


async def _rebuild(program: Program[Any], settings: Settings, name: str) -> int:
    try:
        view = program.service.view(name)
    except KeyError:
        known = ", ".join(view.name for view in program.service.views)
        print(f"there is no view {name!r}; there are: {known}", file=sys.stderr)
        return 1
    pool = await connect(settings.database_owner_url.get_secret_value(), size=2)
    try:
        position = await rebuild(pool, view, program.service.pages_of(pool, view, 5000), _show)
    finally:
        await pool.close()
    print(f"\n{view.name} is rebuilt up to position {position}")
    return 0


def _show(position: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{position} of {of}", end="", file=sys.stderr, flush=True)


async def _replay(pool: Pool, service: Service) -> int:
    if not service.topics:
        print(f"{service.name} publishes nothing")
        return 0
    await rewind(pool)
    print(f"{service.name} publishes everything again; consumers know what they have")
    return 0


async def _parked(pool: Pool, retry: str | None) -> int:
    if retry:
        asked = await ask_retry(pool, None if retry == "all" else retry)
        print(f"{asked} parked streams are tried again")
        return 0 if asked else 1
    streams = await parked_streams(pool)
    for each in streams:
        print(f"{each['stream_id']}  {each['reader']}  from position {each['position']}: {each['reason']}, "
              f"tried {each['attempts']} times, since {each['since']:%Y-%m-%d %H:%M:%S}")  # fmt: skip
    if not streams:
        print("no stream is parked")
    return 0


async def _restored(program: Program[Any], settings: Settings) -> int:
    incarnation = await renew(settings.database_owner_url.get_secret_value())
    print(f"{program.service.name}: the log is {incarnation} now; restart its processes")
    return 0


async def _verify(pool: Pool, service: Service) -> int:
    findings = await verify(pool, (*service.deciders, OUTBOUND), lambda n: _show(n, n))
    for finding in findings:
        print(f"{finding.kind} {finding.place}: {finding.detail}")
    print(f"{service.name}: {len(findings)} findings" if findings else f"{service.name}: the log agrees with itself")
    return 1 if findings else 0
