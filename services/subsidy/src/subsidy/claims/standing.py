"""In one word how a claim stands."""

from typing import Literal, TypeAlias

from subsidy.claims.events import ClaimReady
from subsidy.claims.state import Opened

Standing: TypeAlias = Literal["WAITING", "READY", "HELD", "APPROVED", "REFUSED"]


def standing(claim: Opened) -> Standing:
    if claim.decision:
        return claim.decision.made.outcome
    if claim.held:
        return "HELD"
    return "READY" if isinstance(claim.standing, ClaimReady) else "WAITING"
