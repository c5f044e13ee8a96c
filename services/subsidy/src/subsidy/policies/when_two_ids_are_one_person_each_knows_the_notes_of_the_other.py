"""When two ids are one person, each dossier knows what was noted of the other; when they are not, it does not."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from subsidy.claims.dossier.dossier import DOSSIER, DossierCommand
from subsidy.claims.dossier.sharing import GiveBack, TakeOver
from subsidy.claims.dossier.sharing_events import NotesShared, SharingEnded


def when_two_ids_are_one_person_each_knows_the_notes_of_the_other(fact: Fact[Any]) -> Iterable[Do[DossierCommand]]:
    match fact.event:
        case NotesShared(worker=worker, other=other, notes=notes):
            yield Do(DOSSIER, other, TakeOver(worker=other, other=worker, notes=notes, because=fact.id))
        case SharingEnded(worker=worker, other=other):
            yield Do(DOSSIER, other, GiveBack(worker=other, other=worker, because=fact.id))
