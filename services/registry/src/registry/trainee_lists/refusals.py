"""What the rules of a list of trainees refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class ListAlreadyPublished(Rejected):
    """This list was published."""

    code = "trainee_list_already_published"


class ListNotPublished(Rejected):
    """There is no such list."""

    code = "trainee_list_not_published"


class NotDesignatedUnderPlan(Rejected):
    """Somebody on the list is not designated as a trainee under this plan."""

    code = "trainee_not_designated"


class TraineeElsewhere(Rejected):
    """Somebody on the list lives in another region."""

    code = "trainee_of_another_region"


class ReceiversIncomplete(Rejected):
    """A list is for a labour department and at least one training institution, each named once."""

    code = "trainee_list_receivers_incomplete"


class NotAReceiver(Rejected):
    """The list is not for this organisation."""

    code = "trainee_list_not_for_you"
