"""What the rules of a programme refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class ProgrammeUnknown(Rejected):
    """There is no such programme."""

    code = "programme_unknown"


class ProgrammeAlreadyListed(Rejected):
    """This programme is listed already, with another content."""

    code = "programme_already_listed"


class ProgrammeIsWithdrawn(Rejected):
    """The programme was withdrawn."""

    code = "programme_withdrawn"


class VersionOutOfOrder(Rejected):
    """A version begins, and a programme ends, after the version before began."""

    code = "programme_version_out_of_order"


class NotInCatalogue(Rejected):
    """The programme is not in the catalogue on the day on which the class begins."""

    code = "programme_not_in_catalogue"
