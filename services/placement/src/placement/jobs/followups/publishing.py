"""What others may know of follow-up: who is unemployed. Visits and help stay at home."""

from typing import assert_never

from contracts.employment import UnemploymentRegisteredV1
from contracts.region import province_of

from placement.jobs.followups.events import (
    FollowUpEvent,
    HelpAssigned,
    JobBegun,
    JobOver,
    UnemploymentNoted,
    UnemploymentRegistered,
    VisitDue,
    VisitMade,
)


def publish(event: FollowUpEvent) -> UnemploymentRegisteredV1 | None:
    match event:
        case UnemploymentRegistered():
            home, here = province_of(event.home), province_of(event.region)
            return UnemploymentRegisteredV1(
                to=() if home == here else (home,),
                worker=event.worker,
                region=event.region,
                registered_on=event.registered_on,
                organisation=event.organisation,
            )
        case JobBegun() | JobOver() | VisitDue() | VisitMade() | HelpAssigned() | UnemploymentNoted():
            return None
        case _:
            assert_never(event)
