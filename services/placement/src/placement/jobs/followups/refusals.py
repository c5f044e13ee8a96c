"""What the rules of follow-up refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class NotFollowed(Rejected):
    """No job of this worker is known here."""

    code = "worker_not_followed_up"


class HasJob(Rejected):
    """The worker has a job."""

    code = "worker_has_job"


class RegisteredElsewhere(Rejected):
    """The province that was responsible when the job ended registers the unemployment; its word is on the way."""

    code = "unemployment_registered_elsewhere"


class NotTheirWorker(Rejected):
    """Only a province in which the worker has had a job registers the unemployment."""

    code = "unemployment_told_by_another_province"


class VisitDayWrong(Rejected):
    """The day is in the future, or before the job was lost."""

    code = "follow_up_day_wrong"
