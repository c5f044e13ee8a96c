"""What the rules of an institution refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class InstitutionUnknown(Rejected):
    """This institution is not registered."""

    code = "institution_unknown"


class InstitutionAlreadyRegistered(Rejected):
    """This institution is registered already."""

    code = "institution_already_registered"


class InstitutionDayInFuture(Rejected):
    """The day lies in the future."""

    code = "institution_day_in_future"


class PlaceUnknown(Rejected):
    """There is no such region."""

    code = "institution_place_unknown"


class ScoresIncomplete(Rejected):
    """Every criterion is scored once."""

    code = "accreditation_scores_incomplete"


class AccreditedBefore(Rejected):
    """An accreditation begins after the one before began, and after it was revoked."""

    code = "accreditation_out_of_order"


class NotAccredited(Rejected):
    """The institution is not accredited as a training base."""

    code = "institution_not_accredited"


class BaseIsRevoked(Rejected):
    """The institution's accreditation was revoked: it opens no class and takes nobody in any more."""

    code = "institution_revoked"


class OccupationOutOfScope(Rejected):
    """The institution is not accredited for this occupation."""

    code = "occupation_out_of_scope"


class ReviewedAlready(Rejected):
    """The institution was reviewed for this year, with another result."""

    code = "base_already_reviewed"


class ReviewYearWrong(Rejected):
    """A review is of a year in which the institution was accredited, and of no later year than this one."""

    code = "base_review_year_wrong"


class VoidAfterRevocation(Rejected):
    """Completions become void from a day that is no later than the revocation."""

    code = "base_void_after_revocation"


class DeliveryPeriodWrong(Rejected):
    """A filing ends after it began."""

    code = "mobile_delivery_period_wrong"


class DeliveryNotFiled(Rejected):
    """Teaching in townships and villages needs a filing for this place and these days."""

    code = "mobile_delivery_not_filed"
