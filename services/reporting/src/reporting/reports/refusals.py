"""What the rules of a report refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class PeriodNotOver(Rejected):
    """The day up to which the report tells has not come yet."""

    code = "report_period_not_over"


class StreamsParked(Rejected):
    """Facts that the report has to count could not be read yet."""

    code = "report_streams_parked"


class NotFrozen(Rejected):
    """There is no such report."""

    code = "report_not_frozen"


class RestatedMeanwhile(Rejected):
    """Another restatement came in between; ask again."""

    code = "report_restated_meanwhile"


class LogRestored(Rejected):
    """The log was restored since: positions of before do not lead to the same facts."""

    code = "report_log_restored"


class TooManyDifferences(Rejected):
    """More differences than a restatement holds."""

    code = "report_too_many_differences"
