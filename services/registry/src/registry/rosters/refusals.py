"""How the reading of a row ends where something is wrong with it."""

from typing import Final

from registry.rosters.roster import Finding


class Refusal(Exception):
    """Carries the finding, never the value."""

    def __init__(self, code: str, *fields: str) -> None:
        super().__init__(code)
        self.finding: Final = Finding(code, fields)
