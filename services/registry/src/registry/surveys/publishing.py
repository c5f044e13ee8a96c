"""What other services may know of a survey: never a name, a number or who surveyed."""

from typing import assert_never

from contracts.registry import (
    FallenApproval,
    SurveyApprovedV1,
    SurveyFacts,
    SurveyInvalidatedV1,
    SurveyRecordedV1,
    SurveyRejectedV1,
)

from registry.memberships import groups_on
from registry.surveys.events import SurveyApproved, SurveyEvent, SurveyInvalidated, SurveyRecorded, SurveyRejected


def publish(event: SurveyEvent) -> SurveyFacts:
    """Groups are those that held on the day of the survey."""
    groups = groups_on(event.groups, event.surveyed_on)
    match event:
        case SurveyRecorded():
            return SurveyRecordedV1(
                worker=event.worker,
                household_region=event.household_region,
                groups=groups,
                surveyed_on=event.surveyed_on,
                organisation=event.organisation,
                employment_status=event.employment_status,
                employment_form=event.employment_form,
                wishes=event.wishes,
                channel=event.channel,
                capture_method=event.capture_method,
            )
        case SurveyApproved():
            return SurveyApprovedV1(
                worker=event.worker,
                household_region=event.household_region,
                groups=groups,
                surveyed_on=event.surveyed_on,
                organisation=event.organisation,
            )
        case SurveyRejected():
            return SurveyRejectedV1(
                worker=event.worker,
                household_region=event.household_region,
                groups=groups,
                surveyed_on=event.surveyed_on,
                organisation=event.organisation,
                reason=event.reason,
            )
        case SurveyInvalidated():
            return SurveyInvalidatedV1(
                worker=event.worker,
                household_region=event.household_region,
                groups=groups,
                surveyed_on=event.surveyed_on,
                organisation=event.organisation,
                corrects=event.corrects,
                approval=FallenApproval(event=event.approval.event, at=event.approval.at) if event.approval else None,
                reason=event.reason,
            )
        case _:
            assert_never(event)
