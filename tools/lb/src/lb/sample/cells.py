"""What stands in a cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """What a spreadsheet program runs, without the sign in front, and what it showed when the file was saved."""

    text: str
    shown: str


Cell: TypeAlias = str | int | float | date | Formula
"""An empty text is an empty cell; a number or a day is stored as one where the format can."""
Cells: TypeAlias = Mapping[str, Cell]
"""By field."""
