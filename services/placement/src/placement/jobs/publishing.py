"""What other services may know of this folder's events."""

from typing import get_args

from contracts.public_event import PublicEvent

from placement.jobs.careers import publishing as careers
from placement.jobs.careers.events import CareerEvent
from placement.jobs.employments import publishing as employments
from placement.jobs.employments.events import EmploymentEvent
from placement.jobs.followups import publishing as followups
from placement.jobs.followups.events import FollowUpEvent


def publish(event: object) -> PublicEvent | None:
    """The public event of a private one; None: it stays at home, or it is of another folder."""
    if isinstance(event, get_args(EmploymentEvent)):
        return employments.publish(event)
    if isinstance(event, get_args(CareerEvent)):
        return careers.publish(event)
    return followups.publish(event) if isinstance(event, get_args(FollowUpEvent)) else None
