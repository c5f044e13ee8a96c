"""The other provinces' keys: whom the registry can seal to, what was sealed to it, who lost their key."""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field

from eventcore.exchange.directory import Directory
from eventcore.exchange.sealing import NotForUs, seal, unseal

from registry.settings import RegistrySettings

SEALING_KEY = "exchange_sealing"


@dataclass(frozen=True, slots=True)
class Border:
    """`directory` is None where this province stands alone: then there is nobody to seal to."""

    province: str
    directory: Directory | None = None
    keys: Sequence[bytes | None] = field(default=(), repr=False)
    """Own private sealing keys, the newest last."""

    def sealed_to(self, region: str, plain: bytes, about: bytes) -> str | None:
        """Readable by that province only; None where it takes no part."""
        key = self.directory.sealing_key(region) if self.directory else None
        return text(seal(key, plain, about=about)) if key else None

    def opened(self, sealed: str, about: bytes) -> bytes:
        """What was sealed to this province. NotForUs."""
        for key in reversed(self.keys):
            if key is not None:
                try:
                    return unseal(key, b64decode(sealed), about=about)
                except NotForUs:
                    continue
        raise NotForUs

    def revoked(self) -> frozenset[str]:
        """Provinces that nobody can speak for: their newest signing key was revoked."""
        if self.directory is None:
            return frozenset()
        return frozenset(region for region in self.directory.provinces() if self.directory.is_revoked(region))


def text(sealed: bytes) -> str:
    """As public events carry it."""
    return b64encode(sealed).decode()


def border_of(settings: RegistrySettings) -> Border:
    """As the settings have it. DirectoryUnusable, Refused."""
    if settings.exchange_directory is None:
        return Border(settings.region)
    return Border(settings.region, Directory(settings.exchange_directory), settings.key_file(SEALING_KEY))
