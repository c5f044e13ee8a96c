"""Composition root: the only place where placement is wired."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

from contracts import dialect, region
from contracts.addressed import addressees
from contracts.catalogue import topics_of
from eventcore.service import Service
from eventcore.serving import Program
from eventcore.store import Store
from eventcore.web import catalogue_file
from fastapi import APIRouter

from placement.jobs import wiring as jobs
from placement.offers import wiring as offers
from placement.publishing import publish
from placement.settings import PlacementSettings
from placement.transfers import wiring as transfers

catalogue_file(files("placement") / "problems.csv")

SERVICE: Final = Service(
    name="placement",
    dialect=dialect,
    migrations=Path(__file__).resolve().parents[2] / "migrations",
    deciders=(*offers.DECIDERS, *transfers.DECIDERS, *jobs.DECIDERS),
    policies=(*offers.POLICIES, *transfers.POLICIES, *jobs.POLICIES),
    views=(*offers.VIEWS, *transfers.VIEWS, *jobs.VIEWS),
    alarms=(*offers.ALARMS, *transfers.ALARMS, *jobs.ALARMS),
    publish=publish,
    addressees=addressees,
    topics=tuple(f"{topic.service}.{topic.stream_kind}.{topic.series}" for topic in topics_of("placement")),
    follows=(
        "registry.worker.1",
        "registry.stewardship.1",
        "training.enrolment.1",
        "certification.certificate.1",
    ),
)


def routers(settings: PlacementSettings, store: Store) -> Sequence[APIRouter]:
    """All routes of placement."""
    return *offers.routers(settings, store), *transfers.routers(settings, store), *jobs.routers(settings, store)


PROGRAM: Final = Program(
    service=SERVICE,
    description="Vacancies, transfers between regions, jobs and follow-up. 岗位、协作、跨区域输送与就业跟踪。",
    settings=PlacementSettings,
    routers=routers,
    lies_in=region.lies_in,
)
