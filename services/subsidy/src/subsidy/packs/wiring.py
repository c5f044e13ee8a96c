"""What the service gets from this folder."""

from collections.abc import Sequence
from typing import Any, Final

from eventcore.clock import CLOCK
from eventcore.decider import Decider
from eventcore.readers import View
from eventcore.store import Store
from fastapi import APIRouter

from subsidy.packs import api, what_can_i_get_api
from subsidy.packs.rule_pack import RULE_PACK
from subsidy.packs.simulation_api import simulations
from subsidy.packs.views.decisions import DECISIONS
from subsidy.packs.views.published import PUBLISHED
from subsidy.settings import SubsidySettings

DECIDERS: Final[Sequence[Decider[Any, Any, Any]]] = (RULE_PACK,)
VIEWS: Final[Sequence[View[Any]]] = (PUBLISHED, DECISIONS)


def routers(settings: SubsidySettings, store: Store) -> Sequence[APIRouter]:
    """Routes of this folder."""
    return api.routes(api.Routes(clock=CLOCK)), what_can_i_get_api.routes(CLOCK), simulations
