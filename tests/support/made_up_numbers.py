"""Resident ID numbers that are nobody's: their county part was never given out."""

from stdnum.cn import ric


def number(born: str, n: int) -> str:
    """`born` is eight digits, `n` the sequence of the day; even for women."""
    body = f"520599{born}{n:03}"
    return body + str(ric.calc_check_digit(body + "0"))
