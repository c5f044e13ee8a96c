"""How often a caller may miss: enough for mistakes, too little to try out numbers. Counted in the database, so that
all processes count together."""

import hmac
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from eventcore.database import Pool
from eventcore.readers.queries import reading
from eventcore.web import ApiRequest, Problem

MOST = 10
"""Misses of a caller in a minute."""


@dataclass(slots=True)
class Try:
    """A miss, unless it is said to be none."""

    hit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Misses:
    """`address_header`: where the province's own proxy writes whom it speaks for; empty: there is no proxy."""

    pool: Pool
    address_header: str = ""

    @asynccontextmanager
    async def counted(self, request: ApiRequest) -> AsyncIterator[Try]:
        """One question. It counts as a miss from its beginning, unless it turns out to be none: a hit, or one that
        could not be answered. Problem 429 where the caller has missed too often; Unavailable."""
        caller, attempt = await self._caller(request), Try()
        with reading():
            wait, spent = await self.pool.fetchrow("select wait, spent from checks.spend($1, $2)", caller, MOST)
        if spent is None:
            raise Problem("asked_too_often", headers={"Retry-After": str(max(1, math.ceil(wait)))})
        try:
            yield attempt
        finally:
            if attempt.hit:
                with reading():
                    await self.pool.execute("select checks.give_back($1, $2)", caller, spent)

    async def _caller(self, request: ApiRequest) -> bytes:
        """A keyed hash of the token's client, or of the address where there is no token."""
        authorization = request.headers.get("authorization", "")
        if authorization:
            name = f"client/{(await request.web.tokens.caller(authorization)).client}"
        else:
            name = f"address/{self._address(request)}"
        return hmac.digest(request.web.secret, f"misses\n{name}".encode(), "sha256")

    def _address(self, request: ApiRequest) -> str:
        """Of IPv6 the network of 64 bits: whoever has one address has all of it."""
        text = request.client.host if request.client else ""
        if self.address_header:
            text = request.headers.get(self.address_header, text).rpartition(",")[2].strip()
        try:
            address = ip_address(text)
        except ValueError:
            return ""
        return str(ip_network(f"{address}/64", strict=False)) if address.version == 6 else str(address)
