"""When a base is revoked with effect on what was completed there, its classes fall, and with them what their trainees
completed."""

from collections.abc import Iterable
from typing import Any

from contracts.training import BaseRevokedV1
from eventcore import Do, Fact

from subsidy.claims.dossier.dossier import DOSSIER, Note
from subsidy.claims.dossier.events import FallenClassNoted
from subsidy.claims.dossier.parts import Said
from subsidy.claims.rosters.base import BASE, NoteBaseFall
from subsidy.claims.rosters.events import BaseFallNoted, ClassFallNoted
from subsidy.claims.rosters.roster import ROSTER, NoteClassFall

TYPES = (BaseRevokedV1.type,)


def when_a_base_is_revoked_its_classes_and_trainees_are_concerned(fact: Fact[Any]) -> Iterable[Do[Any]]:
    match fact.event:
        case BaseRevokedV1(institution=institution, void_from=day) if day is not None:
            said = Said(fact=fact.id, order=fact.version)
            yield Do(BASE, institution, NoteBaseFall(institution=institution, void_from=day, said=said))
        case BaseFallNoted(void_from=day, said=said, classes=classes):
            for each in classes:
                yield Do(ROSTER, each, NoteClassFall(training_class=each, void_from=day, said=said))
        case ClassFallNoted(training_class=training_class, said=said, workers=workers):
            for worker in workers:
                fallen = FallenClassNoted(worker=worker, training_class=training_class, said=said, concerns=())
                yield Do(DOSSIER, worker, Note(fallen))
        case _:
            return
