"""The legal day of a fact."""

from datetime import date
from typing import Any

from eventcore import Fact
from eventcore.clock import LEGAL


def legal_day_of(fact: Fact[Any]) -> date:
    """In Asia/Shanghai."""
    return fact.occurred_at.astimezone(LEGAL).date()
