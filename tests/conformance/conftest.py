"""A county of its own, with workers who are known there."""

from dataclasses import dataclass

import pytest
from lb.people import Person, people

from tests.e2e.province import Province, today

COUNTY = "520526"
CITY = "520500"
ELSEWHERE = "520300"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Surveys that wait for their review, the workers they are about, and people whom nobody knows yet."""

    surveys: list[str]
    workers: list[str]
    strangers: list[Person]


@pytest.fixture(scope="session")
def known(province: Province) -> Known:
    """Recorded in 520526, and applied everywhere."""
    made_up = list(people(80, 44, today=today(), counties=(COUNTY,)))
    answer = province.registry.post(
        "/v1/survey-batches",
        json={"surveys": [person.survey() for person in made_up[:40]]},
        headers=province.headers("surveyor", COUNTY),
    )
    results = [result["answer"] for result in answer.json()["results"]]
    province.settle()
    return Known(
        surveys=[result["survey"] for result in results],
        workers=[result["worker"] for result in results],
        strangers=made_up[40:],
    )
