"""Composition root: the only place where reporting is wired."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

from contracts import dialect, region
from contracts.catalogue import topics_of
from eventcore.service import Service
from eventcore.serving import Program
from eventcore.store import Store
from eventcore.web import catalogue_file
from fastapi import APIRouter

from reporting.employment import flows, status
from reporting.employment.view import WORK
from reporting.funnel import api as funnel
from reporting.journeys import api as journeys
from reporting.journeys.view import JOURNEYS
from reporting.money import api as money
from reporting.money.view import MONEY
from reporting.reports import api as reports
from reporting.reports import deadlines, freezing, verifying
from reporting.reports.report import REPORT
from reporting.reports.signing import Signer
from reporting.reports.views.differences import DIFFERENCES
from reporting.reports.views.reports import REPORTS
from reporting.settings import ReportingSettings
from reporting.steps.located import VIEWS as PERSONS

catalogue_file(files("reporting") / "problems.csv")

SERVICE: Final = Service(
    name="reporting",
    dialect=dialect,
    migrations=Path(__file__).resolve().parents[2] / "migrations",
    deciders=(REPORT,),
    views=(*PERSONS, WORK, MONEY, JOURNEYS, REPORTS, DIFFERENCES),
    follows=tuple(
        f"{topic.service}.{topic.stream_kind}.{topic.series}"
        for service in ("registry", "training", "certification", "placement", "subsidy")
        for topic in topics_of(service)
        if topic.stream_kind != "identity"  # sealed records of persons, from one registry to another
    ),
)


def routers(settings: ReportingSettings, store: Store) -> Sequence[APIRouter]:
    """All routes of reporting."""
    signer = Signer.of(settings.report_keys())
    numbers = (funnel.routes, flows.routes, status.routes, money.routes, journeys.routes)
    return (*numbers, freezing.routes(signer), reports.routes, verifying.routes(signer), deadlines.routes)


PROGRAM: Final = Program(
    service=SERVICE,
    description="The read side of all: funnels, money and journeys, counted from public events; reports, frozen. "
    "统计与查询：由公共事件汇总的漏斗、资金、劳动者经历，以及固化的报表。",
    settings=ReportingSettings,
    routers=routers,
    lies_in=region.lies_in,
)
