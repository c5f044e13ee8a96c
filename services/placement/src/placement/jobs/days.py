"""The legal day of a fact, for commands that follow from it."""

from datetime import date
from typing import Any

from eventcore import Fact
from eventcore.clock import LEGAL


def day_of(fact: Fact[Any]) -> date:
    """On which this service knew it, in Asia/Shanghai."""
    return fact.recorded_at.astimezone(LEGAL).date()
