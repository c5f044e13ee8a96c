"""What every route of money says of its caller and its region."""

from typing import TypedDict

from eventcore.web import ApiRequest


class By(TypedDict):
    official: str
    organisation: str


def by(request: ApiRequest) -> By:
    """Who acts."""
    return By(official=request.caller.subject, organisation=request.caller.organisation)


def of_the_province(request: ApiRequest) -> None:
    """Funds, batches and the bank are the province's. Problem 403 for a caller from elsewhere."""
    request.require_region(request.web.region)
