"""What the rules of a vacancy refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class VacancyNotPublished(Rejected):
    """There is no such vacancy."""

    code = "vacancy_not_published"


class VacancyIsClosed(Rejected):
    """The vacancy is closed."""

    code = "vacancy_closed"


class VacancyTermsWrong(Rejected):
    """The wage ends below where it begins, or the last day is over."""

    code = "vacancy_terms_wrong"


class EmployerElsewhere(Rejected):
    """Work is published in the province in which the employer is registered."""

    code = "vacancy_outside_the_province"


class SeatsInUse(Rejected):
    """More seats are held or taken than would be left."""

    code = "vacancy_seats_in_use"


class SharedAlready(Rejected):
    """The vacancy is shared under another agreement."""

    code = "vacancy_shared_already"
