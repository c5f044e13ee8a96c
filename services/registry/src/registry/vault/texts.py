"""Bytes as texts of stored answers, indexes and sealed fields."""

from binascii import b2a_base64
from typing import Final

_URL_SAFE: Final = bytes.maketrans(b"+/", b"-_")


def base64url(data: bytes) -> str:
    """Without the padding."""
    return b2a_base64(data, newline=False).translate(_URL_SAFE, b"=").decode()
