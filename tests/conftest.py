"""What tests of the whole share: one province for a session, for it takes ten seconds to start."""

from collections.abc import Iterator

import pytest

from tests.e2e.province import Province, province_of


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever asks a province everything that a document allows comes last: its funds are frozen then, and more."""
    items.sort(key=lambda item: ("conformance" in item.path.parts, item.path.name == "test_openapi.py"))


@pytest.fixture(scope="session")
def province() -> Iterator[Province]:
    """All services of one province as real processes. Tests take counties of their own, and leave the others alone."""
    with province_of("e2e") as running:
        yield running
