"""What is sealed in a question: the number, and where the household is registered as far as the asker knows."""

import msgspec
from contracts.resident_id import ResidentId, parse


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    number: str
    region: str

    @property
    def resident(self) -> ResidentId:
        """Checked by whoever opens it. InvalidResidentId."""
        return parse(self.number, allow_made_up=True)


def about(ask: str, asker: str, owner: str) -> bytes:
    """What the seal is bound to."""
    return f"identity-asked\0{ask}\0{asker}\0{owner}".encode()
