"""A service as small as one can be: what `lb` starts where a test is about `lb` and not about services."""

import asyncio
import os
import sys

import asyncpg
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


async def migrate() -> None:
    connection = await asyncpg.connect(os.environ["LB_DATABASE_OWNER_URL"])
    try:
        await connection.execute("create table if not exists facts(what text)")
        await connection.execute("grant select, insert on facts to standin_app")
    finally:
        await connection.close()


async def ready(_: Request) -> Response:
    connection = await asyncpg.connect(os.environ["LB_DATABASE_URL"])
    try:
        return JSONResponse({"facts": await connection.fetchval("select count(*) from facts")})
    finally:
        await connection.close()


async def record(_: Request) -> Response:
    connection = await asyncpg.connect(os.environ["LB_DATABASE_URL"])
    try:
        await connection.execute("insert into facts values ('something')")
    finally:
        await connection.close()
    return Response(status_code=201)


async def told(_: Request) -> Response:
    return JSONResponse({name: value for name, value in os.environ.items() if name.startswith("LB_")})


async def crash(_: Request) -> Response:
    print("crashing as asked", flush=True)
    os._exit(3)


def main(command: str) -> None:
    if command == "migrate":
        asyncio.run(migrate())
        return
    routes = [
        Route("/readyz", ready),
        Route("/facts", record, methods=["POST"]),
        Route("/told", told),
        Route("/crash", crash, methods=["POST"]),
    ]
    uvicorn.run(Starlette(routes=routes), host=os.environ["LB_HOST"], port=int(os.environ["LB_PORT"]))


main(sys.argv[1])
