"""A county of its own, with workers who are known there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pytest
from lb.people import Person, people
from made_rosters import CSV, roster_of

from tests.conformance.counting import quiet
from tests.conformance.preparing import CITY, COUNTY, Found, Ground, Offices, prepared
from tests.conformance.routes import posts
from tests.conformance.way import Requests, Way
from tests.e2e.province import Province, today

ELSEWHERE = "520300"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Surveys that wait for their review, people whom nobody knows yet, rosters, and what each route finds."""

    surveys: list[str]
    strangers: list[Person]
    imports: list[str]
    """Of the city's own office."""
    found: Found
    grounds: Sequence[Mapping[str, Ground]]
    """Of the registry, one for each turn, by path: what routes are asked in one turn changes nothing for the other."""
    requests: Sequence[Requests]
    """Of the other services, one for each turn."""
    places: dict[str, list[Any]]
    """What readers of the other services find."""


@pytest.fixture(scope="session")
def known(province: Province) -> Known:
    """Recorded in 520526, and applied everywhere."""
    made_up = people(900, 44, today=today(), counties=(COUNTY,))
    offices = Offices(province)
    sent = province.registry.post(
        "/v1/imports",
        content=roster_of(islice(made_up, 1)),
        headers=province.headers("clerk", CITY) | {"Content-Type": CSV},
    )
    surveys = [survey for survey, _ in offices.record([person.survey() for person in islice(made_up, 20)])]
    found = offices.compare()
    grounds = [
        prepared(province, posts("registry"), made_up, Found(run=found.run, conflicts=mine, snapshots=found.snapshots))
        for mine in (found.conflicts[:-1], found.conflicts[-1:])
    ]
    way = Way(province, made_up)
    requests, places = way.requests(), way.places()
    quiet(province)
    return Known(
        surveys=surveys,
        strangers=list(islice(made_up, 40)),
        imports=[sent.json()["import"]],
        found=found,
        grounds=grounds,
        requests=requests,
        places=places,
    )
