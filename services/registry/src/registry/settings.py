"""What the registry is told by its environment beside what every service is."""

from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit

from eventcore.settings import Refused, Settings
from pydantic import Field, PrivateAttr, SecretStr

from registry.vault import KeyFile, KeyFileUnusable

MB: Final = 1 << 20


class RegistrySettings(Settings):
    """The vault's key database lies in a PostgreSQL instance of its own."""

    _key_files: dict[str, KeyFile] = PrivateAttr(default_factory=dict)
    keys_database_url: SecretStr
    keys_database_owner_url: SecretStr = SecretStr("")
    searches_a_minute: Annotated[int, Field(ge=1, le=6_000)] = 60
    """Of one person in one process."""
    number_checks_a_minute: Annotated[int, Field(ge=1, le=6_000)] = 10
    """Of one worker's number in one process: there are eleven thousand ends to try."""
    phone_sharers: Annotated[int, Field(ge=1, le=64)] = 5
    """A phone that more workers gave is a neighbour's or an agent's, and no sign that two of them are one person."""
    status_stale_days: Annotated[int, Field(ge=1, le=3_650)] = 180
    """An employment status that was surveyed longer ago is shown with a warning."""
    trainee_list_days: Annotated[int, Field(ge=1, le=90)] = 5
    """Within how many days receivers confirm a list of trainees; later is late."""

    import_bytes: Annotated[int, Field(ge=1, le=1 << 30)] = 20 * MB
    import_rows: Annotated[int, Field(ge=1)] = 50_000
    import_cells: Annotated[int, Field(ge=1)] = 4_000_000
    import_ratio: Annotated[int, Field(ge=1)] = 100
    """Inflated to packed size of a packed roster."""
    import_inflated: Annotated[int, Field(ge=1)] = 400 * MB
    import_term_days: Annotated[int, Field(ge=1, le=3_650)] = 30
    """File and verdicts of an import are destroyed then."""
    import_oldest: Annotated[int, Field(ge=16, le=150)] | None = None
    """Completed years above which a row is refused; None: nobody is too old."""

    def check(self) -> None:
        """Also refused: one instance for facts and keys where the people are real, for its backups would hold both."""
        super().check()
        if self.production and _instance(self.database_url) == _instance(self.keys_database_url):
            raise Refused("LB_KEYS_DATABASE_URL and LB_DATABASE_URL name the same PostgreSQL, and LB_ENV is prod")

    def key_file(self, name: str) -> KeyFile:
        """The versions of a key in LB_SECRETS_DIR: a line of 32 bytes in hex each, the newest last. The same one each
        time, so that all see what comes in while the service runs. Refused."""
        if self.secrets_dir is None:
            raise Refused(f"LB_SECRETS_DIR is not set: it holds the file {name}")
        try:
            if name not in self._key_files:
                self._key_files[name] = KeyFile(Path(self.secrets_dir) / name)
            return self._key_files[name]
        except KeyFileUnusable as unusable:
            raise Refused(str(unusable)) from None

    def index_key(self) -> KeyFile:
        """The key of the numbers' index."""
        return self.key_file("index_key")


def _instance(url: SecretStr) -> tuple[str | None, int]:
    parts = urlsplit(url.get_secret_value())
    return parts.hostname, parts.port or 5432
