"""What every route of money says of its region."""

from eventcore.web import ApiRequest


def of_the_province(request: ApiRequest) -> None:
    """Funds, batches and the bank are the province's. Problem 403 for a caller from elsewhere."""
    request.require_region(request.web.region)
