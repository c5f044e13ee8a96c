"""The smallest language that the log can carry: one own event, and one public event of others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar, Final, NoReturn

from eventcore.codec import Codec
from eventcore.published import Dialect

from tests.order import plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    type: ClassVar[str] = plan.OWN_TYPE
    writer: int
    number: int


CODEC: Final = Codec(Counted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    event: bytes
    version: int
    occurred_at: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    correlation: str = ""
    causation: str = ""
    trace: str = ""


class Counting:
    """Reads what the producer sends."""

    def pack(self, event: object, **envelope: object) -> NoReturn:
        raise TypeError("nothing is published here")

    def unpack(self, key: bytes, value: bytes, headers: Sequence[tuple[str, bytes]]) -> Unpacked:
        return Unpacked(event=value, version=int(dict(headers)["ce_id"].split(b"/")[1]))


DIALECT: Final[Dialect] = Counting()
