"""What the rules of a career refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class NotItsJob(Rejected):
    """Only the province of the work says something of a job."""

    code = "job_told_by_another_province"
