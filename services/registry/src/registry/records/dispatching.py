"""When a record is due, home opens it for a purpose recorded first, seals it to the host's key, and sends it. Who sends
a guest onward, and has not surveyed them, sends the record as it came."""

from base64 import b64decode
from typing import Any, Final

import msgspec
from eventcore.clock import legal_day
from eventcore.deeds import carried_out
from eventcore.exchange.sealing import seal
from eventcore.facts import Fact
from eventcore.store import Store

from registry.border import text
from registry.disclosures.disclosure import DISCLOSURE, DiscloseIdentity
from registry.disclosures.purposes import RECORD_FIELDS, TRANSFER_RECORD
from registry.records.commands import SendRecord
from registry.records.copies import identity
from registry.records.events import RecordDue
from registry.records.letter import Letter, about
from registry.records.record import RECORD
from registry.vault import KeyGone, Vault
from registry.workers.surveying import newest_surveys
from registry.workers.worker import WORKER

SENTENCE: Final = "when_a_record_is_due_send_it"
OFFICE: Final = "exchange"


class Dispatch:
    """What it takes: the log and the vault."""

    def __init__(self, store: Store, vault: Vault) -> None:
        self._store = store
        self._vault = vault

    async def send(self, fact: Fact[Any]) -> None:
        """Nothing goes where the rules refuse the disclosure: who was erased, or may not be used. Unavailable."""
        match fact.event:
            case RecordDue() as due:
                disclosure = f"transfer-{due.transfer}"
                if await self._disclosed(fact, due, disclosure):
                    await self._send(fact, due, disclosure)

    async def _disclosed(self, fact: Fact[Any], due: RecordDue, disclosure: str) -> bool:
        """The receipt that the reading leaves with the owner, before anything is opened. Where nothing is here yet, it
        is due again when it comes."""
        worker, _ = await self._store.state(WORKER, due.worker)
        record, _ = await self._store.state(RECORD, due.worker)
        surveys = newest_surveys(worker)
        if not surveys and not record.received:
            return False
        command = DiscloseIdentity(
            worker=due.worker,
            surveys=surveys,
            record=None if surveys else record.received[-1],
            purpose=TRANSFER_RECORD,
            reader=OFFICE,
            organisation=due.region,
            office=OFFICE,
            today=legal_day(),
            reference=due.transfer,
        )
        return await carried_out(self._store, fact, SENTENCE, DISCLOSURE, disclosure, command)

    async def _send(self, fact: Fact[Any], due: RecordDue, disclosure: str) -> None:
        try:
            shown = await identity(self._store, self._vault, disclosure)
        except KeyGone:
            return
        plain = msgspec.json.encode(msgspec.convert({name: shown[name] for name in RECORD_FIELDS}, Letter))
        sealed = seal(b64decode(due.key), plain, about=about(due.worker, due.transfer))
        command = SendRecord(
            worker=due.worker, transfer=due.transfer, disclosure=disclosure, record=text(sealed), today=legal_day()
        )
        await carried_out(self._store, fact, SENTENCE, RECORD, due.worker, command)
