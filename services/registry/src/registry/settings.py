"""What the registry is told by its environment beside what every service is."""

from pathlib import Path
from urllib.parse import urlsplit

from eventcore.settings import Refused, Settings
from pydantic import SecretStr

from registry.vault import KeyFileUnusable, read_versions


class RegistrySettings(Settings):
    """The vault's key database lies in a PostgreSQL instance of its own."""

    keys_database_url: SecretStr
    keys_database_owner_url: SecretStr = SecretStr("")

    def check(self) -> None:
        """Also refused: one instance for facts and keys where the people are real, for its backups would hold both."""
        super().check()
        if self.production and _instance(self.database_url) == _instance(self.keys_database_url):
            raise Refused("LB_KEYS_DATABASE_URL and LB_DATABASE_URL name the same PostgreSQL, and LB_ENV is prod")

    def key_versions(self, name: str) -> tuple[bytes, ...]:
        """The versions of a key in LB_SECRETS_DIR: a line of 32 bytes in hex each, the newest last. Refused."""
        if self.secrets_dir is None:
            raise Refused(f"LB_SECRETS_DIR is not set: it holds the file {name}")
        try:
            return read_versions(Path(self.secrets_dir) / name)
        except KeyFileUnusable as unusable:
            raise Refused(str(unusable)) from None

    def index_key(self) -> tuple[bytes, ...]:
        """The key of the numbers' index. Refused where there are more: a known number would look like a new one, and
        its worker would be registered twice."""
        versions = self.key_versions("index_key")
        if len(versions) > 1:
            raise Refused("the secret index_key in LB_SECRETS_DIR has several versions, and numbers have one index")
        return versions


def _instance(url: SecretStr) -> tuple[str | None, int]:
    parts = urlsplit(url.get_secret_value())
    return parts.hostname, parts.port or 5432
