"""A service's application: its routes, with everything that `eventcore.web` puts around them."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache, partial
from time import perf_counter
from typing import Final

from fastapi import APIRouter, FastAPI
from fastapi.middleware.asyncexitstack import AsyncExitStackMiddleware
from fastapi_offline import FastAPIOffline
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from eventcore import metrics, tracing
from eventcore.web import problems
from eventcore.web.health import PROBES, Health
from eventcore.web.openapi import described
from eventcore.web.problems import Problem
from eventcore.web.requests import Web
from eventcore.web.routes import check

_HEADERS: Final = [(b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff")]
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})


def create_app(
    web: Web,
    *,
    service: str,
    description: str,
    version: str,
    routers: Sequence[APIRouter],
    health: Health,
    documents: bool,
) -> FastAPI:
    """RouteWithoutRow where the access table and the routes are not the same set. `description` is in English and
    Chinese; `documents`: whether the pages of the API are shown."""
    app = (FastAPIOffline if documents else FastAPI)(
        title=f"LabourBridge {service}",
        description=description,
        version=version,
        openapi_url="/openapi.json" if documents else None,
        docs_url="/docs",
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # it writes whole addresses into spans
    )
    served = [route for each in routers for route in each.routes]
    check(served, web.rows)
    # not `include_router`: it matches every request twice, for prefixes that our routes do not have
    app.router.routes += [*served, *health.routes()]
    app.state.web = web
    app.openapi = cache(partial(described, app, web))  # type: ignore[method-assign]
    # not its own layers: `_Edge` answers every error, theirs would tell the log what was in it
    app.middleware_stack = _Edge(AsyncExitStackMiddleware(_Sections(app.router, served)))
    return app


class _Sections:
    """Finds a route among those of the same section, the word after `/v1/`: one after another, all cost 0.1 ms."""

    def __init__(self, every: APIRouter, routes: Sequence[BaseRoute]) -> None:
        self._every, self._routers = every, defaultdict[str, APIRouter](partial(APIRouter, redirect_slashes=False))
        for route in routes:
            self._routers[_section(getattr(route, "path", ""))].routes.append(route)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._routers.get(_section(scope.get("path", "")), self._every)(scope, receive, send)


def _section(path: str) -> str:
    return path[4:].partition("/")[0]


class _Edge:
    """Around everything: a trace of its own for every request, the duration, the headers, and for every error its
    problem."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or (scope["path"] in PROBES and scope["method"] == "GET"):
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
                await problems.respond(_named(error, scope), scope)(scope, receive, sending)
            route = getattr(scope.get("route"), "path", "")
            named = {"http.request.method": method, "http.route": route, "http.response.status_code": status}
            span.rename(f"{method} {route}".rstrip(), named)
            if status >= 500:
                span.failed(str(status))
        metrics.request(method, route, status, perf_counter() - started)


def _named(error: Exception, scope: Scope) -> Exception:
    """A path's methods are separate routes: `Allow` names them all (RFC 9110)."""
    if not isinstance(error, HTTPException) or error.status_code != 405:
        return error
    routes = [route for route in scope["app"].routes if route.path_regex.match(scope["path"])]
    allowed = {method for route in routes for method in getattr(route, "methods", None) or ()}
    return Problem("method_not_allowed", headers={"Allow": ", ".join(sorted(allowed))})
