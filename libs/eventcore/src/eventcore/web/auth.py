"""Who calls: a bearer token (JWT), verified with the keys that the identity provider publishes (RFC 8725, RFC 9068)."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final

import httpx
import msgspec
import structlog
from joserfc import jws, jwt
from joserfc.jwk import Key, KeySet

from eventcore.database import Unavailable
from eventcore.settings import DEV_KEY
from eventcore.web.problems import Problem

ALGORITHMS: Final = ("Ed25519", "ES256", "RS256")
LEEWAY: Final = 60
KEPT_TOKENS: Final = 10_000
KEYS_FRESH: Final = 60.0
"""Seconds until keys are asked for again: a withdrawn key is refused, a new one known, within this time."""
KEYS_MISSING: Final = 1.0
"""The same where there are none yet: a service may start before its identity provider."""
KEYS_KEPT: Final = 900.0
"""Seconds for which the last good keys serve while the identity provider does not answer."""
_Name = Annotated[str, msgspec.Meta(pattern=r"^[\w.:@-]{1,128}\Z")]
_Id = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\Z")]
"""What goes into public events."""

log = structlog.get_logger()


_CLAIMS: Final = {"subject": "sub", "client": "client_id", "organisation": "org"}


class Caller(msgspec.Struct, frozen=True, kw_only=True, rename=_CLAIMS):
    """Who acts, through which client, for which organisation; `office` is the kind of office, `region` GB/T 2260."""

    subject: _Name
    client: _Name
    organisation: _Id
    office: _Name
    region: _Name
    scope: str
    """What the token is good for, with spaces between."""
    exp: int


@dataclass(slots=True)
class Keys:
    """The published keys by id, from a file or an address. One request asks for them while the others go on with the
    last good ones, which are kept a while."""

    source: str
    dev_keys: bool
    """Whether developers' keys prove anything: never in production."""
    clock: Callable[[], float] = time.monotonic
    by_id: Mapping[str, Key] = field(default_factory=dict)
    loaded: float = float("-inf")
    _asked: float = float("-inf")

    async def refresh(self) -> None:
        """Asks for the keys where that is due. Unavailable where there are none to use."""
        if self.clock() - self._asked >= (KEYS_FRESH if self.by_id else KEYS_MISSING):
            self._asked = self.clock()
            await self._load()
        if self.clock() - self.loaded > KEYS_KEPT:
            raise Unavailable

    async def _load(self) -> None:
        try:
            found = KeySet.import_key_set(msgspec.json.decode(await self._read()))
        except Exception as error:  # whatever the provider sent: the last good keys serve
            log.warning("keys.not_read", error=type(error).__name__)
            return
        usable = {key.kid: key for key in found if key.kid and key.key_type != "oct"}
        self.by_id = {kid: key for kid, key in usable.items() if self.dev_keys or not kid.startswith(DEV_KEY)}
        self.loaded = self.clock()

    async def _read(self) -> bytes:
        if not self.source.startswith(("http://", "https://")):
            return Path(self.source).read_bytes()  # noqa: ASYNC240 a small local file once a minute
        async with httpx.AsyncClient(timeout=5) as client:
            return (await client.get(self.source)).raise_for_status().content


class Tokens:
    """Verifies bearer tokens. A verified one is remembered until it expires, or the keys come anew."""

    def __init__(self, keys: Keys, issuer: str, audience: str, *, clock: Callable[[], float] = time.time) -> None:
        self.keys, self._clock, self.issuer = keys, clock, issuer
        self._verified = lru_cache(KEPT_TOKENS)(self._verify)
        iss: jwt.ClaimsOption = {"essential": True, "value": issuer}
        aud: jwt.ClaimsOption = {"essential": True, "value": audience}
        self._rules = jwt.JWTClaimsRegistry(now=lambda: int(clock()), leeway=LEEWAY, iss=iss, aud=aud)

    async def caller(self, authorization: str) -> Caller:
        """The caller that the `Authorization` header proves. Problem 401 where it does not."""
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Problem("token_missing", headers={"WWW-Authenticate": "Bearer"})
        await self.keys.refresh()
        try:
            caller = self._verified(token, self.keys.loaded)
            if caller.exp + LEEWAY <= self._clock():
                raise ValueError("exp")
        except Exception as error:  # whatever is wrong with it: it proves nothing
            raise Problem("token_invalid", headers={"WWW-Authenticate": 'Bearer error="invalid_token"'}) from error
        return caller

    def _verify(self, token: str, _: float) -> Caller:
        header = jws.extract_compact(token.encode("ascii")).headers()
        if header.get("typ", "JWT").lower() not in ("jwt", "at+jwt"):
            raise ValueError("typ")
        claims = jwt.decode(token, self.keys.by_id[header["kid"]], algorithms=ALGORITHMS).claims
        self._rules.validate(claims)
        return msgspec.convert({"client_id": claims.get("azp"), **claims}, Caller)
