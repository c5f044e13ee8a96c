"""When the host says something of a transfer, home hears it: over the border, or from the own stream."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from contracts.transfer import AcceptedV1, ArrivedV1, EmployedV1, NotArrivedV1, RejectedV1, ReturnedV1, Transfer
from eventcore import Do, Fact

from placement.transfers.hearing import heard
from placement.transfers.home.commands import (
    TakeAbsence,
    TakeAcceptance,
    TakeArrival,
    TakeJob,
    TakeRejection,
    TakeReturn,
    TransferCommand,
)
from placement.transfers.home.transfer import TRANSFER
from placement.transfers.way import Said

FOREIGN: Final = (AcceptedV1.type, RejectedV1.type, ArrivedV1.type, NotArrivedV1.type, ReturnedV1.type, EmployedV1.type)


def when_the_host_says_something_of_a_transfer_home_hears_it(fact: Fact[Any]) -> Iterable[Do[TransferCommand]]:
    if (told := heard(fact)) and (command := _command(*told, fact.recorded_at)):
        yield Do(TRANSFER, told[0].transfer, command)


def _command(event: Transfer, said: Said, at: datetime) -> TransferCommand | None:
    match event:
        case AcceptedV1():
            return TakeAcceptance(said=said, at=at)
        case RejectedV1(reason=reason):
            return TakeRejection(said=said, reason=reason)
        case ArrivedV1(arrived_on=arrived_on):
            return TakeArrival(said=said, arrived_on=arrived_on)
        case NotArrivedV1():
            return TakeAbsence(said=said)
        case ReturnedV1(reason=reason, returned_on=returned_on):
            return TakeReturn(said=said, reason=reason, returned_on=returned_on)
        case EmployedV1(employment=employment, worker=worker, started_on=started_on):
            return TakeJob(by=said.by, employment=employment, worker=worker, started_on=started_on)
        case _:
            return None
