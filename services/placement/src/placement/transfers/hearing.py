"""What one side of a transfer hears from the other, over the border or within one province."""

from typing import Any

from contracts.region import province_of
from contracts.transfer import Transfer
from eventcore import Fact

from placement.telling import province_told_by
from placement.transfers.publishing import publish
from placement.transfers.way import Said, Way


def heard(fact: Fact[Any]) -> tuple[Transfer, Said] | None:
    """A side's public event, and who said it. None for an own fact that is meant for another province."""
    province = province_told_by(fact)
    event = fact.event if province else publish(fact.event)
    if not isinstance(event, Transfer) or (province is None and event.to):
        return None
    way = Way(transfer=event.transfer, worker=event.worker, vacancy=event.vacancy, home=event.home, host=event.host)
    return event, Said(way=way, by=province or province_of(event.home), to=event.to)
