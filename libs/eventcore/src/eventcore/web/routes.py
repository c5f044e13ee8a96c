"""What happens around every operation: parameters, token, access, body."""

from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query
from fastapi.routing import APIRoute
from starlette.responses import Response
from starlette.routing import BaseRoute

from eventcore.web.access import OPEN, RouteWithoutRow, Table
from eventcore.web.commands import CommandRequest
from eventcore.web.health import PROBES
from eventcore.web.problems import Problem
from eventcore.web.requests import ApiRequest


class Route(APIRoute):
    """One operation: one method, its whole path in the decorator. A subclass may take its POSTs by another request."""

    command: type[CommandRequest] = CommandRequest

    @property
    def place(self) -> tuple[str, str]:
        """Its row in the access table."""
        return " ".join(self.methods or ()), self.path

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        inner = super().get_route_handler()
        place, make = self.place, self.command if self.methods == {"POST"} else ApiRequest
        model: Any = self.body_field.field_info.annotation if self.body_field else None
        known = {field.alias for field in get_flat_params(self.dependant) if isinstance(field.field_info, Query)}

        async def answer(plain: Request) -> Response:
            request = make(plain.scope, plain.receive)
            request.web = web = plain.app.state.web
            request.access = access = web.rows[place]
            request.template, request.status = self.path, self.status_code or 200
            _check_query(request, known)
            if access.scope != OPEN:
                request.caller = await web.tokens.caller(request.headers.get("authorization", ""))
                access.admit(request.caller)
            request.prepare()
            await request.take_body(model)
            response = await inner(request)
            request.check_region_asked()
            return response

        return answer


def router() -> APIRouter:
    """For a service's routes. They are written with their whole path, so that the access table can be read beside."""
    return APIRouter(route_class=Route)


def posts(found: APIRouter, prefix: str, tag: str, answer: type) -> Callable[..., None]:
    """Adds a POST at `prefix` and a path, whose handler carries out one command: `post("/{class}/closing", close)`.
    Anything else that FastAPI takes follows by name."""
    add = partial(found.add_api_route, methods=["POST"], status_code=201, tags=[tag], response_model=answer)
    return lambda path, handler, **more: add(prefix + path, handler, **more)


def check(routes: Iterable[BaseRoute], table: Table) -> None:
    """RouteWithoutRow where routes and rows are not the same set. Beside the probes, only what `router()` made, with
    one method, has a row: nothing else asks for a token."""
    served = {route.place if isinstance(route, Route) else ("UNGUARDED", str(route)) for route in routes}
    served |= {("GET", path) for path in PROBES}
    for what, places in (("row", served - table.keys()), ("route", table.keys() - served)):
        if places:
            raise RouteWithoutRow(f"{' '.join(min(places))} has no {what} in the access table")


def _check_query(request: Request, known: set[str]) -> None:
    given = request.query_params.multi_items()
    if any(name not in known or not value.isprintable() for name, value in given):
        raise Problem("parameter_unknown")
    if len(given) != len({name for name, _ in given}):
        raise Problem("parameter_repeated")
