"""Composition root: the only place where subsidy is wired."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

from contracts import dialect, region
from contracts.addressed import addressees
from contracts.catalogue import topics_of
from eventcore.database import Pool
from eventcore.deeds import all_have_read, was_restored
from eventcore.readers import Work
from eventcore.roll import ROLL
from eventcore.service import Service
from eventcore.serving import Program
from eventcore.store import Store
from eventcore.web import catalogue_file
from fastapi import APIRouter

from subsidy.claims import wiring as claims
from subsidy.claims.claim import CLAIM
from subsidy.claims.reservations.remembering import ledger_is_whole
from subsidy.claims.reservations.reservation import RESERVATION
from subsidy.money import wiring as money
from subsidy.packs import wiring as packs
from subsidy.publishing import publish
from subsidy.settings import SubsidySettings

catalogue_file(files("subsidy") / "problems.csv")

SERVICE: Final = Service(
    name="subsidy",
    dialect=dialect,
    migrations=Path(__file__).resolve().parents[2] / "migrations",
    deciders=(*packs.DECIDERS, *claims.DECIDERS, *money.DECIDERS),
    policies=(*claims.POLICIES, *money.POLICIES),
    views=(*packs.VIEWS, *claims.VIEWS, *money.VIEWS),
    alarms=(*claims.ALARMS, *money.ALARMS),
    publish=publish,
    addressees=addressees,
    crossing=(CLAIM, RESERVATION, ROLL),
    topics=tuple(f"{topic.service}.{topic.stream_kind}.{topic.series}" for topic in topics_of("subsidy")),
    follows=(
        "registry.worker.1",
        "registry.survey.1",
        "training.institution.1",
        "training.enrolment.1",
        "training.student.1",
        "certification.certificate.1",
        "placement.career.1",
        "registry.stewardship.1",
    ),
)


def routers(settings: SubsidySettings, store: Store) -> Sequence[APIRouter]:
    """All routes of subsidy."""
    return *packs.routers(settings, store), *claims.routers(settings, store), *money.routers(settings, store)


def works(settings: SubsidySettings, store: Store) -> Sequence[Work]:
    """Readers that are neither views nor policies: what remembers reservations, and what speaks to the bank."""
    return (
        *claims.works(store, lambda codecs, types: SERVICE.pages(store.pool, codecs, types)),
        *money.works(settings, store, lambda codecs: SERVICE.pages(store.pool, codecs, ()), is_settled),
    )


async def is_settled(pool: Pool) -> bool:
    """Whether anything may be paid: a restored log has heard again what it lost, and everything that follows from it is
    decided."""
    heard = await ledger_is_whole(pool)
    return heard and (not await was_restored(pool) or await all_have_read(pool, (p.name for p in SERVICE.policies)))


PROGRAM: Final = Program(
    service=SERVICE,
    description="What is owed by which rule, paid once, and explained. 补贴规则、核定、支付与对账。",
    settings=SubsidySettings,
    routers=routers,
    lies_in=region.lies_in,
    works=works,
)
