"""What a decision rests on is the number of a document, and says of nobody who they are."""

import pytest
from contracts.documents import Reference
from pydantic import TypeAdapter, ValidationError

REFERENCE: TypeAdapter[str] = TypeAdapter(Reference)


@pytest.mark.parametrize("text", ["威人社就〔2026〕12号", "WN-2026-03-12-0007", " 1号 ", "survey-12/3"])
def test_a_document_has_a_number(text: str) -> None:
    assert REFERENCE.validate_python(text) == text.strip()


@pytest.mark.parametrize("text", ["王秀英", "520599189003070024", "138 0000 1234", "13800001234转1", "", "1\n2"])
def test_names_and_numbers_of_persons_are_no_documents(text: str) -> None:
    with pytest.raises(ValidationError):
        REFERENCE.validate_python(text)
