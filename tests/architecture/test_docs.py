"""Documents say what is there: generated ones are up to date, requirements are traced, links lead somewhere."""

import re
import runpy
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[2]
WRITTEN = ("libs", "services", "tools", "tests", "bench", "docs", "deploy")
READ = {".py", ".md", ".sql", ".csv", ".json", ".yaml", ".toml", ".patch"}
TRACEABILITY = ROOT / "docs" / "traceability.md"
REQUIREMENT = re.compile(r"\bR-[A-Z]+-\d+\b")
TEST = re.compile(r"^(?:async )?def (test_\w+)\(", re.MULTILINE)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)


def files(*suffixes: str) -> Iterator[Path]:
    """Files of the project, without what tools leave behind."""
    yield from (path for path in ROOT.glob("*") if path.is_file() and path.suffix in suffixes)
    for folder in WRITTEN:
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in suffixes and path.is_file():
                yield path


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def traced() -> str:
    return TRACEABILITY.read_text(encoding="utf-8")


@pytest.mark.parametrize("document", ["docs/problem-codes.md", "THIRD_PARTY_NOTICES.md"])
def test_generated_documents_are_what_would_be_written(document: str) -> None:
    wanted: str = runpy.run_path(str(ROOT / "docs" / "generate.py"))["documents"]()[document]
    assert (ROOT / document).read_text(encoding="utf-8") == wanted, "run: python docs/generate.py"


def test_every_code_that_code_names_is_in_the_catalogue() -> None:
    listed = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/problem-codes.md").read_text("utf-8"), re.MULTILINE))
    sources = [*(ROOT / "services").glob("*/src/**/*.py"), *(ROOT / "libs/eventcore/src/eventcore/web").glob("*.py")]
    found = {code for path in sources for code in codes(path.read_text(encoding="utf-8"))}
    assert len(found) > 50
    assert found - listed == set()


def codes(source: str) -> Iterator[str]:
    """Of problems that are raised by name, of parameters' errors, and of refusals."""
    for form in (r'\bProblem\("(\w+)"', r'\b_wrong\("\w+", "(\w+)"\)', r'^    code = "(\w+)"$'):
        yield from re.findall(form, source, re.MULTILINE)


def test_every_file_that_the_traceability_names_is_there() -> None:
    known = {name(path) for path in files(*READ)}
    paths = set(re.findall(r"`([\w./-]+/[\w.-]+\.(?:py|sql|csv|md))`", traced()))
    assert len(paths) > 10
    assert [path for path in sorted(paths) if not any(f"/{each}".endswith(f"/{path}") for each in known)] == []


def test_every_test_that_the_traceability_names_is_there() -> None:
    there = {
        f"{path.name}::{test}"
        for path in files(".py")
        if path.name.startswith("test_")
        for test in TEST.findall(path.read_text(encoding="utf-8"))
    }
    cited = set(re.findall(r"`(test_\w+\.py::\w+)`", traced()))
    assert len(cited) > 20
    assert cited - there == set()


def test_what_is_built_or_begun_names_a_test_and_what_is_not_a_reason() -> None:
    rows = re.findall(r"^\| (R-[A-Z]+-\d+) \|(.*)\|$", traced(), re.MULTILINE)
    assert len({id for id, _ in rows}) == len(rows)
    for id, row in rows:
        cells = [cell.strip() for cell in row.split("|")]
        assert all(cells), id
        assert len(cells) == 1 or "::test_" in row, id


def test_every_requirement_that_is_cited_is_traced() -> None:
    rows = set(re.findall(r"^\| (R-[A-Z]+-\d+) \|", traced(), re.MULTILINE))
    cited = {
        id: name(path)
        for path in files(*READ)
        if path != TRACEABILITY
        for id in REQUIREMENT.findall(path.read_text(encoding="utf-8"))
    }
    assert len(cited) > 20
    assert {id: where for id, where in cited.items() if id not in rows} == {}


def test_every_row_of_the_registrys_requirements_is_traced() -> None:
    rows = set(re.findall(r"^\| (R-REG-\d+) \|", traced(), re.MULTILINE))
    assert rows == {f"R-REG-{n:02}" for n in range(1, 43)}


def links() -> Iterator[tuple[Path, str, str]]:
    """Document, path and anchor of every link inside the project."""
    for path in files(".md"):
        for target in LINK.findall(CODE.sub("", path.read_text(encoding="utf-8"))):
            if "://" not in target and not target.startswith("mailto:"):
                place, _, anchor = target.partition("#")
                yield path, unquote(place), anchor


def test_links_between_documents_lead_somewhere() -> None:
    found = list(links())
    assert len(found) > 20
    assert [f"{name(path)}: {place}" for path, place, _ in found if place and not (path.parent / place).exists()] == []


def test_anchors_of_links_are_headings() -> None:
    dead = []
    for path, place, anchor in links():
        document = path.parent / place if place else path
        if anchor and document.is_file() and anchor not in headings(document):
            dead.append(f"{name(path)}: {place}#{anchor}")
    assert dead == []


def headings(document: Path) -> set[str]:
    """The anchors that a document has."""
    found = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).strip().replace(" ", "-") for each in found}
