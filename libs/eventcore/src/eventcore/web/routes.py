"""What happens around every operation: parameters, token, access, body; and every error becomes its problem."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query
from fastapi.routing import APIRoute
from starlette.responses import Response

from eventcore.web import problems
from eventcore.web.access import OPEN
from eventcore.web.commands import CommandRequest
from eventcore.web.problems import Problem
from eventcore.web.requests import ApiRequest


class Route(APIRoute):
    """One operation: one method, its whole path in the decorator. A subclass may take its POSTs by another request."""

    command: type[CommandRequest] = CommandRequest

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        inner = super().get_route_handler()
        place = (min(self.methods or ()), self.path)
        make = self.command if place[0] == "POST" else ApiRequest
        model: Any = self.body_field.field_info.annotation if self.body_field else None
        known = {field.alias for field in get_flat_params(self.dependant) if isinstance(field.field_info, Query)}

        async def answer(plain: Request) -> Response:
            request = make(plain.scope, plain.receive)
            request.web = web = plain.app.state.web
            request.access = access = web.rows[place]
            request.template, request.status = self.path, self.status_code or 200
            try:
                _check_query(plain, known)
                if access.scope != OPEN:
                    request.caller = await web.tokens.caller(request.headers.get("authorization", ""))
                    access.admit(request.caller)
                request.prepare()
                await request.take_body(model)
                response = await inner(request)
                request.check_region_asked()
                return response
            except Exception as error:  # every error has its problem; an unknown one is a 500 without a text
                return problems.respond(error, request.scope)

        return answer


def router() -> APIRouter:
    """For a service's routes. They are written with their whole path, so that the access table can be read beside."""
    return APIRouter(route_class=Route)


def posts(found: APIRouter, prefix: str, tag: str, answer: type) -> Callable[..., None]:
    """Adds a POST at `prefix` and a path, whose handler carries out one command: `post("/{class}/closing", close)`.
    Anything else that FastAPI takes follows by name."""
    add = partial(found.add_api_route, methods=["POST"], status_code=201, tags=[tag], response_model=answer)
    return lambda path, handler, **more: add(prefix + path, handler, **more)


def _check_query(request: Request, known: set[str]) -> None:
    given = request.query_params.multi_items()
    if any(name not in known or not value.isprintable() for name, value in given):
        raise Problem("parameter_unknown")
    if len(given) != len({name for name, _ in given}):
        raise Problem("parameter_repeated")
