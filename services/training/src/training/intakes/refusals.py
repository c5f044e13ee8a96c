"""What the rules of intakes refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class IntakeUnknown(Rejected):
    """There is no such intake."""

    code = "intake_unknown"


class NotAKeySchool(Rejected):
    """Only technical schools of the province's key grade or higher take part (R-INS-33)."""

    code = "intake_not_a_key_school"


class SpecialtyUnknown(Rejected):
    """The intake has no specialty of this number."""

    code = "intake_specialty_unknown"


class ApplicantRepeated(Rejected):
    """Each applicant is named once."""

    code = "intake_applicant_repeated"


class NoPlaceWished(Rejected):
    """The places that were wished went to those who come first."""

    code = "intake_places_given_to_others"


class InternshipDaysWrong(Rejected):
    """An internship ends after it began."""

    code = "internship_days_wrong"
