"""Who calls: a bearer token (JWT), verified with the keys that the identity provider publishes (RFC 8725, RFC 9068)."""

import asyncio
import hashlib
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx
import msgspec
import structlog
from joserfc import jws, jwt
from joserfc.jwk import Key, KeySet

from eventcore.database import Unavailable
from eventcore.settings import DEV_KEY, Settings
from eventcore.web.problems import Problem

ALGORITHMS: Final = ("Ed25519", "ES256", "RS256")
LEEWAY: Final = 60
KEPT_TOKENS: Final = 10_000
KEYS_FRESH: Final = 60.0
"""Seconds until keys are asked for again: a withdrawn key is refused, a new one known, within this time."""
KEYS_KEPT: Final = 900.0
"""Seconds for which the last good keys serve while the identity provider does not answer."""
_NAME: Final = re.compile(r"[\w.:@-]{1,128}")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who acts, through which client, for which organisation; `office` is the kind of office, `region` GB/T 2260."""

    subject: str
    client: str
    organisation: str
    office: str
    region: str
    scopes: frozenset[str]


class Keys:
    """The published keys by id, from a file or an address. One load at a time; the last good ones are kept a while."""

    def __init__(self, source: str, *, dev_keys: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._source = source
        self._dev_keys = dev_keys
        self._clock = clock
        self._loading = asyncio.Lock()
        self._asked = self._loaded = float("-inf")
        self.by_id: Mapping[str, Key] = {}

    async def refresh(self) -> bool:
        """Asks for the keys where that is due; whether they are others now. Unavailable where there are none to use."""
        now = self._clock()
        changed = False
        if now - self._asked >= KEYS_FRESH and not (self._loading.locked() and self.by_id):
            async with self._loading:
                if self._clock() - self._asked >= KEYS_FRESH:
                    changed = await self._load()
        if self._clock() - self._loaded > KEYS_KEPT:
            raise Unavailable
        return changed

    async def _load(self) -> bool:
        self._asked = self._clock()
        try:
            found = KeySet.import_key_set(msgspec.json.decode(await self._read()))
        except Exception as error:  # whatever the provider sent: the last good keys serve
            log.warning("keys.not_read", error=type(error).__name__)
            return False
        usable = {key.kid: key for key in found if key.kid and key.key_type != "oct"}
        if not self._dev_keys:
            usable = {kid: key for kid, key in usable.items() if not kid.startswith(DEV_KEY)}
        changed = usable.keys() != self.by_id.keys()
        self.by_id, self._loaded = usable, self._clock()
        return changed

    async def _read(self) -> bytes:
        if not self._source.startswith(("http://", "https://")):
            return Path(self._source).read_bytes()  # noqa: ASYNC240 a small local file once a minute
        async with httpx.AsyncClient(timeout=5) as client:
            return (await client.get(self._source)).raise_for_status().content


class Tokens:
    """Verifies bearer tokens; a verified one is remembered by its digest until it expires or the keys change."""

    def __init__(self, keys: Keys, issuer: str, audience: str, *, clock: Callable[[], float] = time.time) -> None:
        self._keys = keys
        self._clock = clock
        self._verified: OrderedDict[bytes, tuple[float, Caller]] = OrderedDict()
        self._rules = jwt.JWTClaimsRegistry(
            now=lambda: int(clock()),
            leeway=LEEWAY,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            sub={"essential": True},
        )

    @classmethod
    def of(cls, settings: Settings) -> "Tokens":
        """As the environment says; developers' keys are not taken in production."""
        keys = Keys(settings.jwks, dev_keys=not settings.production)
        return cls(keys, settings.token_issuer, settings.token_audience)

    async def caller(self, authorization: str) -> Caller:
        """The caller that the `Authorization` header proves. Problem 401 where it does not."""
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Problem("token_missing", headers={"WWW-Authenticate": "Bearer"})
        if await self._keys.refresh():
            self._verified.clear()
        digest = hashlib.sha256(token.encode("utf-8", "replace")).digest()
        known = self._verified.get(digest)
        if known and known[0] > self._clock():
            return known[1]
        try:
            until, caller = self._verify(token)
        except Exception as error:  # whatever is wrong with it: it proves nothing
            raise Problem("token_invalid", headers={"WWW-Authenticate": 'Bearer error="invalid_token"'}) from error
        self._verified[digest] = until, caller
        while len(self._verified) > KEPT_TOKENS:
            self._verified.popitem(last=False)
        return caller

    def _verify(self, token: str) -> tuple[float, Caller]:
        header = jws.extract_compact(token.encode("ascii")).headers()
        if header.get("typ", "JWT").lower() not in ("jwt", "at+jwt"):
            raise ValueError("typ")
        claims = jwt.decode(token, self._keys.by_id[header["kid"]], algorithms=ALGORITHMS).claims
        self._rules.validate(claims)
        if type(claims["exp"]) is not int:
            raise ValueError("exp")
        return claims["exp"] + LEEWAY, _caller(claims)


def _caller(claims: Mapping[str, Any]) -> Caller:
    return Caller(
        subject=_name(claims["sub"]),
        client=_name(claims.get("client_id") or claims["azp"]),
        organisation=_name(claims["org"]),
        office=_name(claims["office"]),
        region=_name(claims["region"]),
        scopes=frozenset(str(claims["scope"]).split()),
    )


def _name(claim: object) -> str:
    if not isinstance(claim, str) or not _NAME.fullmatch(claim):
        raise ValueError("claim")
    return claim
