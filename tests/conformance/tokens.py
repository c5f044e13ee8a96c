"""Tokens that prove nothing: forged, stale, of somebody else."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from typing import Any, Final

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from eventcore.settings import DEV_ISSUER
from joserfc import jwt
from joserfc.jwk import OKPKey
from lb.tokens import read_token_key

from tests.conformance.routes import Request
from tests.e2e.province import Province

ALGORITHM: Final = "Ed25519"


class Forger:
    """Has the province's own key, and what is published of it."""

    def __init__(self, province: Province, request: Request) -> None:
        self._key = read_token_key(province.deployment)
        bearer = request.bearer(province)
        now = int(time.time())
        self._claims: dict[str, Any] = {
            "iss": DEV_ISSUER,
            "aud": province.deployment.audience,
            "sub": bearer.subject,
            "client_id": bearer.client,
            "org": bearer.organisation,
            "office": bearer.office,
            "region": bearer.region,
            "scope": " ".join(bearer.scopes),
            "iat": now,
            "nbf": now,
            "exp": now + 600,
        }

    def signed(self, key: OKPKey | None = None, *, header: dict[str, Any] | None = None, **claims: Any) -> str:
        """With other claims (None: left out), header fields or key."""
        said = {name: value for name, value in (self._claims | claims).items() if value is not None}
        head = {"alg": ALGORITHM, "kid": self._key.kid} | (header or {})
        return jwt.encode(head, said, key or self._key, algorithms=[ALGORITHM])

    def by_hand(self, header: dict[str, Any], signature: bytes = b"") -> str:
        """Any header, any signature."""
        return f"{self.head(header)}.{_text(signature)}"

    def head(self, header: dict[str, Any]) -> str:
        return f"{_text(json.dumps(header).encode())}.{_text(json.dumps(self._claims).encode())}"

    def worthless(self) -> Iterator[tuple[str, str]]:
        """(what is wrong, value of `Authorization`): each is answered 401 `token_invalid`."""
        for what, token in (*self._stale(), *self._of_others(), *self._unsigned(), *self._with_the_public_key()):
            yield what, f"Bearer {token}"

    def _stale(self) -> Iterator[tuple[str, str]]:
        now = int(time.time())
        yield "expired", self.signed(exp=now - 61)
        yield "expired long ago", self.signed(exp=1, iat=0, nbf=0)
        yield "not valid yet", self.signed(nbf=now + 600)
        yield "without an end", self.signed(exp=None)
        yield "an end that is a text", self.signed(exp="tomorrow")
        yield "an end that is none", self.signed(exp=True)

    def _of_others(self) -> Iterator[tuple[str, str]]:
        yield "another audience", self.signed(aud="urn:labourbridge:510000")
        yield "audiences without us", self.signed(aud=["urn:labourbridge:510000", "account"])
        yield "no audience", self.signed(aud=None)
        yield "another issuer", self.signed(iss="https://id.example.org")
        yield "an issuer with a slash more", self.signed(iss=f"{DEV_ISSUER}/")
        yield "no issuer", self.signed(iss=None)
        yield "no subject", self.signed(sub=None)
        yield "no office", self.signed(office=None)
        yield "a subject with a line break", self.signed(sub="li\nadmin")
        stranger = OKPKey.generate_key(ALGORITHM, {"kid": self._key.kid or ""})
        yield "another key under our name", self.signed(stranger)
        yield "an unknown key", self.signed(header={"kid": "dev-00000000"})
        yield "a key that is a path", self.signed(header={"kid": "../../../dev/null"})
        yield "an ID token", self.signed(header={"typ": "logout+jwt"})

    def _unsigned(self) -> Iterator[tuple[str, str]]:
        kid = self._key.kid
        for alg in ("none", "None", "NONE", ""):
            yield f"alg {alg!r}", self.by_hand({"alg": alg, "kid": kid, "typ": "JWT"})
        yield "a cut signature", self.signed()[:-10]
        yield "no signature", self.signed().rpartition(".")[0] + "."
        yield "a signature of zeros", self.by_hand({"alg": ALGORITHM, "kid": kid}, bytes(64))
        yield "ES256 zeros", self.by_hand({"alg": "ES256", "kid": kid}, bytes(64))
        yield "an unknown critical field", self.signed_critically()
        yield "no token at all", "x"
        yield "letters of no alphabet", "\u00fc.\u00fc.\u00fc"
        yield "10,000 letters", "x" * 10_000

    def signed_critically(self) -> str:
        """A field that nobody here knows, and that must be understood."""
        head = self.head({"alg": ALGORITHM, "kid": self._key.kid, "crit": ["lb"], "lb": 1})
        private: Any = self._key.private_key
        return f"{head}.{_text(private.sign(head.encode()))}"

    def _with_the_public_key(self) -> Iterator[tuple[str, str]]:
        """HS256, keyed with what everybody may know."""
        public: Any = self._key.public_key
        published = {
            "raw": public.public_bytes(Encoding.Raw, PublicFormat.Raw),
            "PEM": public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
            "JWK": json.dumps(self._key.as_dict(private=False)).encode(),
            "nothing": b"",
        }
        head = self.head({"alg": "HS256", "kid": self._key.kid, "typ": "JWT"})
        for form, secret in published.items():
            signature = hmac.digest(secret, head.encode(), hashlib.sha256)
            yield f"HS256 with the public key as {form}", f"{head}.{_text(signature)}"


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
