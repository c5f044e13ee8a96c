"""Money: a whole number of fen (分), never a float. It is an `int` everywhere; these are its borders to people."""

import re
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import Field

from contracts.errors import InvalidMoney

MAX_FEN: Final = 9_007_199_254_740_991
"""The largest integer that every JSON reader keeps exactly: about 90 billion yuan."""

Fen: TypeAlias = Annotated[int, Field(strict=True, ge=-MAX_FEN, le=MAX_FEN, description="CNY, fen; 人民币分")]
PositiveFen: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=MAX_FEN, description="CNY, fen; 人民币分")]

_YUAN: Final = re.compile(r"(-?)([0-9]{1,14}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.([0-9]{1,2}))?")


def parse_yuan(text: str) -> int:
    """`1234.5` or `1,234.50` as fen: 123450. Raises `InvalidMoney`; never rounds."""
    found = _YUAN.fullmatch(text.strip())
    if not found:
        raise InvalidMoney("money_format")
    sign, yuan, decimals = found.groups()
    fen = int(yuan.replace(",", "")) * 100 + int((decimals or "").ljust(2, "0"))
    return checked_fen(-fen if sign else fen)


def checked_fen(fen: int) -> int:
    """Raises `InvalidMoney` beyond what every reader keeps exactly."""
    if not -MAX_FEN <= fen <= MAX_FEN:
        raise InvalidMoney("money_range")
    return fen


def format_yuan(fen: int, language: Literal["zh", "en"]) -> str:
    """For people: `1,234.50元` or `CNY 1,234.50`."""
    yuan, rest = divmod(abs(fen), 100)
    amount = f"{'-' if fen < 0 else ''}{yuan:,}.{rest:02}"
    return f"{amount}元" if language == "zh" else f"CNY {amount}"
