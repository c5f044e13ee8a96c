"""The demonstration's way, gone once for all tests, and offices for ways of a test's own."""

import itertools
from collections.abc import Callable, Iterator
from typing import TypeAlias

import pytest
from lb.local.blocking import run_apart
from lb.people import Person, people

from tests.e2e.province import Province, today
from tests.e2e.sent import Sent, send
from tests.e2e.yuan import Yuan, designate, walk

COUNTY = "520602"
MakePerson: TypeAlias = Callable[[], Person]


@pytest.fixture(scope="session")
def sent(province: Province) -> Sent:
    """The surveys and reviews of two counties, sent and applied everywhere."""
    found = send(province)
    province.settle()
    return found


@pytest.fixture(scope="session")
def _strangers() -> Iterator[Person]:
    return itertools.islice(people(1_000, 42, today=today(), counties=(COUNTY,)), 100, None)


@pytest.fixture
def person(_strangers: Iterator[Person]) -> Person:
    """Somebody of 520602 whom nobody knows yet."""
    return next(_strangers)


@pytest.fixture(scope="session")
def yuan(province: Province) -> Yuan:
    """A class of four, from the survey to the last fen."""
    return run_apart(lambda: walk(province, *designate(province)))
