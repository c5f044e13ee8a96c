"""A death that was recorded wrongly is taken back by another person; what ended by it is shown, and stays ended."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from contracts.registry import WorkerDeathWithdrawnV1
from eventcore import Rejected, fold
from eventcore.testing import given
from registry.privacy.events import PersonalDataErased
from registry.privacy.state import PersonalDataGone
from registry.publishing import published
from registry.workers import refusals
from registry.workers.commands import JoinHousehold, RecordDeath, WithdrawDeath
from registry.workers.events import (
    AttentionOrdered,
    DeathWithdrawn,
    HouseholdJoined,
    HouseholdLeft,
    TraineeDesignated,
    WorkerDeceased,
    WorkerEvent,
    WorkerRegistered,
)
from registry.workers.linking_events import CanonicalChanged
from registry.workers.linking_refusals import WorkerIsLinked
from registry.workers.state import known
from registry.workers.worker import WORKER

DAY = date(2026, 11, 1)
WU: dict[str, Any] = {"official": "wu", "organisation": "weining"}
SUN: dict[str, Any] = {"official": "sun", "organisation": "weining"}
HISTORY: tuple[WorkerEvent, ...] = (
    WorkerRegistered(worker="w1", survey="survey-s1", household_region="520526", groups=()),
    HouseholdJoined(worker="w1", household="h1", joined_on=date(2020, 1, 1)),
    TraineeDesignated(worker="w1", plan="520000-2026", designated_on=DAY, priority=(), evidence="1号", **SUN),
    AttentionOrdered(worker="w1", reason="LOST_JOB", until=date(2027, 1, 1), **SUN),
)
DIED = WorkerDeceased(worker="w1", died_on=DAY, household="h1", evidence="证明2026-7", **WU)
LEFT = HouseholdLeft(worker="w1", household="h1", left_on=DAY)
TAKE_BACK = WithdrawDeath(evidence="证明2026-9", **SUN)
WITHDRAWN = DeathWithdrawn(
    worker="w1",
    corrects="worker-w1/5",
    died_on=DAY,
    household="h1",
    plan="520000-2026",
    attention="LOST_JOB",
    evidence="证明2026-9",
    **SUN,
)


def test_another_person_takes_a_death_back_and_says_what_had_ended_by_it() -> None:
    given(WORKER, *HISTORY, DIED, LEFT).when(TAKE_BACK).then(WITHDRAWN)
    given(WORKER, *HISTORY, DIED, LEFT, WITHDRAWN).when(TAKE_BACK).then()


def test_nobody_takes_back_what_they_recorded_themselves() -> None:
    own = replace(TAKE_BACK, official="wu")
    given(WORKER, *HISTORY, DIED).when(own).rejected(refusals.OwnDeathRecord)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ((), refusals.NoDeathRecorded),
        ((DIED, CanonicalChanged(worker="w1", canonical="w2", before=None)), WorkerIsLinked),
        (
            (DIED, PersonalDataErased(worker="w1", ground="TERM_OVER", numbers=(), linked=(), signs=(), **WU)),
            PersonalDataGone,
        ),
    ],
)
def test_there_must_be_a_death_of_somebody_who_can_be_spoken_of(
    more: tuple[WorkerEvent, ...], refusal: type[Rejected]
) -> None:
    given(WORKER, *HISTORY, *more).when(TAKE_BACK).rejected(refusal)


def test_nothing_comes_back_by_itself_and_the_worker_lives_on() -> None:
    after = known(fold(WORKER, [*HISTORY, DIED, LEFT, WITHDRAWN]))
    assert (after.deceased_on, after.designated, after.attention, after.household) == (None, None, None, None)
    assert after.withdrawn_death is not None
    assert (after.withdrawn_death.household, after.withdrawn_death.plan) == ("h1", "520000-2026")
    joined = HouseholdJoined(worker="w1", household="h1", joined_on=DAY)
    given(WORKER, *HISTORY, DIED, LEFT, WITHDRAWN).when(JoinHousehold(household="h1", joined_on=DAY)).then(joined)


def test_a_death_that_is_recorded_again_is_another_one() -> None:
    again = RecordDeath(died_on=DAY, evidence="证明2026-11", today=DAY, **SUN)
    died = WorkerDeceased(worker="w1", died_on=DAY, household=None, evidence="证明2026-11", **SUN)
    given(WORKER, *HISTORY, DIED, LEFT, WITHDRAWN).when(again).then(died)
    given(WORKER, *HISTORY, DIED, LEFT, WITHDRAWN, died).when(replace(TAKE_BACK, official="wu")).then(
        replace(WITHDRAWN, corrects="worker-w1/8", household=None, plan=None, attention=None, official="wu")
    )


def test_others_learn_that_the_worker_lives_and_never_who_said_so() -> None:
    told = published(WITHDRAWN)
    assert told == WorkerDeathWithdrawnV1(worker="w1", corrects="worker-w1/5", died_on=DAY, organisation="weining")
