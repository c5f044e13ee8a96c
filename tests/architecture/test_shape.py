"""The shape of the code is a test: sizes, budgets, and that the import contracts name every module."""

import ast
import io
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORE = ROOT / "libs/eventcore/src/eventcore"
LONGEST_FUNCTION = 70
LONGEST_MODULE = 300
RUNTIME_BUDGET = 2_200
WEB_BUDGET = 1_021
EXCHANGE_BUDGET = 955
"""Lines of code: without blank lines, comments, docstrings and statements of SQL. See ADR 0007."""
LOG = (
    *("call", "codec", "database", "desk", "door", "failpoints"),
    *("grouped", "guards", "inbox", "loader", "published", "signal", "store"),
)
"""Modules of the log; `readers` and `broker` are folders. Beside them are the pure half, and what starts a process."""


def modules() -> Iterator[Path]:
    for folder in ("libs", "services", "tools", "tests", "bench"):
        yield from (p for p in (ROOT / folder).rglob("*.py") if "migrations/versions" not in p.as_posix())
    yield ROOT / "conftest.py"


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines_of_code(path: Path) -> int:
    """Python beside the SQL: a text of several lines is a statement, and counts as the line that it begins on."""
    text = path.read_text(encoding="utf-8")
    beside = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in beside:
            lines.add(token.start[0])
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            lines -= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return len(lines)


def test_no_function_is_longer_than_seventy_lines() -> None:
    long = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_no_module_is_longer_than_three_hundred_lines() -> None:
    long = [name(p) for p in modules() if len(p.read_text(encoding="utf-8").splitlines()) > LONGEST_MODULE]
    assert long == []


def test_log_readers_and_broker_stay_small() -> None:
    own = [CORE / f"{module}.py" for module in LOG]
    own += [*(CORE / "readers").rglob("*.py"), *(CORE / "broker").rglob("*.py")]
    assert sum(map(lines_of_code, own)) <= RUNTIME_BUDGET


def test_web_and_tracing_stay_small() -> None:
    own = [*(CORE / "web").rglob("*.py"), CORE / "tracing.py", CORE / "metrics.py"]
    assert sum(map(lines_of_code, own)) <= WEB_BUDGET


def test_the_exchange_stays_small() -> None:
    assert sum(map(lines_of_code, (CORE / "exchange").rglob("*.py"))) <= EXCHANGE_BUDGET


@pytest.mark.parametrize(("speaker", "library"), [("broker", "aiokafka"), ("tracing", "opentelemetry")])
def test_the_import_contracts_name_every_part_of_the_runtime(speaker: str, library: str) -> None:
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = configuration["tool"]["importlinter"]["contracts"]
    (sources,) = (c["source_modules"] for c in contracts if c.get("forbidden_modules") == [library])
    parts = {
        p.stem for p in CORE.iterdir() if p.stem not in {"__init__", "__pycache__", "py", "sql", "testing", speaker}
    }
    assert {f"eventcore.{part}" for part in parts} - set(sources) == set()


def test_every_public_name_of_the_libraries_says_what_it_is() -> None:
    silent = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in (ROOT / "libs").rglob("src/**/*.py")
        for node in _public(ast.parse(path.read_text(encoding="utf-8")))
        if ast.get_docstring(node) is None and not _obvious(node)
    ]
    assert silent == []


def _public(tree: ast.Module) -> Iterator[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node


def _obvious(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """A plain record whose fields say it all, or a function of two lines."""
    if isinstance(node, ast.ClassDef):
        return all(isinstance(each, ast.AnnAssign | ast.Expr | ast.FunctionDef) for each in node.body)
    return (node.end_lineno or 0) - node.lineno < 3
