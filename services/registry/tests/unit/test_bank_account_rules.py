"""A bank account is recorded of a worker who is known: registered, or by the survey that it came with."""

from dataclasses import replace
from datetime import date

from eventcore import Seen
from eventcore.testing import given
from registry.bank_accounts.bank_account import BANK_ACCOUNT, RecordBankAccount
from registry.bank_accounts.events import BankAccountRecorded
from registry.privacy.state import PersonalDataGone, Privacy
from registry.surveys.refusals import NotRecorded
from registry.surveys.survey import Facts, Pending
from registry.surveys.survey import Unknown as NoSurvey
from registry.workers.linking_refusals import WorkerIsLinked
from registry.workers.refusals import WorkerIsDeceased, WorkerNotRegistered
from registry.workers.state import Death, Registered, Unknown, Worker

DAY = date(2026, 3, 3)
FACTS = Facts(
    survey="s1", worker="w1", surveyor="zhang", household_region="520526", groups=(), surveyed_on=DAY,
    employment_status="UNEMPLOYED", employment_form=None, work_region=None, wishes=(),
)  # fmt: skip
RECORD = RecordBankAccount(
    worker="w1", evidence="import-1", official="zhang", organisation="o", account="a", bank="b", holder_name=None
)
BROUGHT = replace(RECORD, survey="s1")
RECORDED = BankAccountRecorded(
    worker="w1", evidence="import-1", official="zhang", organisation="o", account="a", bank="b", holder_name=None
)
REGISTERED = Registered(worker="w1", survey="survey-s1", household_region="520526")
DEAD = Death(version=2, died_on=DAY, official="li", household=None, plan=None, attention=None)
NOBODY = Unknown()


def seen(worker: Worker, about: str = "w1") -> Seen:
    return Seen(states={("worker", "w1"): worker, ("survey", "s1"): Pending(replace(FACTS, worker=about))})


def test_the_account_of_a_registered_worker_is_recorded_each_time() -> None:
    given(BANK_ACCOUNT, RECORDED).having_seen(seen(REGISTERED)).when(RECORD).then(RECORDED)
    given(BANK_ACCOUNT).having_seen(seen(NOBODY)).when(RECORD).rejected(WorkerNotRegistered)


def test_with_its_survey_an_account_comes_before_the_approval() -> None:
    given(BANK_ACCOUNT).having_seen(seen(NOBODY)).when(BROUGHT).then(RECORDED)
    given(BANK_ACCOUNT).having_seen(seen(REGISTERED)).when(BROUGHT).then(RECORDED)


def test_a_survey_of_somebody_else_or_none_makes_nobody_known() -> None:
    given(BANK_ACCOUNT).having_seen(seen(NOBODY, about="w2")).when(BROUGHT).rejected(WorkerNotRegistered)
    absent = Seen(states={("worker", "w1"): NOBODY, ("survey", "s1"): NoSurvey()})
    given(BANK_ACCOUNT).having_seen(absent).when(BROUGHT).rejected(NotRecorded)


def test_a_survey_opens_no_way_around_death_links_and_erasure() -> None:
    for worker, refusal in (
        (replace(REGISTERED, canonical="w0"), WorkerIsLinked),
        (replace(REGISTERED, death=DEAD), WorkerIsDeceased),
        (replace(REGISTERED, privacy=Privacy(erased=True)), PersonalDataGone),
    ):
        given(BANK_ACCOUNT).having_seen(seen(worker)).when(BROUGHT).rejected(refusal)
