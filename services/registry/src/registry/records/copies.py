"""The record that another province sent, opened by a recorded disclosure: who a guest is whom nobody surveyed here."""

from eventcore.store import Store

from registry.disclosures.events import PersonalDataDisclosed
from registry.disclosures.purposes import RECORD_FIELDS
from registry.disclosures.reveal import NothingDisclosed, Shown, opened, reveal
from registry.records.events import RecordReceived
from registry.records.record import RECORD
from registry.vault import Vault


async def identity(store: Store, vault: Vault, disclosure: str) -> Shown:
    """Of the survey that the disclosure names, or else of the record. NothingDisclosed, vault.KeyGone,
    vault.Unopenable, Unavailable."""
    revealed = await reveal(store, vault, disclosure)
    if revealed.disclosed.record is not None:
        return await _copy(store, vault, revealed.disclosed)
    (shown,) = revealed.surveys.values()
    return shown


async def _copy(store: Store, vault: Vault, disclosed: PersonalDataDisclosed) -> Shown:
    stream = RECORD.stream(disclosed.worker)
    stored = (await store.loader.load([stream])).streams[stream]
    for version, each in enumerate(stored, 1):
        event = store.codec(RECORD).decode(*each)
        if isinstance(event, RecordReceived) and event.transfer == disclosed.record:
            return await opened(vault, disclosed, f"{stream}/{version}", event, RECORD_FIELDS)
    raise NothingDisclosed
