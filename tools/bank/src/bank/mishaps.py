"""What goes wrong at this bank: drawn from a seed and an id, so that it is the same in whatever order things come."""

import enum
import hashlib
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from bank.formats import FORMATS
from bank.model import Document

REASONS: Final = ("ACCOUNT_UNKNOWN", "ACCOUNT_CLOSED", "NAME_DIFFERS")


class Fate(enum.StrEnum):
    """What is planted for an order."""

    NONE = ""
    REFUSED = "refused"
    LATE_EXECUTED = "timed_out_executed"
    LATE_NOT_EXECUTED = "timed_out_not_executed"


class Damage(enum.StrEnum):
    """What is planted for a return file. The right one follows when the province has put the wrong one aside."""

    NONE = ""
    CUT = "cut"
    DOUBLED = "doubled"
    TOTALS = "wrong_totals"
    LOST = "lost"
    LATE = "late"


_FIRST: Final = (Damage.CUT, Damage.DOUBLED, Damage.TOTALS)
_LATER: Final = (*_FIRST, Damage.LOST, Damage.LATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mishaps:
    """Shares of orders, and of return files after the first three, which get one kind each."""

    seed: int
    refused: float = 0.06
    late_executed: float = 0.02
    late_not_executed: float = 0.02
    files: float = 0.0
    first_files: bool = True
    shuffled: bool = True

    def of_order(self, payment: str) -> Fate:
        drawn = self.draw("order", payment)
        for fate, share in (
            (Fate.REFUSED, self.refused),
            (Fate.LATE_EXECUTED, self.late_executed),
            (Fate.LATE_NOT_EXECUTED, self.late_not_executed),
        ):
            if drawn < share:
                return fate
            drawn -= share
        return Fate.NONE

    def reason(self, payment: str) -> str:
        """Why an order is refused whose fate that is."""
        return REASONS[int(self.draw("reason", payment) * len(REASONS))]

    def of_file(self, file: str, before: int) -> Damage:
        """The damage of a return file, of which there were so many before."""
        if self.first_files and before < len(_FIRST):
            return _FIRST[(before + self.seed) % len(_FIRST)]
        if self.draw("file", file) < self.files:
            return _LATER[int(self.draw("damage", file) * len(_LATER))]
        return Damage.NONE

    def draw(self, *words: str) -> float:
        """A number of [0, 1), for ever the same for these words."""
        drawn = hashlib.sha256("/".join((str(self.seed), *words)).encode()).digest()
        return int.from_bytes(drawn[:6]) / 2**48

    def render(self, document: Document, ending: str, damage: Damage) -> bytes:
        """The bytes of a file, with its damage."""
        header = document.header
        if damage is Damage.TOTALS:
            return FORMATS[ending].dump(Document(replace(header, sum=header.sum + 1), document.details))
        data = FORMATS[ending].dump(document)
        if damage is Damage.CUT:
            return data[: 1 + int(self.draw("cut", header.file) * (len(data) - 1))]
        return data


NO_MISHAPS: Final = Mishaps(seed=0, refused=0, late_executed=0, late_not_executed=0, first_files=False, shuffled=False)
"""A bank that refuses only what is wrong."""
