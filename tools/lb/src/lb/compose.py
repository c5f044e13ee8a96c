"""The same deployment in containers: `docker compose` with the run folder's keys."""

import os
import shutil
import subprocess

from lb.deployment import Deployment, claim
from lb.keyfiles import provide_secrets
from lb.problems import Problem
from lb.topology import FIRST_PORT


def compose_up(deployment: Deployment) -> None:
    """Build and start everything, wait until it is healthy. Problem: no Docker, or it failed (its output says how)."""
    if deployment.ports.first != FIRST_PORT:
        raise Problem(
            "docker-compose.yml publishes one region a machine.", do="Run lb down --docker for the other one."
        )
    claim(deployment)
    provide_secrets(deployment)
    for folder in (deployment.bank, deployment.run / "exchange"):
        folder.mkdir(mode=0o700, exist_ok=True)  # else Docker makes it, and it is root's
    _compose(deployment, "up", "--build", "--detach", "--wait", "--wait-timeout", "300")


def compose_down(deployment: Deployment, *, purge: bool) -> None:
    _compose(deployment, "down", *(["--volumes"] if purge else []))


def _compose(deployment: Deployment, *arguments: str) -> None:
    docker = shutil.which("docker")
    if docker is None:
        raise Problem("There is no docker here.", do="Install it, or start plain processes: lb up")
    variables = {
        "LB_REGION": deployment.region,
        "LB_RUN": str(deployment.run),
        "LB_UID": str(os.geteuid()),
        "LB_GID": str(os.getegid()),
    }
    file = deployment.project.root / "docker-compose.yml"
    command = [docker, "compose", "--file", str(file), *arguments]
    done = subprocess.run(command, env=os.environ | variables, check=False)  # noqa: S603
    if done.returncode != 0:
        raise Problem(f"docker compose {arguments[0]} ended with code {done.returncode}.", do="See its lines above.")
