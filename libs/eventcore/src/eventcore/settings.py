"""What a service is told by its environment, and what it refuses to run with."""

import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from eventcore import failpoints
from eventcore.database import Pool

DEV_ISSUER: Final = "urn:labourbridge:dev"
"""Who signs the tokens of `lb token`; nobody outside one machine trusts it."""
DEV_KEY: Final = "dev-"
"""What the ids of keys begin with that belong to no identity provider."""
KEY_BYTES: Final = 32


_FROM_ENVIRONMENT: Final[dict[str, Any]] = {}
"""Nothing is given by hand: every value comes from a variable."""


class Refused(Exception):
    """The service does not start like this; the text says why and names the variable."""


class Settings(BaseSettings):
    """The variables that every service has, with the prefix `LB_`. A service adds its own in a subclass."""

    model_config = SettingsConfigDict(
        env_prefix="LB_", env_ignore_empty=True, frozen=True, extra="ignore", hide_input_in_errors=True
    )

    env: Literal["dev", "test", "prod"]
    region: Annotated[str, Field(pattern=r"^[0-9]{6}$")]
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 0
    database_url: SecretStr
    database_owner_url: SecretStr = SecretStr("")
    kafka_bootstrap: str = ""
    otlp_endpoint: str = ""
    jwks: str = ""
    token_issuer: str = ""
    token_audience: str = ""
    secrets_dir: Path | None = None
    access_table: Path | None = None
    exchange_bootstrap: str = ""
    """The Kafka that provinces share; empty: this one stands alone, and everything else works."""
    exchange_ca: Path | None = None
    """Who vouches for it (PEM); without one there is no TLS on it, which no production takes."""
    exchange_certificate: Path | None = None
    exchange_key: Path | None = None
    """Who this province is to it: a certificate of that authority, and its private key (PEM)."""
    exchange_directory: Path | None = None
    """The provinces' keys."""
    exchange_provinces: Annotated[str, Field(pattern=r"^([1-9][0-9]{5}(,[1-9][0-9]{5})*)?$")] = ""
    """Those that this one exchanges with."""
    failpoints: str = ""
    member: Annotated[int, Field(ge=0)] | None = None

    @property
    def production(self) -> bool:
        """Real people, real money."""
        return self.env == "prod"

    @property
    def made_up_people(self) -> bool:
        """Whether resident IDs with an address code that was never given out are taken."""
        return not self.production

    @property
    def peers(self) -> tuple[str, ...]:
        """The other provinces of the exchange."""
        return tuple(each for each in self.exchange_provinces.split(",") if each not in ("", self.region))

    def secret(self, name: str) -> bytes:
        """The 32 bytes in the file `name` of LB_SECRETS_DIR (hex). Refused where it is not there or not that long."""
        if self.secrets_dir is None:
            raise Refused(f"LB_SECRETS_DIR is not set: it holds the file {name}")
        try:
            key = bytes.fromhex((self.secrets_dir / name).read_text("ascii").strip())
        except (OSError, ValueError) as error:
            raise Refused(f"the secret {name} in LB_SECRETS_DIR cannot be read as hex") from error
        if len(key) != KEY_BYTES:
            raise Refused(f"the secret {name} in LB_SECRETS_DIR must be {KEY_BYTES} bytes")
        return key

    def check(self) -> None:
        """Refused: what belongs on a developer's machine or in a test is set for a real deployment."""
        if self.failpoints and self.env != "test":
            raise Refused("LB_FAILPOINTS is for LB_ENV=test only")
        if self.exchange_bootstrap and not (self.exchange_directory and self.secrets_dir):
            raise Refused("LB_EXCHANGE_BOOTSTRAP needs LB_EXCHANGE_DIRECTORY and LB_SECRETS_DIR")
        if not self.production:
            return
        if self.exchange_bootstrap and not (self.exchange_ca and self.exchange_certificate and self.exchange_key):
            wanted = "LB_EXCHANGE_CA, LB_EXCHANGE_CERTIFICATE and LB_EXCHANGE_KEY"
            raise Refused(f"{wanted} are needed: there is no exchange without TLS on both sides where LB_ENV is prod")
        if self.token_issuer.startswith(DEV_ISSUER):
            raise Refused("LB_TOKEN_ISSUER is the developers' issuer, and LB_ENV is prod")
        if not self.token_issuer.startswith("https://"):
            raise Refused("LB_TOKEN_ISSUER must be an https address where LB_ENV is prod")
        if self.jwks.startswith("http://"):
            raise Refused("LB_JWKS must be a file or an https address where LB_ENV is prod")

    async def check_clock(self, pool: Pool) -> timedelta:
        """How far the log's clock is set off, which only a test may do. Refused elsewhere."""
        offset: timedelta = await pool.fetchval("select clock_offset from log.head")
        if offset and self.env != "test":
            raise Refused("the clock of the log is set off (log.head), and LB_ENV is not test")
        return offset

    @classmethod
    def load(cls) -> Self:
        """From the environment, checked, failpoints armed. Ends the process with one sentence where that fails."""
        try:
            settings = cls(**_FROM_ENVIRONMENT)
            settings.check()
            failpoints.arm(settings.failpoints)
        except ValidationError as error:
            wrong = ", ".join(f"LB_{str(each['loc'][0]).upper()} ({each['msg']})" for each in error.errors())
            sys.exit(f"wrong or missing settings: {wrong}")
        except (Refused, ValueError) as error:
            sys.exit(f"refused to start: {error}")
        return settings
