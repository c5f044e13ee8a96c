"""A service's application: its routes, with everything that `eventcore.web` puts around them."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, partial
from time import perf_counter
from typing import Final

from fastapi import APIRouter, FastAPI
from fastapi_offline import FastAPIOffline
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from eventcore import metrics, tracing
from eventcore.settings import Refused, Settings
from eventcore.store import Store
from eventcore.web import access, operations, problems
from eventcore.web.auth import Keys, Tokens
from eventcore.web.health import PROBES, Health
from eventcore.web.openapi import described
from eventcore.web.operations import Feed
from eventcore.web.problems import Problem
from eventcore.web.requests import Web
from eventcore.web.routes import Route

_HEADERS: Final = [(b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff")]
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})


def create_app(
    *,
    settings: Settings,
    service: str,
    description: str,
    version: str,
    store: Store,
    routers: Sequence[APIRouter],
    lies_in: Callable[[str, str, date], bool],
    health: Health,
    feed: Feed | None = None,
) -> FastAPI:
    """RouteWithoutRow where the access table and the routes are not the same set, Refused where a setting is missing.
    `description` is in English and Chinese."""
    if settings.access_table is None:
        raise Refused("LB_ACCESS_TABLE is not set: it names the table of who may call what")
    table = access.load(settings.access_table, service)
    app = (FastAPI if settings.production else FastAPIOffline)(
        title=f"LabourBridge {service}",
        description=description,
        version=version,
        openapi_url=None if settings.production else "/openapi.json",
        docs_url="/docs",
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
        exception_handlers={HTTPException: _unrouted},
        middleware=[Middleware(_Edge)],
        telemetry={"tracing": False, "metrics": False, "logs": False},  # it writes whole addresses into spans
    )
    health.ready.setdefault("database", lambda: store.pool.fetchval("select true"))
    served = [*(route for each in (*routers, operations.routes(feed)) for route in each.routes), *health.routes()]
    _check(served, table)
    # not `include_router`: it matches every request twice, for prefixes that our routes do not have
    app.router.routes.extend(served)
    app.state.web = Web(
        store=store,
        tokens=Tokens(Keys(settings.jwks, not settings.production), settings.token_issuer, settings.token_audience),
        rows=table,
        secret=settings.secret("fingerprint_key"),
        region=settings.region,
        lies_in=lies_in,
    )
    app.openapi = cache(partial(described, app, table, settings.token_issuer))  # type: ignore[method-assign]
    return app


def _check(served: Sequence[BaseRoute], table: access.Table) -> None:
    access.check_routes(table, served)
    others = [route for route in served if not (isinstance(route, Route) and len(route.methods or ()) == 1)]
    if odd := {getattr(route, "path", "") for route in others} - PROBES:
        raise access.RouteWithoutRow(f"{min(odd)} is not one method made with eventcore.web.router()")


async def _unrouted(request: Request, error: Exception) -> Response:
    """Errors of the routing itself. A path's methods are separate routes: `Allow` names them all (RFC 9110)."""
    if isinstance(error, HTTPException) and error.status_code == 405:
        routes = [route for route in request.app.routes if route.path_regex.match(request.scope["path"])]
        allowed = {method for route in routes for method in getattr(route, "methods", None) or ()}
        error = Problem("method_not_allowed", headers={"Allow": ", ".join(sorted(allowed))})
    return problems.respond(error, request.scope)


class _Edge:
    """The outermost layer: a trace of its own for every request, the duration, the headers, the last resort."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in PROBES:
            return await self._app(scope, receive, send)
        started, status = perf_counter(), 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                # an answer that caches may keep says so itself
                message["headers"] += [each for each in _HEADERS if each[0] not in dict(message["headers"])]
            await send(message)

        method = scope["method"] if scope["method"] in _METHODS else "_OTHER"
        with tracing.span(method, kind="server", parent="") as span:
            try:
                if not scope["path"].isprintable():
                    raise Problem("path_malformed")
                await self._app(scope, receive, sending)
            except Exception as error:  # nothing of it may reach the caller or, by its text, the log
                if status:
                    raise
                await problems.respond(error, scope)(scope, receive, sending)
            route = getattr(scope.get("route"), "path", "")
            named = {"http.request.method": method, "http.route": route, "http.response.status_code": status}
            span.rename(f"{method} {route}".rstrip(), named)
            if status >= 500:
                span.failed(str(status))
        metrics.request(method, route, status, perf_counter() - started)
