"""Folders of a service lie above one another: what one knows of another does not know of it, on no way round.

Read models, policies and what wires them look wherever they must; a folder and what lies in it are one house.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter
from pathlib import Path, PurePath

import pytest

SOURCES = sorted(each.parent for each in Path(__file__).parents[2].glob("services/*/src/*/__main__.py"))


def arrows(source: Path) -> Mapping[str, set[str]]:
    """Folder -> folders of the same service whose modules its own ones import."""
    found: dict[str, set[str]] = defaultdict(set)
    for module in source.rglob("*.py"):
        folder = module.relative_to(source).parent
        if module.name != "wiring.py" and not {"views", "policies"} & {*folder.parts}:
            found[str(folder)] |= {str(each) for each in imported(module, source) if not related(folder, each)}
    return found


def imported(module: Path, source: Path) -> Iterator[PurePath]:
    """The folders of what a module imports of its service."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{source.name}."):
            for name in ("", *(each.name for each in node.names)):
                file = source.parent.joinpath(*(node.module or "").split("."), name).with_suffix(".py")
                if file.is_file():
                    yield file.relative_to(source).parent


def related(one: PurePath, other: PurePath) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_no_arrows_between_folders_of_a_service_go_round(source: Path) -> None:
    found = arrows(source)
    assert any(found.values())
    TopologicalSorter(found).prepare()
