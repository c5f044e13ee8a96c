"""When the registry asks for, or holds, the stewardship of a worker who is at home elsewhere, the home is noted in the
worker's dossier."""

from collections.abc import Iterable
from typing import Any

from contracts.stewardship import StewardshipHeldV1, StewardshipRequestedV1
from eventcore import Do, Fact

from subsidy.claims.dossier.border_events import HomeNoted
from subsidy.claims.dossier.dossier import DOSSIER, DossierCommand, Note
from subsidy.claims.dossier.parts import Said
from subsidy.provinces import said_by

TYPES = (StewardshipRequestedV1.type, StewardshipHeldV1.type)


def when_a_guest_is_told_of_note_the_home(fact: Fact[Any]) -> Iterable[Do[DossierCommand]]:
    """Several streams may say so, and all say the same: a home does not move."""
    event = fact.event
    if isinstance(event, StewardshipRequestedV1 | StewardshipHeldV1) and event.home != said_by(fact.source):
        said = Said(fact=fact.id, order=0)
        yield Do(DOSSIER, event.worker, Note(HomeNoted(worker=event.worker, home=event.home, said=said, concerns=())))
