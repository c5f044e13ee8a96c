"""What the published language may import."""

import ast
import sys
from pathlib import Path

import contracts
import pytest
from contracts import errors

SOURCES = sorted(Path(contracts.__file__).parent.glob("*.py"))
VALUE_TYPES = {"stdnum", "pydantic", "pydantic_core", "contracts"}
WIRE = {"cloudevents.py": {"cloudevents", "contracts"}}


def imported(source: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return found - sys.stdlib_module_names


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_a_module_imports_only_what_its_kind_may(source: Path) -> None:
    assert imported(source) <= WIRE.get(source.name, VALUE_TYPES)


def test_every_reason_that_is_raised_has_a_sentence_in_both_languages_and_every_sentence_a_raise() -> None:
    text = "".join(source.read_text(encoding="utf-8") for source in SOURCES if source.name != "errors.py")
    for code, message in errors.MESSAGES.items():
        assert f'"{code}"' in text, f"{code} is raised nowhere"
        assert message.zh
        assert message.en
