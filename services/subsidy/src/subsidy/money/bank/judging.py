"""Whether a file that was read may be taken, whole, or by which name it is refused, whole."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from contracts.subsidy_codes import FUNDS

from subsidy.money.bank.records import AnswerLine, Document, Reason, Unreadable

STATUSES: Final[Mapping[str, str]] = {"RET": "SFP", "ANS": "SFP", "REV": "R", "STM": "SR"}
"""Kind of a file -> what its lines may say."""
_REASON: Final = re.compile("[A-Z][A-Z0-9_]*")
_REFERENCE: Final = re.compile("[A-Za-z0-9][A-Za-z0-9._-]*")
_FUNDS: Final = frozenset(each.code for each in FUNDS.codes)


def check(document: Document, today: date) -> None:
    """What can be said of a file by itself. Unreadable."""
    header, trailer, details = document.header, document.trailer, document.details
    if not header.count == trailer.count == len(details):
        raise Unreadable("count")
    if not header.sum == trailer.sum == sum(each.amount for each in details):
        raise Unreadable("sum")
    if not all(_sensible(document.kind, each) for each in details if isinstance(each, AnswerLine)):
        raise Unreadable("undecodable")
    if document.day > today:
        raise Unreadable("wrong_day")


def _sensible(kind: str, line: AnswerLine) -> bool:
    """Only what came back is below zero, only what was executed has no reason, only what moved needs a reference."""
    executed, back = line.status == "S", line.status == "R"
    return (
        line.status in STATUSES[kind]
        and (line.amount < 0) == back
        and (line.fund in _FUNDS if kind == "STM" else not line.fund)
        and (not line.reason if executed else bool(_REASON.fullmatch(line.reason)))
        and bool(_REFERENCE.fullmatch(line.reference) or not (executed or back or line.reference))
    )


def fault(lines: Sequence[tuple[str, int]], expected: Mapping[str, int], *, complete: bool) -> Reason | None:
    """What is wrong with lines `(payment, amount)` about these orders, if anything. `complete`: each order has one."""
    if any(n > 1 for n in Counter(payment for payment, _ in lines).values()):
        return "line_doubled"
    if any(payment not in expected for payment, _ in lines):
        return "unknown_order"
    if any(expected[payment] != amount for payment, amount in lines):
        return "amount_differs"
    if complete and len(lines) != len(expected):
        return "line_missing"
    return None
