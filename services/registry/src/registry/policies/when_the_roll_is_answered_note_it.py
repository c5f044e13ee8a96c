"""When another province has read all that this one said before its log was restored, that is noted: so it may grant
again."""

from collections.abc import Iterable
from typing import Any

from contracts.roll import StewardsAnsweredV1
from eventcore import Do, Fact
from eventcore.roll import SayOfRoll, noted

from registry.telling import teller


def when_the_roll_is_answered_note_it(fact: Fact[Any]) -> Iterable[Do[SayOfRoll]]:
    match fact.event:
        case StewardsAnsweredV1(incarnation=incarnation) if region := teller(fact, "registry"):
            yield noted(incarnation, region)
