"""What a decision rests on: the number of a document. It is stored and published, so it says of nobody who they are."""

import re
import unicodedata
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, Field, StringConstraints

LONGEST: Final = 80
_LONG_NUMBER: Final = re.compile(r"[0-9]{11}")
_DIGIT: Final = re.compile(r"[0-9]")


def _is_a_reference(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    if not text.isprintable() or not _DIGIT.search(text) or _LONG_NUMBER.search(text.replace(" ", "")):
        raise ValueError("not the number of a document")
    return text


Reference: TypeAlias = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST),
    AfterValidator(_is_a_reference),
    Field(
        description="Number of the document; no names, no numbers of persons. 依据文号，不含个人信息。",
        json_schema_extra={"pattern": r"^[^\u0000-\u001f\u007f-\u009f]*$"},
    ),
]
"""A number of eleven digits or more is a person's or a phone's, and no document's."""
