"""A death that another province was told of is taken back there too, by whose word it was; and who had to give the
worker back may be responsible again."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from contracts.stewardship_codes import DECEASED, JOB_FOUND_ALONE
from eventcore import Seen
from eventcore.testing import given
from registry.stewardship import refusals
from registry.stewardship.commands import (
    NoteDeathWithdrawal,
    NoteReportWithdrawn,
    PassOn,
    ReportDeath,
    SeekStewardship,
    TakeDeathBack,
    WithdrawReport,
)
from registry.stewardship.events import (
    StewardDeathNoted,
    StewardDeathWithdrawalNoted,
    StewardshipDeathWithdrawn,
    StewardshipDenied,
    StewardshipGranted,
    StewardshipRecalled,
    StewardshipSought,
)
from registry.stewardship.ledger import LEDGER
from registry.stewardship.tenure import ACTING, TENURE
from registry.stewardship.tenure_events import (
    DeathReported,
    DeathReportWithdrawn,
    ReportWithdrawalNoted,
    TenureEnding,
    TenureHeld,
    TenureReleased,
)
from registry.workers.commands import WithdrawDeath
from registry.workers.events import WorkerDeceased, WorkerRegistered
from registry.workers.folding import folded
from registry.workers.state import Unknown, Worker
from registry.workers.worker import WORKER

HOME, HOST, THIRD = "520000", "440000", "330000"
OFFICE = "440306-hrss"
TOLD: dict[str, Any] = {"worker": "w1", "home": HOME, "organisation": OFFICE}
SAYS: dict[str, Any] = {"worker": "w1", "evidence": "9", "organisation": OFFICE}
DAY = date(2026, 6, 1)

HELD = TenureHeld(**TOLD, epoch=2, region=HOST)
ENDING = TenureEnding(**TOLD, epoch=2, ground=DECEASED, acting=ACTING, successor=HOME, own=False)
RELEASED = TenureReleased(**TOLD, epoch=2, ground=DECEASED, to=(HOME,))
REPORTED = DeathReported(**TOLD, epoch=2, died_on=DAY, evidence="9", to=(HOME,))
REPORT = ReportDeath(**SAYS, died_on=DAY)
UNREPORTED = DeathReportWithdrawn(**TOLD, epoch=2, evidence="9", to=(HOME,))

GRANTED = StewardshipGranted(**TOLD, epoch=2, region=HOST, ground=JOB_FOUND_ALONE, to=(HOST,))
FIRST = replace(GRANTED, epoch=1, region=HOME, ground="HOME", to=())
NOTED = StewardDeathNoted(**SAYS, epoch=2, region=HOST, died_on=DAY)
SOUGHT = StewardshipSought(worker="w1", region=HOME, ground=DECEASED, employment=None)
RECALLED = StewardshipRecalled(**TOLD, epoch=2, region=HOST, successor=HOME, ground=DECEASED, to=(HOST,))
DEAD = (FIRST, GRANTED, NOTED, SOUGHT, RECALLED)
HOME_AGAIN = replace(FIRST, epoch=3, ground=DECEASED)
TO_NOTE = NoteDeathWithdrawal(**SAYS, epoch=2, region=HOST)
LIVES = StewardDeathWithdrawalNoted(**SAYS, epoch=2, region=HOST)

REGISTERED = WorkerRegistered(worker="w1", survey="survey-s1", household_region="520526", groups=())
DIED = WorkerDeceased(worker="w1", died_on=DAY, household=None, evidence="9", official=HOST, organisation=OFFICE)


@pytest.mark.parametrize("since", [(), (ENDING,), (ENDING, RELEASED)])
def test_a_report_is_made_once_and_taken_back_once_whatever_became_of_the_tenure(since: tuple[Any, ...]) -> None:
    given(TENURE, HELD, *since).when(REPORT).then(REPORTED)
    given(TENURE, HELD, REPORTED, *since).when(REPORT).then()
    given(TENURE, HELD, REPORTED, *since).when(WithdrawReport(**SAYS)).then(UNREPORTED)
    given(TENURE, HELD, REPORTED, UNREPORTED, *since).when(WithdrawReport(**SAYS)).then()
    given(TENURE, HELD, *since).when(WithdrawReport(**SAYS)).then()


def test_only_the_home_that_was_told_says_that_the_guest_lives() -> None:
    lives = NoteReportWithdrawn(**SAYS, home=HOME, epoch=2)
    noted = ReportWithdrawalNoted(**TOLD, epoch=2, evidence="9")
    given(TENURE, HELD, REPORTED, ENDING, RELEASED).when(lives).then(noted)
    given(TENURE, HELD, REPORTED, noted).when(lives).then()
    given(TENURE, HELD, REPORTED, noted).when(WithdrawReport(**SAYS)).then()  # nobody is told back
    given(TENURE, HELD, REPORTED).when(replace(lives, home=THIRD)).rejected(refusals.NotTheHome)
    given(TENURE, HELD, REPORTED).when(replace(lives, epoch=1)).rejected(refusals.NotTheHome)


def test_only_who_said_it_takes_it_back_also_after_the_release() -> None:
    given(LEDGER, *DEAD).when(TO_NOTE).then(LIVES)
    given(LEDGER, *DEAD, HOME_AGAIN).when(TO_NOTE).then(LIVES)
    given(LEDGER, *DEAD, HOME_AGAIN, LIVES).when(TO_NOTE).then()
    given(LEDGER, *DEAD).when(replace(TO_NOTE, region=THIRD)).rejected(refusals.NotTheHolder)
    given(LEDGER, *DEAD).when(replace(TO_NOTE, epoch=1)).rejected(refusals.NotTheHolder)
    given(LEDGER, FIRST, GRANTED).when(TO_NOTE).then()


def test_home_tells_who_said_it_and_nobody_where_nobody_did() -> None:
    told = StewardshipDeathWithdrawn(**TOLD, epoch=2, evidence="9", to=(HOST,))
    given(LEDGER, *DEAD, HOME_AGAIN).when(TakeDeathBack(**SAYS)).then(told)
    given(LEDGER, *DEAD, HOME_AGAIN, told).when(TakeDeathBack(**SAYS)).then()
    given(LEDGER, *DEAD, HOME_AGAIN, told).when(TO_NOTE).then()  # both take it back
    given(LEDGER, FIRST, GRANTED).when(TakeDeathBack(**SAYS)).then()
    given(LEDGER).when(TakeDeathBack(**SAYS)).then()


def test_who_had_to_give_a_living_worker_back_is_asked_to_be_responsible_again() -> None:
    alive, dead = seeing(folded(Unknown(), [REGISTERED])), seeing(folded(Unknown(), [REGISTERED, DIED]))
    pass_on, again = PassOn(worker="w1", organisation=OFFICE), replace(SOUGHT, region=HOST, ground=JOB_FOUND_ALONE)
    given(LEDGER, *DEAD).having_seen(alive).when(pass_on).then(again)  # not released yet: it gets it anew
    recalled = replace(RECALLED, epoch=3, region=HOME, successor=HOST, ground=JOB_FOUND_ALONE, to=())
    given(LEDGER, *DEAD, HOME_AGAIN).having_seen(alive).when(pass_on).then(again, recalled)
    given(LEDGER, *DEAD, HOME_AGAIN).having_seen(dead).when(pass_on).then()
    asked_back = replace(SOUGHT, ground="OFFICE")
    given(LEDGER, FIRST, GRANTED, asked_back).having_seen(alive).when(pass_on).then()


def test_a_province_takes_back_what_it_said_and_not_what_an_office_here_recorded() -> None:
    word = WithdrawDeath(evidence="9", official=HOST, organisation=OFFICE, is_own_word=True)
    of_an_office = replace(DIED, official="sun")
    assert len(WORKER.decide(word, folded(Unknown(), [REGISTERED, DIED]), Seen())) == 1
    given(WORKER, REGISTERED, of_an_office).when(word).then()


def test_who_asked_while_the_worker_was_said_to_be_dead_gets_the_living_one_the_last_first() -> None:
    alive, dead = seeing(folded(Unknown(), [REGISTERED])), seeing(folded(Unknown(), [REGISTERED, DIED]))
    seek = SeekStewardship(**TOLD, region=THIRD, ground="JOB_BY_TRANSFER", employment="j3")
    denied = StewardshipDenied(**TOLD, epoch=3, region=HOME, reason=DECEASED, to=(THIRD,))
    history = (*DEAD, HOME_AGAIN, denied)
    given(LEDGER, *DEAD, HOME_AGAIN).having_seen(dead).when(seek).then(denied)
    pass_on, again = PassOn(worker="w1", organisation=OFFICE), replace(SOUGHT, region=THIRD, ground=JOB_FOUND_ALONE)
    recalled = replace(RECALLED, epoch=3, region=HOME, successor=THIRD, ground=JOB_FOUND_ALONE, to=())
    given(LEDGER, *history).having_seen(alive).when(pass_on).then(again, recalled)
    given(LEDGER, *history, again, recalled).having_seen(alive).when(pass_on).then()
    granted = replace(GRANTED, epoch=4, region=THIRD, to=(THIRD,))
    back = replace(SOUGHT, region=HOST, ground=JOB_FOUND_ALONE)
    home = replace(HOME_AGAIN, epoch=5)
    given(LEDGER, *history, again, recalled, granted, home).having_seen(alive).when(pass_on).then(
        back, replace(recalled, epoch=5, successor=HOST)
    )  # who had to give way before comes after


def seeing(worker: Worker) -> Seen:
    return Seen({(WORKER.category, "w1"): worker})
