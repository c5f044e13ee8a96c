"""What the rules of a transfer refuse at home. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class TransferNotKnown(Rejected):
    """There is no such transfer."""

    code = "transfer_not_known"


class TransferProposedAlready(Rejected):
    """This transfer was proposed."""

    code = "transfer_already_proposed"


class WorkerInTransfer(Rejected):
    """The worker is in another transfer that is not over."""

    code = "worker_in_transfer"


class ConsentMissing(Rejected):
    """The worker agreed on no day up to today."""

    code = "consent_missing"


class TermsOutOfOrder(Rejected):
    """The answer is due after now, the departure after the answer, and both within half a year."""

    code = "transfer_terms_out_of_order"


class VacancyNotOnOffer(Rejected):
    """The vacancy is not known here, filled, or closed."""

    code = "vacancy_not_on_offer"


class VacancyNotUnderAgreement(Rejected):
    """The vacancy is shared under another agreement, or the agreement is for another county of work."""

    code = "vacancy_not_under_agreement"


class CertificateMissing(Rejected):
    """The vacancy asks for a valid certificate of its occupation, and the worker has none."""

    code = "transfer_certificate_missing"


class TransferNotConfirmed(Rejected):
    """Nobody leaves before home has confirmed the acceptance."""

    code = "transfer_not_confirmed"


class TransferLeft(Rejected):
    """The worker has left already."""

    code = "transfer_already_dispatched"


class TransferOver(Rejected):
    """The transfer has ended."""

    code = "transfer_ended"


class DepartureImpossible(Rejected):
    """The worker leaves today at the latest, and is expected after now and within two months."""

    code = "departure_impossible"
