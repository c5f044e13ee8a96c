"""The vault: personal fields sealed with a key per person, the keys in a PostgreSQL instance of their own."""

from registry.vault.keyfile import KeyFile, KeyFileUnusable, read_versions
from registry.vault.keyring import FileKeys, MasterKeyMissing, MasterKeys
from registry.vault.keys import KeyGone, PersonKeys
from registry.vault.number_index import NumberIndex
from registry.vault.vault import Unopenable, Vault

__all__ = [
    "FileKeys",
    "KeyFile",
    "KeyFileUnusable",
    "KeyGone",
    "MasterKeyMissing",
    "MasterKeys",
    "NumberIndex",
    "PersonKeys",
    "Unopenable",
    "Vault",
    "read_versions",
]
