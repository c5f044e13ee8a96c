"""What the rules of a plan refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class PlanUnknown(Rejected):
    """There is no such plan."""

    code = "plan_unknown"


class PlanAlreadyApproved(Rejected):
    """This plan is approved, and says something else."""

    code = "plan_already_approved"


class PlanLineRepeated(Rejected):
    """A plan names each occupation and each institution once."""

    code = "plan_line_repeated"


class TargetElsewhere(Rejected):
    """A target is for a region of the plan's."""

    code = "plan_target_elsewhere"


class NotPlanned(Rejected):
    """The plan does not name this occupation or this institution, or is of another year or region."""

    code = "class_not_planned"
