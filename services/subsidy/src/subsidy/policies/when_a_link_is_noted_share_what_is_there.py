"""When two ids are found to be one person, the one that stands for the other learns what is noted there, however long
before the link it was."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from subsidy.claims.dossier.dossier import DOSSIER, DossierCommand
from subsidy.claims.dossier.events import PersonNoted
from subsidy.claims.dossier.sharing import ShareNotes


def when_a_link_is_noted_share_what_is_there(fact: Fact[Any]) -> Iterable[Do[DossierCommand]]:
    event = fact.event
    if isinstance(event, PersonNoted) and event.person != event.worker:
        yield Do(DOSSIER, event.worker, ShareNotes(worker=event.worker, other=event.person))
