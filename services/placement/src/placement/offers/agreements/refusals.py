"""What the rules of an agreement refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class AgreementNotKnown(Rejected):
    """There is no such agreement."""

    code = "agreement_not_known"


class AgreementTermsWrong(Rejected):
    """Kind, sides, partner and period do not go together."""

    code = "agreement_terms_wrong"


class AgreementTaken(Rejected):
    """Another agreement has this id."""

    code = "agreement_taken"


class AgreementNotOffered(Rejected):
    """Nothing is there for this side to sign: it proposed itself, or signed, or it is over."""

    code = "agreement_not_offered"


class NotThePartner(Rejected):
    """Only the employer or school of the agreement, or the labour office of the side, signs for it."""

    code = "not_the_partner"


class NotTheOtherSide(Rejected):
    """Who says so is not the other side of this agreement, or says it of another text."""

    code = "not_the_other_side"


class AgreementNotInForce(Rejected):
    """The agreement is not in force on that day."""

    code = "agreement_not_in_force"


class NotUnderTheAgreement(Rejected):
    """Region, occupation or employer are not of this agreement."""

    code = "not_under_the_agreement"
