"""A bank that makes no mistakes."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from bank.mishaps import NO_MISHAPS
from bank_customer import Customer


@pytest.fixture
def quiet(tmp_path: Path) -> Iterator[Customer]:
    """A bank without mishaps."""
    customer = Customer(tmp_path, NO_MISHAPS)
    with closing(customer.book):
        yield customer
