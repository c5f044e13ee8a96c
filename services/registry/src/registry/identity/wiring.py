"""Identities: their parts of the service, for `app.py`."""

from collections.abc import Sequence
from typing import Any, Final

from contracts.identity import IdentityAnsweredV1, IdentityAskedV1
from eventcore import Decider
from eventcore.deeds import Deeds
from eventcore.readers import Pages, Policy, Work
from eventcore.store import Store
from fastapi import APIRouter

from registry.border import Border
from registry.identity import api
from registry.identity.answering import ANSWER
from registry.identity.asking import ASK
from registry.identity.owning import SENTENCE, Owner
from registry.policies.when_identity_is_answered_learn_it import when_identity_is_answered_learn_it
from registry.settings import RegistrySettings
from registry.vault import NumberIndex

DECIDERS: Final[tuple[Decider[Any, Any, Any], ...]] = (ASK, ANSWER)
POLICIES: Final = (
    Policy(
        "when_identity_is_answered_learn_it",
        when_identity_is_answered_learn_it,
        foreign=(IdentityAnsweredV1.type,),
    ),
)
FOREIGN: Final = (IdentityAskedV1.type,)


def works(settings: RegistrySettings, store: Store, border: Border, pages: Pages) -> Sequence[Work]:
    """The reader that answers."""
    owner = Owner(store, border, NumberIndex(settings.index_key()), made_up_people=settings.made_up_people)
    return (Deeds(SENTENCE, store.pool, pages, owner.answer),)


def routers(asking: api.Asking) -> Sequence[APIRouter]:
    return (api.routes(asking),)
