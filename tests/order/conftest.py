"""Where a run happens."""

from pathlib import Path

import pytest
from lb.local.blocking import run_apart
from lb.local.databases import MakeDatabase, with_database
from logs import APP, LogUrls, lay

from tests.order.group import Place


@pytest.fixture
def place(postgres_database: MakeDatabase, tmp_path: Path) -> Place:
    """An empty log and an empty folder."""
    owner = postgres_database()
    run_apart(lambda: lay(owner))
    return Place(urls=LogUrls(owner, with_database(owner, owner.rpartition("/")[2], user=APP)), folder=tmp_path)


@pytest.fixture
def connected_place(place: Place, kafka_server: str, kafka_prefix: str) -> Place:
    """With a broker."""
    return Place(urls=place.urls, folder=place.folder, bootstrap=kafka_server, prefix=kafka_prefix)
