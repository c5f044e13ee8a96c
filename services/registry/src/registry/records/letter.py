"""What a sealed record holds."""

import msgspec


class Letter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """In plain text between two seals only."""

    name: str
    number: str
    phone: str | None = None

    def __repr__(self) -> str:
        return "Letter()"


def about(worker: str, transfer: str) -> bytes:
    """What the seal is bound to."""
    return f"record\0{worker}\0{transfer}".encode()
