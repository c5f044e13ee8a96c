"""One event of each kind of workers' groups, wishes, designation and households, and of trainee lists, whole."""

from datetime import date
from typing import Any, Final

from contracts.memberships import Membership
from registry.households.events import (
    HeadNamed,
    HouseholdMoved,
    HouseholdRegistered,
    HouseholdStatusChanged,
    HouseholdSurveyed,
    MemberAdded,
    MemberFound,
    MemberRemoved,
    StatusPeriod,
)
from registry.trainee_lists.events import Receiver, TraineeListPublished, TraineeListReceived
from registry.workers.events import (
    AttentionEnded,
    AttentionOrdered,
    DeathWithdrawn,
    DesignationEnded,
    EligibilityAssessed,
    HouseholdJoined,
    HouseholdLeft,
    TraineeDesignated,
    WishesRecorded,
    WorkerDeceased,
    WorkerGroupAssigned,
    WorkerGroupEnded,
    WorkerGroupWithdrawn,
    WorkerMoved,
    WorkerSurveyed,
    WorkerSurveyWithdrawn,
)

WORKER: Final = "0195a001-0000-7000-8000-000000000001"
SURVEY: Final = "survey-0195a002-0000-7000-8000-000000000002"
HOUSEHOLD: Final = "0195a004-0000-7000-8000-000000000004"
LIST: Final = "0195a005-0000-7000-8000-000000000005"
BY: Final[dict[str, Any]] = {"official": "zhao", "organisation": "520500-hrss"}
DAY: Final = date(2026, 3, 2)
LIFTED: Final = StatusPeriod(status="POVERTY_LIFTED", valid_from=date(2021, 1, 1), valid_to=date(2025, 1, 1))

WORKERS: Final[tuple[Any, ...]] = (
    WorkerSurveyed(
        worker=WORKER,
        survey=SURVEY,
        surveyed_on=DAY,
        household_region="520526",
        groups=(Membership(group="MONITORED", valid_from=date(2024, 1, 1)),),
        employment_status="EMPLOYED",
        employment_form="ENTERPRISE",
        work_region="440112",
        wishes=("VOCATIONAL_TRAINING",),
        new_generation=True,
    ),
    WorkerSurveyWithdrawn(
        worker=WORKER,
        survey=SURVEY,
        household_region="520524",
        surveyed_on=date(2025, 3, 2),
        employment_status="UNEMPLOYED",
    ),
    WorkerGroupAssigned(
        worker=WORKER,
        group="HARD_TO_EMPLOY",
        valid_from=date(2026, 1, 1),
        valid_to=date(2027, 1, 1),
        evidence="威人社就〔2026〕12号",
        basis="OFFICE",
        **BY,
    ),
    WorkerGroupEnded(
        worker=WORKER,
        group="HARD_TO_EMPLOY",
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 6, 1),
        evidence="威人社就〔2026〕99号",
        basis="OFFICE",
        **BY,
    ),
    WorkerGroupWithdrawn(
        worker=WORKER, group="MONITORED", valid_from=date(2024, 1, 1), evidence=SURVEY, organisation="520500-hrss"
    ),
    WishesRecorded(
        worker=WORKER, wishes=("JOB",), recorded_on=DAY, evidence="威人社就〔2026〕12号", basis="OFFICE", **BY
    ),
    EligibilityAssessed(
        worker=WORKER,
        eligible=False,
        able_to_work=True,
        grounds=("KEY_COUNTY_POOR",),
        reason="AT_SCHOOL",
        assessed_on=DAY,
        **BY,
    ),
    TraineeDesignated(
        worker=WORKER,
        plan="520000-2026",
        designated_on=DAY,
        priority=("POOR_HOUSEHOLD", "HARD_TO_EMPLOY"),
        evidence="黔人社训〔2026〕3号",
        **BY,
    ),
    DesignationEnded(worker=WORKER, plan="520000-2026", reason="WITHDRAWN", **BY),
    AttentionOrdered(worker=WORKER, reason="LOST_JOB", until=date(2026, 9, 1), **BY),
    AttentionEnded(worker=WORKER, cause="DECISION", **BY),
    HouseholdJoined(worker=WORKER, household=HOUSEHOLD, joined_on=date(2015, 6, 1)),
    HouseholdLeft(worker=WORKER, household=HOUSEHOLD, left_on=DAY),
    WorkerMoved(
        worker=WORKER,
        household_region="520524",
        valid_from=DAY,
        evidence=f"household-{HOUSEHOLD}/2",
        basis="HOUSEHOLD",
        organisation="520500-hrss",
    ),
    DeathWithdrawn(
        worker=WORKER,
        corrects=f"worker-{WORKER}/9",
        died_on=DAY,
        household=HOUSEHOLD,
        plan="520000-2026",
        attention="LOST_JOB",
        evidence="威公户〔2026〕9号",
        **BY,
    ),
    WorkerDeceased(worker=WORKER, died_on=DAY, household=HOUSEHOLD, evidence="威公户〔2026〕7号", **BY),
)

HOUSEHOLDS: Final[tuple[Any, ...]] = (
    HouseholdRegistered(household=HOUSEHOLD, region="520526", registered_on=DAY, evidence="威乡振〔2026〕1号", **BY),
    HouseholdMoved(
        household=HOUSEHOLD, region="520524", moved_on=DAY, workers=(WORKER,), evidence="威公户〔2026〕8号", **BY
    ),
    MemberAdded(
        household=HOUSEHOLD,
        member=1,
        worker=WORKER,
        relation="CHILD",
        age_group="UNDER_16",
        joined_on=date(2015, 6, 1),
        statuses=(LIFTED,),
        **BY,
    ),
    MemberRemoved(household=HOUSEHOLD, member=1, worker=WORKER, left_on=DAY, reason="MOVED", statuses=(LIFTED,), **BY),
    HeadNamed(household=HOUSEHOLD, member=2, before=1, relation_of_before="PARENT", named_on=DAY, **BY),
    HouseholdSurveyed(
        household=HOUSEHOLD,
        surveyed_on=DAY,
        surveyor="li",
        organisation="520526-hrss",
        members=(MemberFound(member=1, situation="LEAVER_PAST", wishes=("TECHNICAL_SCHOOL",)),),
    ),
    HouseholdStatusChanged(
        household=HOUSEHOLD,
        region="520526",
        status="MONITORED",
        valid_from=date(2025, 1, 1),
        valid_to=date(2026, 1, 1),
        before=LIFTED,
        workers=(WORKER,),
        evidence="威乡振〔2026〕2号",
        **BY,
    ),
)

LISTS: Final[tuple[Any, ...]] = (
    TraineeListPublished(
        trainee_list=LIST,
        region="520526",
        plan="520000-2026",
        trainees=(WORKER,),
        receivers=(
            Receiver(kind="LABOUR_DEPARTMENT", organisation="520526-hrss"),
            Receiver(kind="TRAINING_INSTITUTION", organisation="bijie-tech"),
        ),
        published_on=DAY,
        due_on=date(2026, 3, 7),
        **BY,
    ),
    TraineeListReceived(trainee_list=LIST, receiver="bijie-tech", received_on=DAY, by="wen"),
)
SAMPLES: Final = (*WORKERS, *HOUSEHOLDS, *LISTS)
