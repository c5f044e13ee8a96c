"""Composition root: the only place where reporting is wired."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from contracts import dialect
from contracts.catalogue import topics_of
from eventcore.database import Pool
from eventcore.service import Service
from eventcore.serving import Program
from eventcore.store import Store
from fastapi import APIRouter

from reporting.funnel import api as funnel
from reporting.funnel.view import SURVEYS
from reporting.journeys import api as journeys
from reporting.journeys.view import JOURNEYS
from reporting.regions import is_within
from reporting.settings import ReportingSettings

SERVICE: Final = Service(
    name="reporting",
    dialect=dialect,
    migrations=Path(__file__).resolve().parents[2] / "migrations",
    views=(SURVEYS, JOURNEYS),
    follows=tuple(f"{topic.service}.{topic.stream_kind}.{topic.series}" for topic in topics_of("registry")),
)


@asynccontextmanager
async def open_store(settings: ReportingSettings, pool: Pool) -> AsyncIterator[Store]:
    """A store without a vault: nothing personal comes here."""
    yield Store(pool)


def routers(settings: ReportingSettings, store: Store) -> Sequence[APIRouter]:
    """All routes of reporting."""
    return funnel.routes, journeys.routes


PROGRAM: Final = Program(
    service=SERVICE,
    description="The read side of all: funnels and journeys, counted from public events. "
    "统计与查询：由公共事件汇总的漏斗与劳动者经历。",
    settings=ReportingSettings,
    store=open_store,
    routers=routers,
    is_within=is_within,
)
