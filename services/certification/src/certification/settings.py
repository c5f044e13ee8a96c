"""What certification is told by its environment beside what every service is."""

from pathlib import Path
from typing import Annotated

from eventcore.settings import Refused, Settings
from pydantic import Field


class CertificationSettings(Settings):
    """The file `registry_token` in LB_SECRETS_DIR holds the token with which the registry is asked."""

    registry_url: Annotated[str, Field(pattern=r"^$|^https?://")] = ""
    """Where the registry of the province answers."""
    address_header: Annotated[str, Field(pattern=r"^[A-Za-z-]{0,60}$")] = ""
    """The header in which the province's own proxy says whom it speaks for; without a proxy, none: callers could
    write it themselves."""

    def check(self) -> None:
        """Also refused: no registry where people are real."""
        super().check()
        if self.production and not self.registry_url:
            raise Refused("LB_REGISTRY_URL is not set, and LB_ENV is prod")

    @property
    def registry_token(self) -> Path | None:
        """Where the token lies; None: nowhere."""
        return self.secrets_dir and self.secrets_dir / "registry_token"
