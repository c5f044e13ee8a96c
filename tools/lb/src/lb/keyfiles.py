"""Keys of a deployment on this machine, made once, readable by their owner only."""

import json
import secrets

from eventcore.settings import DEV_KEY, KEY_BYTES
from joserfc.jwk import KeySet, OKPKey

from lb.access import scopes_of
from lb.deployment import Deployment
from lb.local.certificates import identify
from lb.local.exchange_keys import provide
from lb.local.private import write_private
from lb.tokens import Bearer, read_token_key, sign_token
from lb.topology import REGISTRY_TOKEN, Service

_TOKEN_SECONDS = 366 * 24 * 3600


def provide_secrets(deployment: Deployment) -> None:
    """The services' keys and the key pair of `lb token`, as far as they are missing, and the services' tokens."""
    private = deployment.run / "secrets"
    private.mkdir(mode=0o700, parents=True, exist_ok=True)
    for service in deployment.services:
        folder = deployment.secrets(service)
        folder.mkdir(mode=0o700, exist_ok=True)
        for name in service.secrets:
            if not (folder / name).exists():
                write_private(folder / name, secrets.token_hex(KEY_BYTES))
    if not deployment.token_key.exists():
        write_private(deployment.token_key, _new_token_key())
    key = read_token_key(deployment)
    deployment.jwks.parent.mkdir(exist_ok=True)
    deployment.jwks.write_text(_json(KeySet([key]).as_dict(private=False)))
    for service in deployment.services:
        if service.registry_office:
            write_private(deployment.secrets(service) / REGISTRY_TOKEN, _registry_token(deployment, service))
    if deployment.exchange:
        folders = [deployment.secrets(service) for service in deployment.services if service.exchange]
        provide(deployment.exchange.directory, deployment.region, folders)
        identify(deployment.exchange.server().folder, deployment.region, *folders)


def _registry_token(deployment: Deployment, service: Service) -> str:
    """What an identity provider would give the service; signed anew at every start, so it never runs out in between."""
    office = service.registry_office
    bearer = Bearer(
        office=office,
        region=deployment.region,
        scopes=tuple(scopes_of(deployment.access_table, office)),
        subject=service.name,
        client=service.name,
        organisation=service.name,
    )
    return sign_token(deployment, bearer, seconds=_TOKEN_SECONDS)


def _new_token_key() -> str:
    key = OKPKey.generate_key("Ed25519", {"kid": f"{DEV_KEY}{secrets.token_hex(4)}", "use": "sig", "alg": "Ed25519"})
    return _json(key.as_dict(private=True))


def _json(value: object) -> str:
    return json.dumps(value, indent=2) + "\n"
