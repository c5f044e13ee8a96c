"""Claims and dossiers as the log has them, for routes."""

from eventcore.web import ApiRequest

from subsidy.claims.claim import CLAIM
from subsidy.claims.state import Opened


async def within_reach(request: ApiRequest, key: str) -> tuple[Opened, int]:
    """The claim, which is there and lies in the caller's region. Problem."""
    found, version = await request.web.store.state(CLAIM, key)
    if not isinstance(found, Opened):
        raise request.not_there()
    request.require_region(found.region)
    return found, version


def is_own(request: ApiRequest, worker: str) -> bool:
    """Whether the caller is that worker."""
    return request.caller.office == "worker" and request.caller.subject == worker
