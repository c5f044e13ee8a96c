"""What the rules of an employer refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class EmployerAlreadyRegistered(Rejected):
    """This employer is registered with other data."""

    code = "employer_already_registered"


class EmployerNotRegistered(Rejected):
    """There is no such employer."""

    code = "employer_not_registered"


class CriteriaNotMet(Rejected):
    """An employment base meets each of the criteria, once, with evidence."""

    code = "base_criteria_not_met"


class NotABase(Rejected):
    """The employer is no employment base."""

    code = "not_an_employment_base"
