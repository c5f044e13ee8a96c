"""A survey of a made-up worker: commands, and the events that they lead to."""

from datetime import UTC, date, datetime

from contracts.memberships import Membership
from eventcore import Seen
from registry.indexes.rotation import InUse
from registry.indexes.signs import Signs
from registry.surveys.commands import ApproveSurvey, Employed, InvalidateSurvey, RecordSurvey, RejectSurvey, Unemployed
from registry.surveys.events import SurveyApproved, SurveyInvalidated, SurveyRecorded, SurveyRejected

MONITORED = Membership(group="MONITORED", valid_from=date(2024, 1, 1))
SIGNS = Signs(name_and_birth=("1.nb",), phone=("1.p",), name_and_phone=("1.np",))
RECORD = RecordSurvey(
    survey="s1",
    surveyor="li",
    organisation="weining-hrss",
    household_region="520526",
    groups=(MONITORED,),
    surveyed_on=date(2026, 3, 2),
    channel="TOWNSHIP_GOVERNMENT",
    capture_method="FIELD_SURVEY",
    employment=Unemployed(wishes=("JOB",)),
    name="王秀英",
    number="520599189003070024",
    phone="13800000000",
    number_index="1.h",
    signs=SIGNS,
    new_worker="w1",
    today=date(2026, 3, 3),
    province="520000",
    made_up_people=True,
)
RECORDED = SurveyRecorded(
    survey="s1",
    worker="w1",
    surveyor="li",
    organisation="weining-hrss",
    household_region="520526",
    groups=(MONITORED,),
    surveyed_on=date(2026, 3, 2),
    channel="TOWNSHIP_GOVERNMENT",
    capture_method="FIELD_SURVEY",
    employment_status="UNEMPLOYED",
    employment_form=None,
    work_region=None,
    wishes=("JOB",),
    corrects=None,
    number_index="1.h",
    signs=SIGNS,
    new_generation=False,
    name="王秀英",
    number="520599189003070024",
    phone="13800000000",
    employer=None,
    contact=None,
)
AT = datetime(2026, 3, 5, 1, tzinfo=UTC)
APPROVE = ApproveSurvey(reviewer="chen", organisation="bijie-hrss", at=AT)
APPROVED = SurveyApproved(
    worker="w1",
    reviewer="chen",
    organisation="bijie-hrss",
    household_region="520526",
    groups=(MONITORED,),
    surveyed_on=date(2026, 3, 2),
    approved_at=AT,
)
REJECT = RejectSurvey(reviewer="chen", organisation="bijie-hrss", reason="INACCURATE")
REJECTED = SurveyRejected(
    worker="w1",
    reviewer="chen",
    organisation="bijie-hrss",
    household_region="520526",
    groups=(MONITORED,),
    surveyed_on=date(2026, 3, 2),
    reason="INACCURATE",
)
INVALIDATE = InvalidateSurvey(official="chen", organisation="bijie-hrss", reason="WRONG_GROUP")
INVALIDATED = SurveyInvalidated(
    worker="w1",
    official="chen",
    organisation="bijie-hrss",
    household_region="520526",
    groups=(MONITORED,),
    surveyed_on=date(2026, 3, 2),
    reason="WRONG_GROUP",
    corrects="survey-s1/1",
    approval=None,
)
INDEX: dict[tuple[str, str], object] = {("rotation", "numbers"): InUse()}
ONE_INDEX = Seen(states=INDEX)
"""What recording a survey looks at, where nothing was ever rotated."""
EMPLOYED = Employed(form="ENTERPRISE", region="440112", employer="粤安电子厂", contact="0208888888")
