"""What the rules about duplicates refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class OneWorker(Rejected):
    """A worker is no duplicate of itself."""

    code = "duplicate_of_itself"


class OwnSurveyDecided(Rejected):
    """Nobody decides about workers whom they surveyed themselves."""

    code = "duplicate_own_survey"


class LinkedToAnother(Rejected):
    """One of the two is linked to a third worker; decide about that one, or undo the link first."""

    code = "duplicate_linked_to_another"


class StandsForOthers(Rejected):
    """Other workers are linked to the one that is to be linked; it can only be the one that stays."""

    code = "duplicate_stands_for_others"


class WorkerErased(Rejected):
    """The personal data of one of the two were erased; nobody can compare them any more."""

    code = "duplicate_erased"


class WorkerIsLinked(Rejected):
    """This worker was found to be another one; what is new is said of that one."""

    code = "worker_linked"


class NoLinkConflict(Rejected):
    """There is no conflict of these two workers to decide."""

    code = "link_conflict_not_open"


class NumbersRotating(Rejected):
    """The index of the numbers is being renewed; links are made and undone when that is done."""

    code = "numbers_rotating"
