"""What the rules of a reception refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class ReceptionNotKnown(Rejected):
    """Nobody was nominated to here under this id."""

    code = "reception_not_known"


class ReceptionAnswered(Rejected):
    """The nomination was answered already."""

    code = "reception_already_answered"


class ReceptionOver(Rejected):
    """The transfer has ended."""

    code = "reception_ended"


class WorkerNotOnTheWay(Rejected):
    """Home has not said yet that the worker left."""

    code = "worker_not_on_the_way"


class WorkerNotHere(Rejected):
    """The worker has not arrived."""

    code = "worker_not_arrived"


class StillExpected(Rejected):
    """The worker may still come in time."""

    code = "worker_still_expected"


class DayImpossible(Rejected):
    """The day lies before the worker left or arrived, or after today."""

    code = "transfer_day_impossible"


class WorkerHere(Rejected):
    """The worker has arrived."""

    code = "worker_arrived"


class WorkerHasJob(Rejected):
    """The worker has begun the job."""

    code = "transfer_has_begun_job"


class VacancyNotHere(Rejected):
    """The nomination is for a vacancy that is not of this province."""

    code = "vacancy_not_here"
