"""What may be done with a worker's data now."""

from dataclasses import dataclass
from datetime import date

from eventcore import Rejected


class PersonalDataGone(Rejected):
    """The personal data of this person were erased."""

    code = "personal_data_gone"


class UseIsRestricted(Rejected):
    """The use of this person's data is restricted: they are kept, and nothing else is done with them."""

    code = "use_restricted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    ground: str
    until: date | None

    def holds_on(self, day: date) -> bool:
        return self.until is None or day < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """What a person's stream says of the use of their data."""

    restriction: Restriction | None = None
    erased: bool = False

    def require_use(self, today: date) -> None:
        """Refuses where the data are gone or only kept."""
        if self.erased:
            raise PersonalDataGone
        if self.restriction and self.restriction.holds_on(today):
            raise UseIsRestricted
