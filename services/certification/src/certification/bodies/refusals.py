"""What the rules of an assessment body refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class BodyAlreadyRegistered(Rejected):
    """This body is registered with other data."""

    code = "assessment_body_already_registered"


class BodyNotRegistered(Rejected):
    """There is no such assessment body."""

    code = "assessment_body_not_registered"


class FilingCodeTaken(Rejected):
    """Another body has this filing code and site, and certificates would have the same numbers."""

    code = "filing_code_taken"


class LevelNotOfRoute(Rejected):
    """The route leads to no certificate of this level, or the layout of its numbers does not know it."""

    code = "level_not_of_route"


class AppraisalCodeMissing(Rejected):
    """National qualifications are numbered by the appraisal institution, and the body has no such code."""

    code = "appraisal_code_missing"


class PeriodBackwards(Rejected):
    """The last day lies before the first."""

    code = "period_backwards"
