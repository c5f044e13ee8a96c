"""What the rules of an inspection refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class InspectionUnknown(Rejected):
    """There is no such inspection."""

    code = "inspection_unknown"


class CommitteeAlreadyFormed(Rejected):
    """This committee is formed already."""

    code = "committee_already_formed"


class CommitteeNotIndependent(Rejected):
    """A committee has three members or more, each once, and nobody of the office that forms it."""

    code = "committee_not_independent"


class NotAMember(Rejected):
    """Only a member of the committee draws samples, records findings and evaluates, and nobody inspects their own."""

    code = "committee_member_required"


class MemberMayNotResolve(Rejected):
    """Whoever found something does not say what came of it."""

    code = "finding_own_resolution"


class ScopeNotOver(Rejected):
    """A sample is drawn of days that are over."""

    code = "sample_days_not_over"


class PopulationEmpty(Rejected):
    """Nobody got a seat in these days."""

    code = "sample_population_empty"


class SampleUnknown(Rejected):
    """The inspection has no such sample."""

    code = "sample_unknown"


class NotInSample(Rejected):
    """This worker in this class is not in the sample."""

    code = "finding_outside_sample"


class FindingUnknown(Rejected):
    """The inspection has no such finding."""

    code = "finding_unknown"


class FindingAlreadyResolved(Rejected):
    """The finding was resolved with another outcome."""

    code = "finding_already_resolved"


class AlreadyEvaluated(Rejected):
    """The sample was evaluated with another verdict."""

    code = "sample_already_evaluated"
