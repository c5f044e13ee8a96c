"""Surveys as records of other systems, and back."""

from collections.abc import Mapping
from typing import Any, Final

from contracts.memberships import groups_on
from contracts.survey import EMPLOYED

from registry.surveys.events import SurveyRecorded

POOR: Final = frozenset({"POOR_HOUSEHOLD", "REGISTERED_POOR", "POVERTY_LIFTED", "MONITORED"})
"""In the words of any of the policies."""
CHANNEL: Final = "PUBLIC_EMPLOYMENT_SERVICE"
"""Who runs the platforms that send surveys."""


def record(survey: SurveyRecorded, shown: Mapping[str, str | None]) -> dict[str, str]:
    """By our names of the fields; what is not known is not there. `shown`: what a disclosure opened."""
    poor = POOR & set(groups_on(survey.groups, survey.surveyed_on))
    fields = {
        **{name: shown.get(name) for name in ("name", "number", "phone", "employer", "contact")},
        "household_region": survey.household_region,
        "poverty": "YES" if poor else "NO",
        "employment_status": survey.employment_status,
        "employment_form": survey.employment_form,
        "work_region": survey.work_region,
        "wishes": ",".join(sorted(survey.wishes)),
        "surveyed_on": survey.surveyed_on.isoformat(),
    }
    return {name: value for name, value in fields.items() if value}


def body(values: Mapping[str, str]) -> dict[str, Any]:
    """The body of a survey that comes from a system."""
    wishes = [each for each in values.get("wishes", "").split(",") if each]
    employment: dict[str, Any] = {"status": values["employment_status"], "wishes": wishes}
    if values["employment_status"] == EMPLOYED:
        employment |= {
            "form": values.get("employment_form"),
            "region": values.get("work_region"),
            "employer": values.get("employer"),
            "contact": values.get("contact"),
        }
    return {
        "name": values["name"],
        "number": values["number"],
        "phone": values.get("phone"),
        "household_region": values["household_region"],
        "groups": [],
        "surveyed_on": values["surveyed_on"],
        "channel": CHANNEL,
        "capture_method": "INFORMATION_SHARING",
        "employment": employment,
    }
