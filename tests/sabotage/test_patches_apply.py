"""Every patch fits the source as it is, and names a test that exists."""

import ast
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


@pytest.mark.parametrize("patch", patches(), ids=lambda patch: patch.name)
def test_the_named_test_exists(patch: Patch) -> None:
    path, _, name = patch.test.partition("::")
    tests = ast.walk(ast.parse((ROOT / path).read_text("utf-8")))
    functions = {node.name for node in tests if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    assert name.partition("[")[0] in functions


def test_no_test_mentions_a_patch() -> None:
    names = {patch.name for patch in patches()}
    tests = [p for folder in TREE for p in (ROOT / folder).rglob("test_*.py") if "sabotage" not in p.parts]
    assert len(tests) > 100
    assert [p.name for p in tests if any(name in p.read_text("utf-8") for name in names)] == []
