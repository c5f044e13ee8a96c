"""What the composition root takes of the search."""

from collections.abc import Sequence

from fastapi import APIRouter

from registry.indexes.person_index import PersonIndex
from registry.pace import Pace
from registry.search import api
from registry.settings import RegistrySettings


def routers(settings: RegistrySettings) -> Sequence[APIRouter]:
    """The search of one worker."""
    return (api.routes(PersonIndex(settings.index_key()), Pace(settings.searches_a_minute)),)
