"""The office where claims are decided."""

import pytest
from claims_office import opened
from served import Served


@pytest.fixture
async def office(subsidy: Served) -> Served:
    """The four packs are published, and the handler `hu` may decide."""
    return await opened(subsidy)
