"""What a body asks for, as the command that does it: the same for one worker and for many."""

from eventcore.acting import Dated

from registry.workers.bodies import AssignmentIn, DesignationIn, EligibilityIn, WishesIn
from registry.workers.commands import AssessEligibility, AssignGroup, DesignateTrainee, RecordWishes


def group(body: AssignmentIn, acts: Dated) -> AssignGroup:
    """The worker belongs to the group."""
    return AssignGroup(
        group=body.group, valid_from=body.valid_from, valid_to=body.valid_to, evidence=body.evidence, **acts
    )


def wishes(body: WishesIn, acts: Dated) -> RecordWishes:
    """The worker wishes this now."""
    return RecordWishes(wishes=body.wishes, evidence=body.evidence, **acts)


def eligibility(body: EligibilityIn, acts: Dated) -> AssessEligibility:
    """Whether the worker may become a trainee."""
    return AssessEligibility(able_to_work=body.able_to_work, reason=body.reason, **acts)


def designation(body: DesignationIn, acts: Dated) -> DesignateTrainee:
    """The worker becomes a trainee."""
    return DesignateTrainee(plan=body.plan, evidence=body.evidence, **acts)
