"""When the province that said that a worker has died takes it back, so does home; when home finds that the worker
lives, so does the province that had said otherwise."""

from collections.abc import Iterable
from typing import Any

from contracts.stewardship import StewardshipDeathWithdrawnV1
from eventcore import Do, Fact

from registry.stewardship.commands import NoteDeathWithdrawal, NoteReportWithdrawn
from registry.stewardship.events import StewardDeathWithdrawalNoted
from registry.stewardship.ledger import LEDGER
from registry.stewardship.tenure import TENURE
from registry.stewardship.tenure_events import ReportWithdrawalNoted
from registry.telling import teller
from registry.workers.commands import WithdrawDeath
from registry.workers.worker import WORKER


def when_another_province_takes_a_death_back_so_does_this_one(fact: Fact[Any]) -> Iterable[Do[Any]]:
    """The ledger knows by whose word it was, the tenure who was told."""
    match fact.event:
        case StewardshipDeathWithdrawnV1(worker=worker) as told if region := teller(fact, "registry"):
            says: dict[str, Any] = {
                "worker": worker,
                "epoch": told.epoch,
                "evidence": told.evidence,
                "organisation": told.organisation,
            }
            if region == told.home:
                yield Do(TENURE, worker, NoteReportWithdrawn(home=region, **says))
            else:
                yield Do(LEDGER, worker, NoteDeathWithdrawal(region=region, **says))
        case StewardDeathWithdrawalNoted(worker=worker, region=region) as said:
            yield Do(WORKER, worker, _lives(said, region, is_own_word=True))
        case ReportWithdrawalNoted(worker=worker, home=home) as said:
            yield Do(WORKER, worker, _lives(said, home))


def _lives(
    said: StewardDeathWithdrawalNoted | ReportWithdrawalNoted, by: str, *, is_own_word: bool = False
) -> WithdrawDeath:
    return WithdrawDeath(evidence=said.evidence, official=by, organisation=said.organisation, is_own_word=is_own_word)
