"""What other services may know of payments: ordered, executed, failed, returned. Never an account or a name."""

from typing import Any, assert_never

from contracts.public_event import PublicEvent
from contracts.subsidy import Payee, PaymentExecutedV1, PaymentFailedV1, PaymentOrderedV1, PaymentReturnedV1

from subsidy.money.payments.events import (
    AnswerDisagreed,
    OfOrder,
    OwedChanged,
    PaymentDue,
    PaymentEvent,
    PaymentExecuted,
    PaymentFailed,
    PaymentLeftOut,
    PaymentOrdered,
    PaymentRenewed,
    PaymentReturned,
    PaymentUnknown,
    PaymentWithdrawn,
    RecoveryChanged,
)


def publish(event: PaymentEvent) -> PublicEvent | None:
    match event:
        case PaymentOrdered():
            return PaymentOrderedV1(**_order(event), batch=event.batch, ordered_on=event.ordered_on)
        case PaymentExecuted():
            return PaymentExecutedV1(**_order(event), executed_on=event.executed_on)
        case PaymentFailed():
            return PaymentFailedV1(**_order(event), reason=event.reason, failed_on=event.failed_on)
        case PaymentLeftOut():
            return PaymentFailedV1(**_order(event), reason=event.reason, failed_on=event.left_out_on)
        case PaymentReturned():
            return PaymentReturnedV1(**_order(event), reason=event.reason, returned_on=event.returned_on)
        case OwedChanged() | PaymentDue() | PaymentWithdrawn() | PaymentUnknown() | PaymentRenewed():
            return None
        case RecoveryChanged() | AnswerDisagreed():
            return None
        case _:
            assert_never(event)


def _order(event: OfOrder) -> dict[str, Any]:
    return {
        "payment": event.payment,
        "claim": event.claim,
        "kind": event.kind,
        "region": event.region,
        "fund": event.fund,
        "payee": Payee(kind=event.payee.kind, id=event.payee.id),
        "amount": event.amount,
    }
