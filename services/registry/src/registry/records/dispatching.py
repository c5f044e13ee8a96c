"""When a record is due, home opens it for a purpose recorded first, seals it to the host's key, and sends it."""

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
from registry.disclosures.purposes import TRANSFER_RECORD
from registry.disclosures.reveal import reveal
from registry.records.commands import SendRecord
from registry.records.events import RecordDue
from registry.records.letter import FIELDS, Letter, about
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
        """The receipt that the reading leaves with the owner, before anything is opened."""
        worker, _ = await self._store.state(WORKER, due.worker)
        if not newest_surveys(worker):
            return False
        command = DiscloseIdentity(
            worker=due.worker,
            surveys=newest_surveys(worker),
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
            revealed = await reveal(self._store, self._vault, disclosure)
        except KeyGone:
            return
        (shown,) = revealed.surveys.values()
        plain = msgspec.json.encode(msgspec.convert({name: shown[name] for name in FIELDS}, Letter))
        sealed = seal(b64decode(due.key), plain, about=about(due.worker, due.transfer))
        command = SendRecord(worker=due.worker, transfer=due.transfer, disclosure=disclosure, record=text(sealed))
        await carried_out(self._store, fact, SENTENCE, RECORD, due.worker, command)
