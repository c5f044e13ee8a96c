"""Whom a payment is for."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Payee:
    """Who gets the money: a worker by id, or an organisation by credit code. Part of stored events."""

    kind: Literal["WORKER", "ORGANISATION"]
    id: str
