"""Unified social credit codes (统一社会信用代码) as GB 32100-2015 defines them.

The check character comes from python-stdnum. Its own format check is not used: it refuses the departments that have a
letter, and so every village cooperative (N).
"""

import re
from dataclasses import dataclass
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, WithJsonSchema
from stdnum.cn import uscc

from contracts.errors import InvalidCreditCode, checked

INNER_CHECKSUM: Final = "credit_code_inner_checksum"

_ALPHABET: Final = "0-9A-HJ-NPQRTUWXY"
_FORM: Final = re.compile(rf"[1-9ANY][{_ALPHABET}][0-9]{{6}}[{_ALPHABET}]{{10}}")
_INNER_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditCode:
    code: str
    warnings: tuple[str, ...]
    """Codes of what should be looked at but is no reason to refuse: old organisation codes break their own check."""

    @property
    def department(self) -> str:
        """Who registered it: 1 establishment office, 5 civil affairs, 9 market regulation, N agriculture, Y other."""
        return self.code[0]

    @property
    def entity_type(self) -> str:
        return self.code[1]

    @property
    def region(self) -> str:
        """Six digits: where it was registered, as the code was then; see `region.current`."""
        return self.code[2:8]

    @property
    def organisation(self) -> str:
        """Nine characters: the organisation code (GB 11714)."""
        return self.code[8:17]


def parse(code: str) -> CreditCode:
    """Raises `InvalidCreditCode`; a wrong check character of the organisation code inside is only a warning."""
    code = code.upper()
    if len(code) != 18:
        raise InvalidCreditCode("credit_code_length")
    if not _FORM.fullmatch(code):
        raise InvalidCreditCode("credit_code_format")
    if code[17] != uscc.calc_check_digit(code[:17]):
        raise InvalidCreditCode("credit_code_checksum")
    inner_fits = code[16] == inner_check_character(code[8:16])
    return CreditCode(code=code, warnings=() if inner_fits else (INNER_CHECKSUM,))


def inner_check_character(body: str) -> str:
    """GB 11714: the ninth character of an organisation code from its first eight (letters count from A = 10)."""
    remainder = sum(int(symbol, 36) * weight for symbol, weight in zip(body, _INNER_WEIGHTS, strict=True)) % 11
    return "0X987654321"[remainder]


def _code(text: str) -> str:
    return parse(text).code


CreditCodeText: TypeAlias = Annotated[
    str,
    AfterValidator(checked(_code)),
    WithJsonSchema(
        {"type": "string", "pattern": "^[0-9A-Za-z]{18}$", "description": "GB 32100-2015; 统一社会信用代码"}
    ),
]
"""Field of a request body: a plain string, checked, upper case."""
