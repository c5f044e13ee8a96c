"""Whether the caller may, by the region and the institution that a stream says."""

from typing import Final

from eventcore.web import ApiRequest, CommandRequest, Problem

INSTITUTION_OFFICE: Final = "institution"
"""The kind of office whose organisation is an institution, by its credit code."""


def require_office(request: ApiRequest | CommandRequest, institution: str, region: str) -> None:
    """An institution acts for itself; every other office in its region. Problem."""
    if request.caller.office != INSTITUTION_OFFICE:
        request.require_region(region)
        return
    request.leave_region_to_rules()
    if request.caller.organisation != institution:
        raise Problem("institution_not_yours")
