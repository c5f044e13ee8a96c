"""What the rules of a job refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class EmploymentNotThere(Rejected):
    """There is no such job, or it has not started."""

    code = "employment_not_started"


class OtherTerms(Rejected):
    """Under this id another job is known."""

    code = "employment_of_other_terms"


class EmploymentStartedAlready(Rejected):
    """The job started on another day."""

    code = "employment_started"


class EmploymentEndedAlready(Rejected):
    """The job has ended."""

    code = "employment_ended"


class SameJobTwice(Rejected):
    """The worker has a job with this employer already."""

    code = "employment_exists"


class TransferHasJob(Rejected):
    """The transfer has led to a job already."""

    code = "transfer_has_employment"


class TransferDoesNotFit(Rejected):
    """The transfer is of another worker or county, or nobody is on the way or has arrived under it."""

    code = "transfer_does_not_fit_employment"


class HomeNotSaid(Rejected):
    """The registry of this province does not know the worker: the county of home, in another province, is needed."""

    code = "home_of_worker_missing"


class CertificateMissing(Rejected):
    """The occupation is listed, and the worker has no certificate that held on the day of the hiring (R-PLC-16)."""

    code = "admission_certificate_missing"


class DayOutOfOrder(Rejected):
    """The day is in the future, or before what has to come before it."""

    code = "employment_day_out_of_order"


class MonthOutside(Rejected):
    """The month is not one of the job, or has not begun."""

    code = "month_outside_employment"


class TooManyDays(Rejected):
    """The month has fewer days of this job."""

    code = "month_days_too_many"


class MonthsAfterEnd(Rejected):
    """More days are confirmed than the job would have until its end; correct those months first."""

    code = "months_confirmed_after_end"
