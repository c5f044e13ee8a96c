"""The servers of both provinces, and the exchange between them; all may be stopped, killed and wiped."""

import shutil
import signal
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

import asyncpg
from lb.deployment import Deployment, claim
from lb.exchange import Exchange
from lb.local import exchange_keys
from lb.local.databases import with_database
from lb.local.exchange import ExchangeServer
from lb.local.sessions import Session, open_session
from lb.paths import find_project
from lb.topology import only

from tests.chaos.border.plan import HOME, HOST, REGIONS
from tests.chaos.servers import Servers, ranges, started

_AHEAD: Final = "update log.head set clock_offset = make_interval(secs => $1)"


class Border:
    """`provinces`: servers by region. Its methods block, but for those that say otherwise."""

    def __init__(self, exchange: Exchange, provinces: Mapping[str, Servers], session: Session) -> None:
        self.exchange, self.provinces, self.session = exchange, provinces, session
        self.server: ExchangeServer = exchange.server()

    @property
    def home(self) -> Deployment:
        return self.provinces[HOME].deployment

    @property
    def host(self) -> Deployment:
        return self.provinces[HOST].deployment

    def start(self) -> None:
        """The exchange, also after it was killed, perhaps wiped."""
        self.server.start()
        self.session.remember(self.server.pid)

    def stop(self) -> None:
        self.server.send(signal.SIGCONT)
        self.server.kill()

    def database(self, service: str, region: str) -> str:
        """Address of a service's database, for somebody who may read everything."""
        return with_database(self.provinces[region].postgres.dsn, service)

    async def set_clock(self, region: str, seconds: int) -> None:
        """So many seconds ahead, in all services of a province. Once: what was recorded stays."""
        for service in self.provinces[region].deployment.services:
            connection = await asyncpg.connect(self.database(service.name, region), timeout=10)
            try:
                await connection.execute(_AHEAD, float(seconds))
            finally:
                await connection.close(timeout=10)

    def revoke(self, region: str) -> None:
        """The province's key is trusted no more; it gets another, as `lb exchange revoke` does it."""
        deployment = self.provinces[region].deployment
        signing = [
            each.key
            for each in exchange_keys.listed(self.exchange.directory)
            if each.region == region and each.kind == "signing" and not each.key.revoked_at
        ]
        exchange_keys.revoke(self.exchange.directory, region, signing[-1].id)
        secrets = [deployment.secrets(service) for service in deployment.services]
        exchange_keys.rotate(self.exchange.directory, region, secrets)


@contextmanager
def border_of(folder: Path, *services: str) -> Iterator[Border]:
    """With these services in each province. Started, migrated by nobody yet; their logs are in `folder` at the end, all
    else is gone."""
    project = find_project()
    with ExitStack() as ends:
        session = open_session(project.runs / "chaos")
        ends.callback(session.close)
        first, *others = ranges(1 + len(REGIONS))
        exchange = Exchange(project=project, run=session.folder / "exchange", ports=first, provinces=REGIONS)
        claim(exchange)
        ends.callback(shutil.copytree, exchange.logs, folder / "log" / "exchange", dirs_exist_ok=True)
        provinces = {}
        for region, ports in zip(REGIONS, others, strict=True):
            deployment = Deployment(
                project=project, region=region, run=session.folder / region, ports=ports, services=only(*services),
                viewer=False, exchange=exchange,
            )  # fmt: skip
            provinces[region] = ends.enter_context(started(deployment, session, folder / "log" / region))
        border = Border(exchange, provinces, session)
        ends.callback(border.stop)
        border.start()
        yield border
