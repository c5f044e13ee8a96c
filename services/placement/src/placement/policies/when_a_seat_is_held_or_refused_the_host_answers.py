"""When a vacancy holds a seat for a transfer, the host accepts; when it has none, the host rejects."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from placement.offers.vacancies.events import SeatHeld, SeatRefused
from placement.transfers.host.commands import ReceptionCommand, TakeSeatAnswer
from placement.transfers.host.reception import RECEPTION


def when_a_seat_is_held_or_refused_the_host_answers(fact: Fact[Any]) -> Iterable[Do[ReceptionCommand]]:
    match fact.event:
        case SeatHeld(transfer=transfer):
            yield Do(RECEPTION, transfer, TakeSeatAnswer(held=True))
        case SeatRefused(transfer=transfer):
            yield Do(RECEPTION, transfer, TakeSeatAnswer(held=False))
