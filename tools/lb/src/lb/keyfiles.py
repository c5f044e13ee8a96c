"""Keys of a deployment on this machine, made once, readable by their owner only."""

import json
import os
import secrets
from pathlib import Path

from eventcore.settings import DEV_KEY, KEY_BYTES
from joserfc.jwk import KeySet, OKPKey

from lb.deployment import Deployment


def provide_secrets(deployment: Deployment) -> None:
    """The services' secret files and the key pair of `lb token`, as far as they are missing."""
    private = deployment.run / "secrets"
    private.mkdir(mode=0o700, parents=True, exist_ok=True)
    for service in deployment.services:
        folder = deployment.secrets(service)
        folder.mkdir(mode=0o700, exist_ok=True)
        for name in service.secrets:
            if not (folder / name).exists():
                _write_private(folder / name, secrets.token_hex(KEY_BYTES))
    if not deployment.token_key.exists():
        _write_private(deployment.token_key, _new_token_key())
    key = read_token_key(deployment)
    deployment.jwks.parent.mkdir(exist_ok=True)
    deployment.jwks.write_text(_json(KeySet([key]).as_dict(private=False)))


def read_token_key(deployment: Deployment) -> OKPKey:
    """The private key that `lb token` signs with."""
    return OKPKey.import_key(json.loads(deployment.token_key.read_text()))


def _new_token_key() -> str:
    key = OKPKey.generate_key("Ed25519", {"kid": f"{DEV_KEY}{secrets.token_hex(4)}", "use": "sig", "alg": "Ed25519"})
    return _json(key.as_dict(private=True))


def _json(value: object) -> str:
    return json.dumps(value, indent=2) + "\n"


def _write_private(file: Path, text: str) -> None:
    """Whole or not at all, and never readable by others in between."""
    fresh = file.with_name(f"{file.name}.new")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
    fresh.rename(file)
