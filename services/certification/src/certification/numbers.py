"""Numbers of certificates.

Of levels: 22 characters, the national layout (Y employer or S social body, filing code, province, site, year, level,
serial). Of national qualifications: 16 digits, the older layout (year, province, city, institution, level, serial).
For the other kinds no source gives a layout: theirs is that of levels with Z or P in front and 0 as level, which is
illustrative.

A serial is drawn from the certificate's id, so that numbers are not counted up and nobody learns one from another;
a guard keeps each for one certificate, and the next draw is taken where one is gone.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from contracts.certificate_codes import CERTIFICATE_KINDS

DRAWS: Final = 16
"""Where all are taken, the serials of this body, year and level are as good as used up."""
_QUALIFICATION: Final = "QUALIFICATION"
_ISSUERS: Final = {"EMPLOYER": "Y", "SOCIAL": "S"}
_LETTERS: Final = {"SINGLE_ABILITY": "Z", "SPECIAL_ABILITY": "Z", "TRAINING_COMPLETION": "P"}
_LEVEL_SERIAL: Final = 6
_QUALIFICATION_SERIAL: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """What an assessment body is called in numbers. `kind` is a code of `assessment-body-kinds`."""

    kind: str
    region: str
    filing_code: str
    site: str
    appraisal_code: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a number says. `city`: of national qualifications; `site`, `issuer`: of the others."""

    layout: str
    """`qualification`, or the first character of the others."""
    institution: str
    province: str
    place: str
    year: str
    level: str
    serial: str


def prefix(kind: str, issuer: Issuer, level: str, issued_on: date) -> str:
    """All of a number but its serial. KeyError or InvalidCode for a kind that has no numbers."""
    CERTIFICATE_KINDS.find(kind)
    year = f"{issued_on.year % 100:02}"
    if kind == _QUALIFICATION:
        return f"{year}{issuer.region[:4]}{issuer.appraisal_code}{level}"
    letter = _LETTERS.get(kind) or _ISSUERS[issuer.kind]
    return f"{letter}{issuer.filing_code}{issuer.region[:2]}{issuer.site}{year}{level}"


def drawn(prefix: str, certificate: str) -> tuple[str, ...]:
    """Numbers for this certificate, in the order in which they are tried; always the same."""
    digits = _LEVEL_SERIAL if prefix[0].isalpha() else _QUALIFICATION_SERIAL
    return tuple(f"{prefix}{_serial(prefix, certificate, n, 10**digits):0{digits}}" for n in range(DRAWS))


def _serial(prefix: str, certificate: str, n: int, most: int) -> int:
    digest = hashlib.sha256(f"{prefix}/{certificate}/{n}".encode()).digest()
    return 1 + int.from_bytes(digest[:8], "big") % (most - 1)


def parse(number: str) -> Parts:
    """Takes a number of either layout apart. ValueError for any other text."""
    digits = number.isascii() and number[1:].isdigit()
    if digits and len(number) == 22 and number[0] in {*_ISSUERS.values(), *_LETTERS.values()}:
        cuts = (0, 1, 5, 7, 13, 15, 16, 22)
        layout, institution, province, place, year, level, serial = _cut(number, cuts)
    elif digits and len(number) == 16 and number[0].isdigit():
        year, province, place, institution, level, serial = _cut(number, (0, 2, 4, 6, 10, 11, 16))
        layout = "qualification"
    else:
        raise ValueError("no number of a certificate")
    return Parts(
        layout=layout,
        institution=institution,
        province=province,
        place=place,
        year=year,
        level=level,
        serial=serial,
    )


def _cut(text: str, cuts: tuple[int, ...]) -> list[str]:
    return [text[first:last] for first, last in pairwise(cuts)]
