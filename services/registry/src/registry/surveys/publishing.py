"""What other services may know of a survey: never a name, a number or who surveyed."""

from typing import assert_never

from contracts.memberships import groups_on
from contracts.registry import (
    SurveyApprovedV1,
    SurveyFacts,
    SurveyInvalidatedV1,
    SurveyRecordedV1,
    SurveyRejectedV1,
)

from registry.surveys.events import SurveyApproved, SurveyEvent, SurveyInvalidated, SurveyRecorded, SurveyRejected
from registry.telling import told


def publish(event: SurveyEvent) -> SurveyFacts:
    """Groups are those that held on the day of the survey."""
    return told(_public(event), event, groups=groups_on(event.groups, event.surveyed_on))


def _public(event: SurveyEvent) -> type[SurveyFacts]:
    match event:
        case SurveyRecorded():
            return SurveyRecordedV1
        case SurveyApproved():
            return SurveyApprovedV1
        case SurveyRejected():
            return SurveyRejectedV1
        case SurveyInvalidated():
            return SurveyInvalidatedV1
        case _:
            assert_never(event)
