"""Every patch fits the source as it is, and names a test that exists."""

import ast
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from sabotaged import ROOT, TREE, Patch, apply, copy_tree, patches


@pytest.fixture(scope="session")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("sabotage") / "tree"
    copy_tree(copy)
    return copy


@pytest.mark.parametrize("patch", patches(), ids=lambda patch: patch.name)
def test_a_patch_fits(patch: Patch, tree: Path) -> None:
    assert apply(patch, tree, check=True)


@cache
def functions(path: str) -> Mapping[str, ast.FunctionDef | ast.AsyncFunctionDef]:
    nodes = ast.walk(ast.parse((ROOT / path).read_text("utf-8")))
    return {node.name: node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


@pytest.mark.parametrize("patch", patches(), ids=lambda patch: patch.name)
def test_the_named_test_exists_and_does_not_notice_by_luck(patch: Patch) -> None:
    """A property that is tried with drawn examples has the one that matters written down, or draws the same always."""
    path, _, name = patch.test.partition("::")
    test = functions(path)[name.partition("[")[0]]
    decorators = " ".join(ast.unparse(each) for each in test.decorator_list)
    assert "given(" not in decorators or "example(" in decorators or "derandomize=True" in decorators


def test_no_test_mentions_a_patch() -> None:
    names = {patch.name for patch in patches()}
    tests = [p for folder in TREE for p in (ROOT / folder).rglob("test_*.py") if "sabotage" not in p.parts]
    assert len(tests) > 100
    assert [p.name for p in tests if any(name in p.read_text("utf-8") for name in names)] == []
