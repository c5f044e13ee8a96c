"""Fields that the codec seals with the key of the person whom the event is about."""

from typing import Annotated, TypeVar

T = TypeVar("T")


class _Sealed:
    """Marker read by the codec."""


class _Subject:
    """Marker read by the codec."""


Personal = Annotated[T, _Sealed]
"""Sealed in the log. Decoded events carry the sealed text; only the vault opens it, for a purpose."""

Subject = Annotated[T, _Subject]
"""The id of the person whose key seals the event's personal fields."""
