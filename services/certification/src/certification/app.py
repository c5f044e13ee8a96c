"""Composition root: the only place where certification is wired."""

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

from certification import wiring
from certification.assessments import api as assessments
from certification.assessments.lists import listed
from certification.assessments.score_files import files as files_of_scores
from certification.bodies import api as bodies
from certification.bodies.catalogue import catalogue
from certification.certificates import api as certificates
from certification.checks import api as checks
from certification.checks.misses import Misses
from certification.checks.registry import Registry
from certification.classes.api import classes
from certification.publishing import publish
from certification.rules.api import rules
from certification.settings import CertificationSettings

catalogue_file(files("certification") / "problems.csv")

SERVICE: Final = Service(
    name="certification",
    dialect=dialect,
    migrations=Path(__file__).resolve().parents[2] / "migrations",
    deciders=wiring.DECIDERS,
    policies=wiring.POLICIES,
    views=wiring.VIEWS,
    publish=publish,
    topics=tuple(f"{topic.service}.{topic.stream_kind}.{topic.series}" for topic in topics_of("certification")),
    follows=("registry.worker.1", "training.class.1", "training.enrolment.1"),
)


def routers(settings: CertificationSettings, store: Store) -> Sequence[APIRouter]:
    """All routes of certification."""
    return (
        bodies.routes(),
        catalogue,
        assessments.routes(assessments.Routes()),
        listed,
        files_of_scores,
        rules,
        classes,
        certificates.routes(),
        checks.routes(
            checks.Routes(
                misses=Misses(pool=store.pool, address_header=settings.address_header),
                registry=Registry(url=settings.registry_url, token=settings.registry_token),
            )
        ),
    )


PROGRAM: Final = Program(
    service=SERVICE,
    description="Assessments, certificates, and whether one holds. 技能评价、证书与查验。",
    settings=CertificationSettings,
    routers=routers,
    lies_in=region.lies_in,
)
