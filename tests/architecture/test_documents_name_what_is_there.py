"""What documents write as code is there: paths, routes, commands."""

import csv
import fnmatch
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import typer
from lb.main import app

ROOT: Final = Path(__file__).parents[2]
FOLDERS: Final = ("libs", "services", "tools", "tests", "bench", "docs", "deploy")
WORD: Final = re.compile(r"`([^`\n]+)`")
BLOCK: Final = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
PATH: Final = re.compile(r"[\w.*-]+(/[\w.*-]+)*/?")
SUFFIX: Final = re.compile(r"\w\.(py|sql|csv|md|yaml|toml|json|patch)$")
MADE: Final = re.compile(
    r"^(\.run|\.venv|to-bank|from-bank|bench/results)(/|$)|^(uploads|people|result)\.csv$|^directory\.json$"
)
"""What running the project leaves behind, and files of others."""
EXAMPLE: Final = re.compile(r"surveyors\.py$|survey-questioned\.|relief-payments[./]|/v1/surveys/\{survey\}/question")
"""What the how-tos would add."""


def documents() -> Iterator[tuple[str, str]]:
    """Name and text of every document; what has changed is history."""
    for name in there():
        if name.endswith(".md") and name != "CHANGELOG.md":
            yield name, (ROOT / name).read_text(encoding="utf-8")


@cache
def there() -> frozenset[str]:
    """Files and folders of the project."""
    inside = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.parts)
    return frozenset(path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*"), *inside))


def words() -> Iterator[tuple[str, str]]:
    """Document and word, for what stands between backticks."""
    for name, text in documents():
        yield from ((name, word) for word in WORD.findall(BLOCK.sub("", text)) if not EXAMPLE.search(word))


@cache
def ends() -> frozenset[str]:
    """Every path, and each of its ends: documents leave out what stands before."""
    parts = [each.split("/") for each in there()]
    return frozenset("/".join(each[n:]) for each in parts for n in range(len(each)))


def is_path(word: str) -> bool:
    named = SUFFIX.search(word) or word.endswith("/") or ("/" in word and word.split("/")[0] in ends())
    return bool(named and PATH.fullmatch(word) and not MADE.search(word))


def test_every_path_is_there() -> None:
    paths = {(name, word) for name, word in words() if is_path(word)}
    assert len(paths) > 100
    lost = [(name, word) for name, word in sorted(paths) if word.rstrip("/") not in ends()]
    assert [(name, word) for name, word in lost if "*" not in word or not fnmatch.filter(ends(), word)] == []


def test_every_route_is_there() -> None:
    with (ROOT / "docs/access.csv").open(encoding="utf-8", newline="") as file:
        known = "|".join({re.sub(r"\{\w+\}", "[^/]+", row["route"]) for row in csv.DictReader(file)})
    cited = {(name, route) for name, word in words() for route in re.findall(r"/v1/[\w/{}<>-]+", word)}
    assert len(cited) > 20
    assert [f"{name}: {route}" for name, route in sorted(cited) if not re.fullmatch(known, route)] == []


def test_every_command_is_there() -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    ours = {"make": targets, "lb": set(typer.main.get_group(app).commands)}
    cited = [
        (name, program, command)
        for name, text in documents()
        for program, command in re.findall(r"(?:^|`)(?:\.venv/bin/)?(make|lb) ([a-z][\w-]*)", text, re.MULTILINE)
    ]
    assert len(cited) > 20
    assert [each for each in cited if each[2] not in ours[each[1]]] == []
