"""When the holder does not give it back, or home does not give it, that is noted where somebody waits: a case."""

from collections.abc import Iterable
from typing import Any

from contracts.stewardship import StewardshipRefusedV1
from eventcore import Do, Fact

from registry.stewardship.commands import NoteDenial, NoteRecallRefusal
from registry.stewardship.ledger import LEDGER
from registry.stewardship.tenure import TENURE
from registry.telling import teller


def when_stewardship_is_refused_a_person_looks(fact: Fact[Any]) -> Iterable[Do[Any]]:
    match fact.event:
        case StewardshipRefusedV1(worker=worker, region=region, reason=reason) as refused:
            if teller(fact, "registry") != region:
                return
            if region == refused.home:
                yield Do(TENURE, worker, NoteDenial(worker=worker, home=region, reason=reason))
            else:
                noted = NoteRecallRefusal(worker=worker, epoch=refused.epoch, region=region, reason=reason)
                yield Do(LEDGER, worker, noted)
