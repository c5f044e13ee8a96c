"""When a worker starts a job here, this province asks home for the responsibility; when the last one ends, it hands
back."""

from collections.abc import Iterable
from typing import Any

from contracts.employment import EmploymentEndedV1, EmploymentStartedV1
from contracts.region import province_of
from contracts.stewardship_codes import JOB_BY_TRANSFER, JOB_FOUND_ALONE
from eventcore import Do, Fact

from registry.stewardship.commands import HearJob, HearJobEnd, PassOn, SeekStewardship
from registry.stewardship.ledger import LEDGER
from registry.stewardship.tenure import TENURE
from registry.telling import teller


def when_a_job_starts_its_province_becomes_responsible(fact: Fact[Any]) -> Iterable[Do[Any]]:
    """The own placement's word: the province that says it is this one. At home the ledger is asked without a letter."""
    match fact.event:
        case EmploymentStartedV1() as started if here := teller(fact, "placement"):
            home = province_of(started.home)
            yield _at_home(started, home) if here == home else _abroad(started, home, here)
        case EmploymentEndedV1(worker=worker) as ended if here := teller(fact, "placement"):
            home = province_of(ended.home)
            if here == home:
                yield Do(LEDGER, worker, PassOn(worker=worker, organisation=here))
            else:
                command = HearJobEnd(worker=worker, home=home, employment=ended.employment, organisation=here)
                yield Do(TENURE, worker, command)


def _at_home(started: EmploymentStartedV1, home: str) -> Do[Any]:
    command = SeekStewardship(
        worker=started.worker,
        home=home,
        region=home,
        ground=_ground(started),
        employment=started.employment,
        organisation=started.organisation,
    )
    return Do(LEDGER, started.worker, command)


def _abroad(started: EmploymentStartedV1, home: str, here: str) -> Do[Any]:
    command = HearJob(
        worker=started.worker,
        home=home,
        region=here,
        ground=_ground(started),
        employment=started.employment,
        household_region=started.home,
        county=started.region,
        organisation=started.organisation,
    )
    return Do(TENURE, started.worker, command)


def _ground(started: EmploymentStartedV1) -> str:
    return JOB_BY_TRANSFER if started.transfer else JOB_FOUND_ALONE
