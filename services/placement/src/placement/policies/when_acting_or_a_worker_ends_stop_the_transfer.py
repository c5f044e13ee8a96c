"""When the permission to act for a worker ends, or the worker is no more, the transfer that is going on is stopped."""

from collections.abc import Iterable
from typing import Any, Final

from eventcore import Do, Fact

from placement.transfers.home.commands import Stop, TransferCommand
from placement.transfers.home.transfer import TRANSFER
from placement.transfers.permission.events import ActingEnding
from placement.transfers.persons.events import PersonEnded

STEWARDSHIP: Final = "STEWARDSHIP"


def when_acting_or_a_worker_ends_stop_the_transfer(fact: Fact[Any]) -> Iterable[Do[TransferCommand]]:
    match fact.event:
        case ActingEnding(transfer=transfer):
            yield Do(TRANSFER, transfer, Stop(ground=STEWARDSHIP))
        case PersonEnded(transfer=str(transfer), ground=ground):
            yield Do(TRANSFER, transfer, Stop(ground=ground))
