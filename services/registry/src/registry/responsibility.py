"""Who is responsible for a worker, as every stream but the worker's own sees it: by guards, which the door checks."""

from collections.abc import Mapping
from typing import Final

from contracts.region import province_of
from eventcore import Rejected, Seen

ELSEWHERE: Final = "steward-elsewhere"
"""Guard: worker -> the province that is responsible, where it is not this one."""
GUEST: Final = "guest"
"""Guard: worker of another home, whom this province is responsible for -> the home."""


class NotSteward(Rejected):
    """Another province is responsible for this worker now."""

    code = "not_steward"

    def __init__(self, steward: str) -> None:
        super().__init__(steward)
        self.steward = steward

    def members(self) -> Mapping[str, str]:
        """Who is responsible."""
        return {"steward": self.steward}


def require_responsible(worker: str, seen: Seen) -> None:
    """Refuses what only the responsible province may do. NotSteward."""
    if steward := seen.holder(ELSEWHERE, worker):
        raise NotSteward(steward)


def require_guest(worker: str, household_region: str, seen: Seen) -> None:
    """Refuses what only the province may do that is responsible for the guest, also where nobody looked. NotSteward."""
    if seen.holder(GUEST, worker) is None:
        raise NotSteward(seen.holder(ELSEWHERE, worker) or province_of(household_region))
