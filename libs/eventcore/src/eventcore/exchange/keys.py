"""Our own signing keys: a file in LB_SECRETS_DIR, a line of 32 bytes in hex each, read again while the service runs."""

from datetime import datetime
from pathlib import Path
from typing import Final

from eventcore.database import Unavailable
from eventcore.exchange.directory import Directory
from eventcore.exchange.envelopes import Signer

SIGNING: Final = "exchange_signing"
SEALING: Final = "exchange_sealing"
"""Files in LB_SECRETS_DIR."""


class NoKey(Unavailable):
    """None of our private keys is listed as valid now: nothing can be signed until one is."""


class Ring:
    """Signs with the last of our keys that the directory lists as valid."""

    def __init__(self, file: Path, region: str, directory: Directory) -> None:
        self._file, self._region, self._directory = file, region, directory
        self._signers: dict[str, Signer] = {}

    def signer(self, now: datetime) -> Signer:
        """NoKey."""
        listed = self._directory.provinces().get(self._region)
        valid = {key.id for key in listed.signing if key.valid(now)} if listed else set()
        if valid - self._signers.keys():
            self._signers = self._read()
        usable = [signer for signer in self._signers.values() if signer.id in valid]
        if not usable:
            raise NoKey
        return usable[-1]

    def _read(self) -> dict[str, Signer]:
        try:
            signers = [Signer(bytes.fromhex(line)) for line in self._file.read_text("ascii").split()]
        except (OSError, ValueError):
            return {}
        return {signer.id: signer for signer in signers}
