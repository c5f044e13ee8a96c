"""The vault: personal fields sealed with a key per person, the keys in a PostgreSQL instance of their own."""

from registry.vault.keyring import FileKeys, KeyFileUnusable, MasterKeys, read_versions
from registry.vault.keys import KeyGone, PersonKeys
from registry.vault.number_index import NumberIndex
from registry.vault.vault import Unopenable, Vault

__all__ = [
    "FileKeys",
    "KeyFileUnusable",
    "KeyGone",
    "MasterKeys",
    "NumberIndex",
    "PersonKeys",
    "Unopenable",
    "Vault",
    "read_versions",
]
