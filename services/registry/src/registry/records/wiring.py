"""Records between provinces: their parts of the service, for `app.py`."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from contracts.identity import ErasureDoneV1, ErasureOrderedV1, KeyOfferedV1, RecordReceivedV1, RecordSentV1
from contracts.transfer import AcceptedV1, ConfirmedV1
from eventcore import Decider
from eventcore.codec import Codec
from eventcore.deeds import Deeds
from eventcore.readers import Pages, Policy, Work
from eventcore.store import Store

from registry.policies.when_a_record_was_received_note_it import when_a_record_was_received_note_it
from registry.policies.when_a_transfer_is_confirmed_its_record_may_go import (
    when_a_transfer_is_confirmed_its_record_may_go,
)
from registry.policies.when_personal_data_are_erased_so_are_the_copies import (
    when_personal_data_are_erased_so_are_the_copies,
)
from registry.records import dispatching, keeping
from registry.records.record import RECORD
from registry.stewardship.remembering import ledger_is_whole
from registry.stewardship.tenure import TENURE
from registry.vault import Vault
from registry.workers.worker import WORKER

DECIDERS: Final[tuple[Decider[Any, Any, Any], ...]] = (RECORD,)
FOLLOWS: Final = ("placement.transfer.1",)
POLICIES: Final = (
    Policy(
        "when_a_transfer_is_confirmed_its_record_may_go",
        when_a_transfer_is_confirmed_its_record_may_go,
        foreign=(ConfirmedV1.type, KeyOfferedV1.type),
        when=ledger_is_whole,
    ),
    Policy("when_a_record_was_received_note_it", when_a_record_was_received_note_it, foreign=(RecordReceivedV1.type,)),
    Policy(
        "when_personal_data_are_erased_so_are_the_copies",
        when_personal_data_are_erased_so_are_the_copies,
        own=(Codec(WORKER.events),),
        foreign=(ErasureOrderedV1.type, ErasureDoneV1.type),
    ),
)

PagesOf = Callable[[Sequence[Codec], Sequence[str]], Pages]


def works(store: Store, vault: Vault, pages: PagesOf) -> Sequence[Work]:
    """The readers that need keys: each in the order of what it reads."""
    host, home = keeping.Host(store, vault.keys), dispatching.Dispatch(store, vault)
    own = (Codec(RECORD.events),)
    return (
        Deeds(keeping.OFFERING, store.pool, pages((), (AcceptedV1.type,)), host.offer),
        Deeds(keeping.ASKING, store.pool, pages((Codec(TENURE.events),), ()), host.ask),
        Deeds(dispatching.SENTENCE, store.pool, pages(own, ()), home.send),
        Deeds(keeping.RECEIVING, store.pool, pages((), (RecordSentV1.type,)), host.receive),
        Deeds(keeping.ERASING, store.pool, pages(own, ()), host.erase),
    )
