"""The identity provider beside the containers: where it answers, and the services' tokens from it."""

import os
from collections.abc import Sequence
from typing import Final

import httpx

from lb.deployment import Deployment
from lb.local.ports import HOST
from lb.local.private import write_private
from lb.problems import Problem
from lb.topology import FIRST_PORT, IDENTITY_PORT, REGISTRY_TOKEN

REALM: Final = "labourbridge"
ADDRESS: Final = f"http://{HOST}:{FIRST_PORT + IDENTITY_PORT}"
ISSUER: Final = f"{ADDRESS}/realms/{REALM}"
_PROTOCOL: Final = "protocol/openid-connect"
_INSIDE: Final = f"http://identity:8080/realms/{REALM}/{_PROTOCOL}/certs"
_EVERYBODYS: Final = "LB_IDENTITY_PASSWORD"


def identity_variables() -> dict[str, str]:
    """What compose is told, so that services believe it and nobody else. Problem: no password was chosen."""
    return {"LB_JWKS": _INSIDE, "LB_TOKEN_ISSUER": ISSUER, _EVERYBODYS: _chosen_password()}


def client_of(region: str, name: str) -> str:
    """The id of a client: realms hold those of all provinces."""
    return f"{region}-{name}"


def give_tokens(wanted: Sequence[Deployment]) -> None:
    """Tokens for the services that ask the registry. Problem: it gives none."""
    for each in wanted:
        for service in each.services:
            if service.registry_office:
                write_private(each.secrets(service) / REGISTRY_TOKEN, _token(client_of(each.region, service.name)))


def _token(client: str) -> str:
    asked = {"grant_type": "client_credentials", "client_id": client, "client_secret": _chosen_password()}
    try:
        answer = httpx.post(f"{ISSUER}/{_PROTOCOL}/token", data=asked, timeout=10).raise_for_status()
    except httpx.HTTPError as error:
        do = f"Is {_EVERYBODYS} the one that it was first started with?"
        raise Problem(f"The identity provider gives {client} no token: {type(error).__name__}.", do=do) from error
    token: str = answer.json()["access_token"]
    return token


def _chosen_password() -> str:
    password = os.environ.get(_EVERYBODYS)
    if not password:
        raise Problem(f"{_EVERYBODYS} is not set: everybody at the identity provider has it.", do="Choose one.")
    return password
