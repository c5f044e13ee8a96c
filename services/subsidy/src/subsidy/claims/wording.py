"""What rules looked at, in words of people, Chinese and English: codes by their names, yes and no."""

from dataclasses import dataclass
from typing import Final

from contracts import region
from contracts.certificate_codes import CERTIFICATE_KINDS
from contracts.codes import CodeList
from contracts.errors import InvalidCode
from contracts.training_codes import TRAINING_CATEGORIES, TRAINING_MODES

from subsidy.claims.evidence import NOT_EMPLOYED
from subsidy.packs.inputs import INPUTS, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    zh: str
    en: str


NONE: Final = Sentence(zh="无", en="none")
_LISTS: Final = {
    "certificate_kind": CERTIFICATE_KINDS,
    "training_category": TRAINING_CATEGORIES,
    "training_mode": TRAINING_MODES,
}
"""Of inputs whose codes are not checked when a pack is published: packs that name others are stored."""
_FLAGS: Final = {True: Sentence(zh="是", en="yes"), False: Sentence(zh="否", en="no")}


def named(codes: CodeList, code: str) -> Sentence:
    """By the list; a code that it does not have, as it stands."""
    try:
        found = codes.find(code)
    except InvalidCode:
        return Sentence(zh=code, en=code)
    return Sentence(zh=found.zh, en=found.en)


def worded(name: str, text: str) -> Sentence:
    """The value of an input, from the text that decisions store."""
    asked = INPUTS.get(name)
    if text in ("", NOT_EMPLOYED):
        return NONE
    if name == "region":
        return Sentence(zh=f"{region.history(text)[-1].name}（{text}）", en=text)
    if asked is None or asked.kind in (Kind.NUMBER, Kind.DAY):
        return Sentence(zh=text, en=text)
    if asked.kind is Kind.FLAG:
        return _FLAGS[text == "true"]
    return _listed(asked.codes or _LISTS.get(name), text.split(","))


def _listed(codes: CodeList | None, found: list[str]) -> Sentence:
    words = [named(codes, code) if codes else Sentence(zh=code, en=code) for code in found]
    return Sentence(zh="、".join(each.zh for each in words), en=", ".join(each.en for each in words))
