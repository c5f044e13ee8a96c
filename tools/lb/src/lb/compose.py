"""The same deployments in containers: `docker compose` with the run folders' keys."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeVar

from lb.deployment import Deployment, claim
from lb.exchange import FOLDER, Exchange
from lb.identity import give_tokens, identity_variables
from lb.keyfiles import provide_secrets
from lb.local.programs import ran
from lb.problems import Problem
from lb.topology import FIRST_PORT, IDENTITY_PORT, PORTS_A_REGION, PROVINCES, Ports

PAGES: Final = {"jaeger": 24, "prometheus": 26, "grafana": 27}
"""Where people look beside the services: container → port, counted from the first of all."""
IDENTITY: Final = {"identity": IDENTITY_PORT}
_Runnable = TypeVar("_Runnable", Deployment, Exchange)


def published(name: str) -> Ports:
    """The ports that containers of a province, or of the exchange, have on this machine. Problem: neither of them."""
    places = (*PROVINCES, FOLDER)
    if name not in places:
        known = ", ".join(PROVINCES)
        raise Problem(f"docker-compose.yml has {known}, not {name}.", do="docs/how-to/add-a-province.md says how.")
    return Ports(first=FIRST_PORT + PORTS_A_REGION * places.index(name))


def contained(deployment: Deployment) -> Deployment:
    """As the containers run it: at their ports, each service as one process. Problem: they do not have it."""
    exchange = deployment.exchange and _at_its_ports(deployment.exchange)
    return replace(_at_its_ports(deployment), exchange=exchange, viewer=False, as_one=True)


def compose_up(wanted: Sequence[Deployment], *, identity: bool) -> None:
    """Build and start everything, wait until it is healthy, and let provinces onto the exchange.

    `identity`: an identity provider says who people are, not `lb token`. Problem: no Docker, or it failed (its output
    says how).
    """
    variables = identity_variables() if identity else {}
    for each in wanted:
        claim(each)
        provide_secrets(each)
        for folder in (each.bank, each.run / FOLDER):
            folder.mkdir(mode=0o700, exist_ok=True)  # else Docker makes it, and it is root's
    exchange = wanted[0].exchange
    _compose(
        wanted, "up", "--build", "--detach", "--wait", "--wait-timeout", "300",
        variables=variables | (_prepare(exchange) if exchange else {}),
        profiles=list(IDENTITY) if identity else [],
    )  # fmt: skip
    if exchange:
        exchange.server().admit()
    if identity:
        give_tokens(wanted)


def compose_down(wanted: Sequence[Deployment], *, everything: bool, purge: bool) -> None:
    """Stop these; also what provinces share, where everything shall stop or no other of the exchange is left."""
    exchange = wanted[0].exchange
    if exchange and set(exchange.provinces) == {each.region for each in wanted}:
        everything = True
    services = [] if everything else [name for each in wanted for name in _containers(each)]
    _compose(wanted, "down", *(["--volumes"] if purge else []), *services, profiles=["*"] if everything else [])


def _at_its_ports(each: _Runnable) -> _Runnable:
    return replace(each, ports=published(each.region))


def _prepare(exchange: Exchange) -> dict[str, str]:
    """Its variables. What is secret of the broker goes to it alone; who vouches for it lies beside the directory."""
    claim(exchange)
    server = exchange.server()
    (exchange.shared / "ca.pem").write_bytes(server.ca.read_bytes())
    return {"LB_EXCHANGE_SERVER": (server.folder / "server.pem").read_text()}


def _containers(deployment: Deployment) -> list[str]:
    names = ("postgres", "keys", "kafka", "bank", *(service.name for service in deployment.services))
    return [f"{deployment.region}-{name}" for name in names]


def _compose(
    wanted: Sequence[Deployment],
    command: str,
    *arguments: str,
    profiles: Sequence[str],
    variables: dict[str, str] | None = None,
) -> None:
    docker = shutil.which("docker")
    if docker is None:
        raise Problem("There is no docker here.", do="Install it, or start plain processes: lb up")
    exchange = [FOLDER] if wanted[0].exchange else []
    chosen = [f"--profile={name}" for name in (*(each.region for each in wanted), *exchange, *profiles)]
    file = wanted[0].project.root / "docker-compose.yml"
    words = [docker, "compose", "--file", str(file), *chosen, command, *arguments]
    done = ran(words, env=os.environ | _variables(wanted) | (variables or {}), shown=True)
    if done.returncode != 0:
        raise Problem(f"docker compose {command} ended with code {done.returncode}.", do="See its lines above.")


def _variables(wanted: Sequence[Deployment]) -> dict[str, str]:
    found = {f"LB_RUN_{each.region}": str(each.run) for each in wanted}
    if exchange := wanted[0].exchange:
        found |= {"LB_EXCHANGE_PROVINCES": ",".join(exchange.provinces), "LB_EXCHANGE_SHARED": str(exchange.shared)}
    return found | {"LB_UID": str(os.geteuid()), "LB_GID": str(os.getegid())}
