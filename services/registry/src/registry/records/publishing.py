"""What goes from registry to registry about a record: keys and sealed texts, and that it was done."""

from typing import assert_never

from contracts.identity import ErasureDoneV1, ErasureOrderedV1, KeyOfferedV1, RecordReceivedV1, RecordSentV1
from contracts.public_event import PublicEvent

from registry.records.events import (
    CopyErased,
    CopyErasureOrdered,
    ErasureDoneNoted,
    ErasureOrdered,
    KeyHeard,
    KeyOffered,
    ReceiptNoted,
    RecordDue,
    RecordEvent,
    RecordReceived,
    RecordSent,
    TransferConfirmed,
)
from registry.telling import told


def publish(event: RecordEvent) -> PublicEvent | None:
    match event:
        case KeyOffered():
            return told(KeyOfferedV1, event)
        case RecordSent():
            return told(RecordSentV1, event)
        case RecordReceived():
            return told(RecordReceivedV1, event)
        case ErasureOrdered():
            return told(ErasureOrderedV1, event)
        case CopyErased():
            return told(ErasureDoneV1, event)
        case (
            CopyErasureOrdered() | TransferConfirmed() | KeyHeard() | RecordDue() | ReceiptNoted() | ErasureDoneNoted()
        ):
            return None
        case _:
            assert_never(event)
