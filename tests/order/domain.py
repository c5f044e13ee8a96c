"""The smallest language that the log can carry: one own event, and one public event of others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar, Final, NoReturn

from eventcore.codec import Codec
from eventcore.published import Dialect, Unpacked

from tests.order import plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    type: ClassVar[str] = plan.OWN_TYPE
    writer: int
    number: int


CODEC: Final = Codec(Counted)


class Counting:
    """Reads what the producer sends."""

    def pack(self, event: object, **envelope: object) -> NoReturn:
        raise TypeError("nothing is published here")

    def unpack(self, key: bytes, value: bytes, headers: Sequence[tuple[str, bytes]]) -> Unpacked:
        version = int(dict(headers)["ce_id"].split(b"/")[1])
        return value, version, datetime(2026, 1, 1, tzinfo=UTC), "", "", ""


DIALECT: Final[Dialect] = Counting()
