"""Developers' tokens, as an identity provider would give them out. Refused under LB_ENV=prod."""

import json
import os
import time
from dataclasses import dataclass

from eventcore.settings import DEV_ISSUER
from joserfc import jwt
from joserfc.jwk import OKPKey

from lb.deployment import Deployment
from lb.problems import Problem

ALGORITHM = "Ed25519"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """Who a token speaks for: a person (`subject`) of an organisation's office, within a region, by a client."""

    office: str
    region: str
    scopes: tuple[str, ...]
    subject: str
    client: str
    organisation: str


def read_token_key(deployment: Deployment) -> OKPKey:
    """The private key that tokens are signed with."""
    return OKPKey.import_key(json.loads(deployment.token_key.read_text()))


def sign_token(deployment: Deployment, bearer: Bearer, *, seconds: int = 3600) -> str:
    """A signed JWT that this deployment's services take for so many seconds."""
    if os.environ.get("LB_ENV") == "prod":
        raise Problem("lb token makes developers' tokens only.", do="Under LB_ENV=prod ask the identity provider.")
    if not deployment.token_key.exists():
        raise Problem(f"{deployment.run} has no key to sign with.", do="Run lb up first.")
    key = read_token_key(deployment)
    now = int(time.time())
    claims = {
        "iss": DEV_ISSUER,
        "aud": deployment.audience,
        "sub": bearer.subject,
        "client_id": bearer.client,
        "org": bearer.organisation,
        "office": bearer.office,
        "region": bearer.region,
        "scope": " ".join(bearer.scopes),
        "iat": now,
        "nbf": now,
        "exp": now + seconds,
    }
    return jwt.encode({"alg": ALGORITHM, "kid": key.kid}, claims, key, algorithms=[ALGORITHM])
