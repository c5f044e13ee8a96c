"""When an agreement has a place for a transfer, the worker is nominated; when it has none, the transfer is over."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from placement.offers.agreements.events import PlaceRefused, PlaceUsed
from placement.transfers.home.commands import TakePlace, TransferCommand
from placement.transfers.home.transfer import TRANSFER


def when_a_place_is_used_or_refused_the_transfer_goes_on(fact: Fact[Any]) -> Iterable[Do[TransferCommand]]:
    match fact.event:
        case PlaceUsed(transfer=transfer):
            yield Do(TRANSFER, transfer, TakePlace(reason=None))
        case PlaceRefused(transfer=transfer, reason=reason):
            yield Do(TRANSFER, transfer, TakePlace(reason=reason))
