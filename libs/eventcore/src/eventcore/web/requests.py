"""What a route sees of a request: its caller, its object's region, its cursors, its body."""

import asyncio
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import msgspec
from fastapi import Request
from pydantic import BaseModel, ValidationError

from eventcore.clock import legal_day
from eventcore.store import Store
from eventcore.web import bodies, problems
from eventcore.web.access import Access, Table
from eventcore.web.auth import Caller, Tokens
from eventcore.web.problems import Problem

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """What every request of a service needs. `lies_in(code, ancestor, day)` knows the tree of regions."""

    store: Store
    tokens: Tokens
    rows: Table
    secret: bytes
    region: str
    lies_in: Callable[[str, str, date], bool]


class ApiRequest(Request):
    """A request that may come in: verified, allowed, with known parameters. Routes take it as a plain argument."""

    web: Web
    access: Access
    template: str
    """The route, e.g. `/v1/surveys/{survey}`."""
    status: int
    """What the route answers where it has done something."""
    caller: Caller
    value: object = None
    """The JSON value of the body, before the model."""
    _model: object = None
    _raw: bytes = b""
    _region_asked = False

    def prepare(self) -> None:
        """Reads the headers that this kind of request needs. Problem where they are missing or malformed."""

    def may_touch(self, region: str) -> bool:
        """Whether an object of this region is within what the access table gives the caller. Every route whose row
        names a region must ask; an answer of one that did not never goes out."""
        self._region_asked = True
        own, province = self.caller.region, self.web.region
        wanted = {"own": [(region, own)], "province": [(region, province), (own, province)]}.get(self.access.region, [])
        return all(self.web.lies_in(*each, legal_day()) for each in wanted)

    def require_region(self, region: str) -> None:
        """Problem 403 where the object lies elsewhere."""
        if not self.may_touch(region):
            raise Problem("region_not_yours")

    def leave_region_to_rules(self) -> None:
        """Says that the decider compares the region: only the stream's state knows it."""
        self._region_asked = True

    def not_there(self) -> Problem:
        """For what is not there, which has no region to compare."""
        self.leave_region_to_rules()
        return Problem("not_found")

    def check_region_asked(self) -> None:
        """RuntimeError where nobody compared a region that the access table wants compared."""
        if self.access.region in ("own", "province") and not self._region_asked:
            raise RuntimeError(f"{self.template} answers without having asked for its object's region")

    def cursor(self, *key: str | int) -> str:
        """An opaque cursor after the row with this key, for this route only."""
        text = msgspec.json.encode(key)
        return urlsafe_b64encode(self._sealed(text) + text).decode().rstrip("=")

    def after(self, cursor: str, key: type[T]) -> T:
        """The key in a cursor that this route gave out. Problem 400 for any other text."""
        try:
            mixed = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            if not hmac.compare_digest(mixed[:12], self._sealed(mixed[12:])):
                raise ValueError
            return msgspec.json.decode(mixed[12:], type=key)
        except ValueError:
            raise Problem("cursor_invalid") from None

    def _sealed(self, text: bytes) -> bytes:
        return hmac.digest(self.web.secret, b"cursor\n" + self.template.encode() + b"\n" + text, "sha256")[:12]

    async def body(self) -> bytes:
        """The whole body, bounded in size and time."""
        return self._raw

    async def json(self) -> Any:
        """What FastAPI hands to the route: the model, already validated from the bytes."""
        return self._model

    async def take_body(self, model: type[BaseModel] | None) -> None:
        """Reads, guards and validates the body. Problem where it is not as it should be."""
        self._raw = await self.read_body()
        if model is None:
            if self._raw:
                raise Problem("body_unexpected")
            return
        bodies.media_type(self.scope["headers"])
        self.value = bodies.guarded(self._raw)
        try:
            self._model = model.model_validate_json(self._raw)
        except ValidationError as error:
            raise problems.invalid(error, "body") from None

    async def read_body(self, most: int = bodies.MAX_BYTES, seconds: float = 30, code: str = "body_too_large") -> bytes:
        """Its bytes, counted while they come. Problem `code` or `body_too_slow`."""
        data = bytearray()
        try:
            async with asyncio.timeout(seconds):
                async for part in self.stream():
                    data += part
                    if len(data) > most:
                        raise Problem(code)
        except TimeoutError:
            raise Problem("body_too_slow") from None
        return bytes(data)
