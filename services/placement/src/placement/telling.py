"""Who told a foreign fact."""

import re
from typing import Any, Final

from eventcore import Fact

_SOURCE: Final = re.compile(r"/cn/([1-9][0-9]{5})/placement")


def province_told_by(fact: Fact[Any]) -> str | None:
    """The province whose placement service said it; None: another service did, or it is an own fact."""
    found = _SOURCE.fullmatch(fact.source)
    return found[1] if found else None
