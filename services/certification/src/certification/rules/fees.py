"""What a candidate pays (`fees.csv`): the body's standard fee, less or nothing for some groups and kinds."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from contracts.certificate_codes import CERTIFICATE_KINDS
from contracts.groups import GROUPS, same_group


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduction:
    """Of a kind, for a group (in the words of any time) or for everybody, this part is paid (R-CRT-04, R-CRT-05)."""

    kind: str
    group: str | None
    percent: int
    source: str
    illustrative: bool

    def is_for(self, kind: str, groups: Iterable[str], day: date) -> bool:
        if self.kind != kind:
            return False
        return self.group is None or not same_group(self.group, day).isdisjoint(groups)


def charged(standard_fee: int, kind: str, groups: Iterable[str], day: date) -> tuple[int, str | None]:
    """Fen, rounded down, and for which group it is less; the best of what fits counts."""
    held = tuple(groups)
    fitting = [each for each in reductions() if each.is_for(kind, held, day)]
    if not fitting:
        return standard_fee, None
    best = min(fitting, key=lambda each: each.percent)
    return standard_fee * best.percent // 100, best.group


@cache
def reductions() -> tuple[Reduction, ...]:
    """All rows of the table."""
    text = (files("certification") / "rules" / "fees.csv").read_text("utf-8")
    return tuple(
        Reduction(
            kind=CERTIFICATE_KINDS.known(row["kind"]),
            group=GROUPS.known(row["group"]) if row["group"] else None,
            percent=int(row["percent"]),
            source=row["source"],
            illustrative=row["illustrative"] == "yes",
        )
        for row in csv.DictReader(text.splitlines())
    )
