"""When another province has read all that this one said before its log was restored, that is noted: so it may grant
again."""

from collections.abc import Iterable
from typing import Any

from contracts.roll import HoldersAnsweredV1
from eventcore import Do, Fact
from eventcore.roll import SayOfRoll, noted

from subsidy.provinces import said_by

TYPES = (HoldersAnsweredV1.type,)


def when_the_roll_is_answered_note_it(fact: Fact[Any]) -> Iterable[Do[SayOfRoll]]:
    match fact.event:
        case HoldersAnsweredV1(incarnation=incarnation):
            yield noted(incarnation, said_by(fact.source))
