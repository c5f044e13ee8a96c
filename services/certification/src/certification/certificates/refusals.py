"""What the rules of a certificate refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class CertificateNotIssued(Rejected):
    """There is no such certificate."""

    code = "certificate_not_issued"


class CertificateRevokedAlready(Rejected):
    """The certificate is revoked; nothing else happens to it."""

    code = "certificate_already_revoked"


class NoNumberFree(Rejected):
    """Too many certificates have numbers of this body, year and level."""

    code = "certificate_numbers_used_up"


class MarkOutOfOrder(Rejected):
    """The day lies before the certificate was issued, before what happened to it last, or in the future."""

    code = "certificate_day_out_of_order"
