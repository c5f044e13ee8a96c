"""When a subsidy is approved, or approved otherwise, the worker's record is kept for its legal term."""

from collections.abc import Iterable
from typing import Any

from contracts.subsidy import ClaimAdjustedV1, ClaimDecidedV1
from eventcore import Do, Fact

from registry.retention.retention import RETENTION, KeepRecord, term_of


def when_a_subsidy_is_approved_keep_the_record(fact: Fact[Any]) -> Iterable[Do[KeepRecord]]:
    match fact.event:
        case ClaimDecidedV1(outcome="APPROVED") | ClaimAdjustedV1(outcome="APPROVED"):
            event = fact.event
            yield Do(
                RETENTION,
                event.worker,
                KeepRecord(worker=event.worker, reason=fact.id, until=term_of(event.decided_on)),
            )
        case _:
            return
