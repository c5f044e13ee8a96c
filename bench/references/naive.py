"""The service as it is usually written: FastAPI, an SQLModel session a request, a row of state and one of an outbox.

`python -m bench.references.naive PORT postgresql+asyncpg://…`. No token, no idempotency, no history, nothing sealed.
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated, Final
from uuid import UUID

import uuid_utils
import uvicorn
from fastapi import Depends, FastAPI, HTTPException
from sqlalchemy import DateTime
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import Field, SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bench.references.bodies import RejectionIn, SurveyIn

CONNECTIONS: Final = 32


class Survey(SQLModel, table=True):
    id: str = Field(primary_key=True)
    number: str = Field(index=True)
    facts: str
    state: str = "pending"
    version: int = 1


class Outbox(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    stream: str
    type: str
    data: str
    at: datetime = Field(sa_type=DateTime(timezone=True))


engine: Final = create_async_engine(sys.argv[2], pool_size=CONNECTIONS, max_overflow=0)


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    async with engine.begin() as connection:
        await connection.run_sync(SQLModel.metadata.create_all)
    yield
    await engine.dispose()


async def session() -> AsyncIterator[AsyncSession]:
    async with AsyncSession(engine, expire_on_commit=False) as opened:
        yield opened


Session = Annotated[AsyncSession, Depends(session)]
app = FastAPI(lifespan=lifespan)


@app.get("/readyz")
async def ready() -> dict[str, bool]:
    return {"ok": True}


@app.post("/v1/surveys", status_code=201)
async def record(body: SurveyIn, session: Session) -> dict[str, object]:
    known = await session.exec(select(Survey).where(Survey.number == body.number))
    if known.first():
        raise HTTPException(409)
    survey = Survey(id=str(uuid_utils.uuid7()), number=body.number, facts=body.model_dump_json())
    session.add(survey)
    session.add(_outgoing(survey, "survey-recorded", survey.facts))
    await session.commit()
    return _answer(survey)


@app.post("/v1/surveys/{key}/rejection", status_code=201)
async def reject(key: UUID, body: RejectionIn, session: Session) -> dict[str, object]:
    survey = await session.get(Survey, str(key))
    if survey is None or survey.state != "pending":
        raise HTTPException(404 if survey is None else 409)
    survey.state, survey.version = "rejected", survey.version + 1
    session.add(survey)
    session.add(_outgoing(survey, "survey-rejected", body.model_dump_json()))
    await session.commit()
    return _answer(survey)


def _outgoing(survey: Survey, kind: str, data: str) -> Outbox:
    return Outbox(stream=survey.id, type=kind, data=data, at=datetime.now(UTC))


def _answer(survey: Survey) -> dict[str, object]:
    return {"survey": survey.id, "state": survey.state, "version": survey.version}


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), access_log=False, log_level="warning")
