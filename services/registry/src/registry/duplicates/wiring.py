"""What the composition root takes of duplicates: views, policies, routes."""

from collections.abc import Sequence
from typing import Final

from eventcore.readers import Policy
from fastapi import APIRouter

from registry.duplicates import api, candidates
from registry.duplicates.views.conflicts import CODEC, LINK_CONFLICTS, link_conflicts
from registry.duplicates.views.signs import SIGNS
from registry.policies.when_canonical_changed_compare_both_workers import when_canonical_changed_compare_both_workers
from registry.policies.when_duplicate_decided_tell_the_other_worker import when_duplicate_decided_tell_the_other_worker
from registry.settings import RegistrySettings

VIEWS: Final = (SIGNS, LINK_CONFLICTS)
POLICIES: Final = (
    Policy("when_duplicate_decided_tell_the_other_worker", when_duplicate_decided_tell_the_other_worker, own=(CODEC,)),
    Policy("when_canonical_changed_compare_both_workers", when_canonical_changed_compare_both_workers, own=(CODEC,)),
)


def routers(settings: RegistrySettings) -> Sequence[APIRouter]:
    """Candidates, decisions and conflicts."""
    return candidates.routes(settings.phone_sharers), api.routes(), link_conflicts
