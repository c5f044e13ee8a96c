"""What the rules of matching refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class ProposalsUnfit(Rejected):
    """A worker is proposed twice, for a vacancy without a seat, or for one that cannot be."""

    code = "match_proposals_unfit"


class MatchNotProposed(Rejected):
    """Nothing was proposed to this worker in this run."""

    code = "match_not_proposed"


class MatchAnswered(Rejected):
    """The worker has answered otherwise already."""

    code = "match_answered"
