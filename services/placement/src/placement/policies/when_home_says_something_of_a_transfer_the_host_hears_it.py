"""When home says something of a transfer, the host hears it: over the border, or from the own stream."""

from collections.abc import Iterable
from typing import Any, Final

from contracts.transfer import (
    ConfirmedV1,
    DispatchedV1,
    ExpiredV1,
    NominatedV1,
    TooLateV1,
    Transfer,
    TransferWithdrawnV1,
)
from eventcore import Do, Fact

from placement.transfers.hearing import heard
from placement.transfers.home.events import Skill
from placement.transfers.home.state import EXPIRED, WITHDRAWN
from placement.transfers.host.commands import (
    ReceptionCommand,
    TakeConfirmation,
    TakeDeparture,
    TakeEnd,
    TakeNomination,
)
from placement.transfers.host.events import Offer
from placement.transfers.host.reception import RECEPTION
from placement.transfers.way import Said

FOREIGN: Final = (
    NominatedV1.type,
    ConfirmedV1.type,
    TooLateV1.type,
    TransferWithdrawnV1.type,
    ExpiredV1.type,
    DispatchedV1.type,
)


def when_home_says_something_of_a_transfer_the_host_hears_it(fact: Fact[Any]) -> Iterable[Do[ReceptionCommand]]:
    if (told := heard(fact)) and (command := _command(*told)):
        yield Do(RECEPTION, told[0].transfer, command)


def _command(event: Transfer, said: Said) -> ReceptionCommand | None:
    match event:
        case NominatedV1():
            return TakeNomination(said=said, offer=_offer(event))
        case ConfirmedV1(dispatch_until=dispatch_until):
            return TakeConfirmation(said=said, dispatch_until=dispatch_until)
        case TooLateV1(ended=ended):
            return TakeEnd(said=said, ending=ended)
        case TransferWithdrawnV1():
            return TakeEnd(said=said, ending=WITHDRAWN)
        case ExpiredV1():
            return TakeEnd(said=said, ending=EXPIRED)
        case DispatchedV1(left_on=left_on, arrive_until=arrive_until):
            return TakeDeparture(said=said, left_on=left_on, arrive_until=arrive_until)
        case _:
            return None


def _offer(event: NominatedV1) -> Offer:
    return Offer(
        agreement=event.agreement,
        origin=event.origin,
        groups=event.groups,
        skills=tuple(
            Skill(certificate=each.certificate, occupation=each.occupation, level=each.level) for each in event.skills
        ),
        answer_until=event.answer_until,
        organisation=event.organisation,
    )
