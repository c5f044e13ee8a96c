"""What imports go by: limits, term, and how a file is read on whichever day it is read."""

import hmac
from dataclasses import dataclass, field
from datetime import date, timedelta

from eventcore.clock import Clock

from registry.imports.events import ImportStarted
from registry.imports.shelf import Shelf
from registry.rosters import Defaults, Limits, Roster, read
from registry.vault.texts import base64url


@dataclass(frozen=True, slots=True, kw_only=True)
class Importing:
    """Settings and tools of this registry."""

    shelf: Shelf
    limits: Limits
    term: timedelta
    province: str
    oldest: int | None
    """Completed years above which a row is refused; None: nobody is too old."""
    secret: bytes = field(repr=False)
    clock: Clock

    def defaults(
        self, today: date, surveyed_on: date | None, channel: str | None, capture_method: str | None
    ) -> Defaults:
        """What the rows of one upload are measured against."""
        return Defaults(
            today=today,
            province=self.province,
            surveyed_on=surveyed_on,
            channel=channel,
            capture_method=capture_method,
            oldest=self.oldest,
        )

    def read(self, started: ImportStarted, data: bytes) -> Roster:
        """The rows, as they were on the day of the upload: who reads them again finds the same. rosters.Unreadable."""
        given = self.defaults(started.today, started.surveyed_on, started.channel, started.capture_method)
        return read(data, self.limits, given)

    def fingerprint(self, data: bytes) -> str:
        """HMAC of a file: tells whether it was the same, and nothing else."""
        digest = hmac.digest(self.secret, b"import-file\0" + data, "sha256")
        return base64url(digest)
