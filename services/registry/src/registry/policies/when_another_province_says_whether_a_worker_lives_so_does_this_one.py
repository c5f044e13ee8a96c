"""When the province that is responsible says that a worker has died, home records the death. When it takes that back,
so does home; when home finds that the worker lives, so does the province that had said otherwise.

One reader for all of it: a death and its taking back may come together, and of two readers the second could be first.
"""

from collections.abc import Iterable
from typing import Any

from contracts.stewardship import StewardshipDeathReportedV1, StewardshipDeathWithdrawnV1
from eventcore import Do, Fact
from eventcore.clock import LEGAL

from registry.stewardship.commands import NoteDeath, NoteDeathWithdrawal, NoteReportWithdrawn
from registry.stewardship.events import StewardDeathNoted, StewardDeathWithdrawalNoted
from registry.stewardship.ledger import LEDGER
from registry.stewardship.tenure import TENURE
from registry.stewardship.tenure_events import ReportWithdrawalNoted
from registry.telling import teller
from registry.workers.commands import RecordDeath, WithdrawDeath
from registry.workers.worker import WORKER


def when_another_province_says_whether_a_worker_lives_so_does_this_one(fact: Fact[Any]) -> Iterable[Do[Any]]:
    """The ledger knows who may say so and by whose word it was, the tenure who was told."""
    match fact.event:
        case StewardshipDeathReportedV1() | StewardshipDeathWithdrawnV1() as told if region := teller(fact, "registry"):
            yield _heard(told, region)
        case StewardDeathNoted(worker=worker) as said:
            died = RecordDeath(
                died_on=said.died_on,
                evidence=said.evidence,
                official=said.region,
                organisation=said.organisation,
                today=fact.recorded_at.astimezone(LEGAL).date(),
            )
            yield Do(WORKER, worker, died)
        case StewardDeathWithdrawalNoted(worker=worker, region=region) as said:
            yield Do(WORKER, worker, _lives(said, region, is_own_word=True))
        case ReportWithdrawalNoted(worker=worker, home=home) as said:
            yield Do(WORKER, worker, _lives(said, home))


def _heard(told: StewardshipDeathReportedV1 | StewardshipDeathWithdrawnV1, region: str) -> Do[Any]:
    says: dict[str, Any] = {
        "worker": told.worker,
        "epoch": told.epoch,
        "evidence": told.evidence,
        "organisation": told.organisation,
    }
    match told:
        case StewardshipDeathReportedV1(died_on=died_on):
            return Do(LEDGER, told.worker, NoteDeath(region=region, died_on=died_on, **says))
        case StewardshipDeathWithdrawnV1(home=home) if home == region:
            return Do(TENURE, told.worker, NoteReportWithdrawn(home=region, **says))
        case StewardshipDeathWithdrawnV1():
            return Do(LEDGER, told.worker, NoteDeathWithdrawal(region=region, **says))


def _lives(
    said: StewardDeathWithdrawalNoted | ReportWithdrawalNoted, by: str, *, is_own_word: bool = False
) -> WithdrawDeath:
    return WithdrawDeath(evidence=said.evidence, official=by, organisation=said.organisation, is_own_word=is_own_word)
