"""What a decision rests on: the number of a document. It is stored and published, so it says of nobody who they are."""

import re
from typing import Annotated, Final, TypeAlias

from eventcore.web import Text
from pydantic import AfterValidator, Field

_LONG_NUMBER: Final = re.compile(r"[0-9]{11}")
_DIGIT: Final = re.compile(r"[0-9]")


def _is_a_reference(text: str) -> str:
    if not _DIGIT.search(text) or _LONG_NUMBER.search(text.replace(" ", "")):
        raise ValueError("not the number of a document")
    return text


Reference: TypeAlias = Annotated[
    str,
    Text(80),
    AfterValidator(_is_a_reference),
    Field(description="Number of the document; no names, no numbers of persons. 依据文号，不含个人信息。"),
]
"""A number of eleven digits or more is a person's or a phone's, and no document's."""
