"""What the host does for a record: a key of one use, the record under a key of its own, and its end."""

from base64 import b64decode
from functools import partial
from typing import Any, Final

import msgspec
from contracts.identity import RecordSentV1
from contracts.region import province_of
from contracts.transfer import AcceptedV1
from eventcore.call import Outcome
from eventcore.clock import legal_day
from eventcore.deeds import answered, carried_out
from eventcore.exchange.sealing import unseal
from eventcore.facts import Fact
from eventcore.store import Answer, Store

from registry.border import text
from registry.erasure.erasing import Held, with_what_is_held
from registry.privacy.commands import HOME_ERASED, LEGAL_RETENTION, ErasePersonalData
from registry.records.commands import ConfirmErasure, OfferKey, ReceiveRecord
from registry.records.events import CopyErasureOrdered
from registry.records.letter import Letter, about
from registry.records.one_time import OneTimeKeys
from registry.records.record import RECORD
from registry.records.state import by_grant
from registry.stewardship.tenure_events import TenureHeld
from registry.telling import teller
from registry.vault import KeyGone, PersonKeys
from registry.vault.keys import PersonDestroyed
from registry.workers.privacy import RetentionRunning
from registry.workers.worker import WORKER

OFFERING: Final = "when_a_transfer_is_accepted_offer_a_key"
ASKING: Final = "when_a_guest_is_held_ask_home_for_the_record"
RECEIVING: Final = "when_a_record_comes_keep_it_under_an_own_key"
ERASING: Final = "when_a_copy_is_to_be_erased_erase_it"


class Host:
    """What it takes: the log and the key database."""

    def __init__(self, store: Store, keys: PersonKeys) -> None:
        self._store = store
        self._keys = keys
        self._one_time = OneTimeKeys(keys)

    async def offer(self, fact: Fact[Any]) -> None:
        """To home, or to who sends a guest onward. Unavailable."""
        accepted: AcceptedV1 = fact.event
        home, host = province_of(accepted.home), province_of(accepted.host)
        if home != host and teller(fact, "placement") == host:
            await self._offer(fact, OFFERING, accepted.worker, accepted.transfer, home)

    async def ask(self, fact: Fact[Any]) -> None:
        """Of a guest who came without it, as who found work here alone: who is responsible has to know. Unavailable."""
        match fact.event:
            case TenureHeld(worker=worker, home=home, epoch=epoch, region=region) if region != home:
                record, _ = await self._store.state(RECORD, worker)
                if not record.received:
                    await self._offer(fact, ASKING, worker, by_grant(worker, epoch), home, epoch)

    async def _offer(
        self, fact: Fact[Any], sentence: str, worker: str, transfer: str, home: str, epoch: int | None = None
    ) -> None:
        """The private half is committed before anybody hears of the key."""
        try:
            key = text(await self._one_time.public(worker, transfer))
        except PersonDestroyed:
            return  # erased meanwhile, or offered, used and destroyed already
        command = OfferKey(worker=worker, transfer=transfer, home=home, key=key, epoch=epoch)
        await carried_out(self._store, fact, sentence, RECORD, worker, command)

    async def receive(self, fact: Fact[Any]) -> None:
        """Opened, sealed anew under the person's own key; then the key of one use goes. NotForUs, Unavailable."""
        sent: RecordSentV1 = fact.event
        home = teller(fact, "registry")
        try:
            private = await self._one_time.private(sent.worker, sent.transfer)
        except KeyGone:
            return  # erased, or received already
        plain = unseal(private, b64decode(sent.record), about=about(sent.worker, sent.transfer))
        letter = msgspec.json.decode(plain, type=Letter)
        command = ReceiveRecord(
            worker=sent.worker,
            transfer=sent.transfer,
            by=home or "",
            name=letter.name,
            number=letter.number,
            phone=letter.phone,
            groups=sent.groups,
        )
        if await carried_out(self._store, fact, RECEIVING, RECORD, sent.worker, command):
            await self._one_time.destroy(sent.worker, sent.transfer, fact.id)

    async def erase(self, fact: Fact[Any]) -> None:
        """The key of the person, and every one of one use, is gone before home is told. Unavailable."""
        match fact.event:
            case CopyErasureOrdered(worker=worker):
                kept_for = await self._erased(fact, worker)
                command = ConfirmErasure(worker=worker, kept_for=kept_for)
                await carried_out(self._store, fact, ERASING, RECORD, worker, command)

    async def _erased(self, fact: Fact[Any], worker: str) -> str | None:
        """Why it is kept; None where it is gone."""
        answer = await with_what_is_held(self._store, worker, partial(self._answered, fact, worker))
        if answer.outcome is not Outcome.REFUSED:
            await self._keys.destroy({worker: f"{WORKER.stream(worker)}/{answer.version}"})
            return None
        if msgspec.json.decode(answer.body)["code"] != RetentionRunning.code:
            raise RuntimeError(ERASING)
        return LEGAL_RETENTION

    async def _answered(self, fact: Fact[Any], worker: str, held: Held) -> Answer:
        """With what the worker holds here, who may have been surveyed as a guest."""
        command = ErasePersonalData(
            worker=worker,
            ground=HOME_ERASED,
            numbers=held.numbers,
            linked=held.linked,
            signs=held.signs,
            official=ERASING,
            organisation="registry",
            today=legal_day(),
        )
        return await answered(self._store, fact, ERASING, WORKER, worker, command)
