"""A folder for servers of a test's own; if the test is killed, the next session ends and removes them."""

from collections.abc import Iterator

import pytest
from lb.local.sessions import Session, open_session
from lb.paths import find_project


@pytest.fixture
def own_session() -> Iterator[Session]:
    """Below the project's run folder, as `lb` uses it: PostgreSQL's user may not reach pytest's own folders."""
    session = open_session(find_project().runs / "test")
    yield session
    session.close()
