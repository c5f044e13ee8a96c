"""Ids of streams: minted in the order of time, or the same from the same names."""

from typing import Final
from uuid import UUID, uuid5

import uuid_utils

_NAMESPACE: Final = UUID("6f0e0b0c-5d0f-5c5e-9d0e-6c61626f7572")


def new_id() -> str:
    """UUIDv7: ids in the order in which they were minted."""
    return str(uuid_utils.uuid7())


def same_id(*names: str) -> str:
    """UUIDv5: always the same id for these names. Whoever comes twice comes to the same stream."""
    return str(uuid5(_NAMESPACE, "\x1f".join(names)))
