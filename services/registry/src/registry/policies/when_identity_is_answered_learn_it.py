"""When the province that owns a number answers who that is, whoever waits here knows it."""

from collections.abc import Iterable
from typing import Any

from contracts.identity import IdentityAnsweredV1
from eventcore import Do, Fact

from registry.identity.asking import ASK, AskCommand, LearnIdentity
from registry.telling import teller


def when_identity_is_answered_learn_it(fact: Fact[Any]) -> Iterable[Do[AskCommand]]:
    """It is sent to nobody but who asked: that is this province."""
    match fact.event:
        case IdentityAnsweredV1(ask=ask, to=(province,)) as answered if by := teller(fact, "registry"):
            command = LearnIdentity(ask=ask, worker=answered.worker, home=answered.home, by=by, province=province)
            yield Do(ASK, ask, command)
