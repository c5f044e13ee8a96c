"""What a system says of somebody."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one system says of somebody. Part of stored events; codes only."""

    source: str
    present: bool
    value: str | None = None
    records: tuple[str, ...] = ()
