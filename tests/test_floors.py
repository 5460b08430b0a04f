"""The house: who may import whom, how long things may be, and what every module must say."""

import ast
import graphlib
import pathlib
from collections.abc import Iterator

import grimp
import pytest
from importlinter.cli import lint_imports

import dslint

ROOT = pathlib.Path(__file__).parent.parent
MODULES = sorted((ROOT / "dslint").rglob("*.py"))
FILE_LINES, FUNCTION_LINES, NESTING = 300, 40, 3
BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match)


def named(path: pathlib.Path) -> str:
    return str(path.relative_to(ROOT))


every_module = pytest.mark.parametrize("path", MODULES, ids=named)


def test_a_file_imports_only_from_lower_floors(capsys: pytest.CaptureFixture[str]) -> None:
    failed = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert not failed, capsys.readouterr().out


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = grimp.build_graph("dslint", cache_dir=None)
    imports = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    graphlib.TopologicalSorter(imports).prepare()  # CycleError names the circle


def test_no_module_hides_a_public_function() -> None:
    functions = {
        name for name in dslint.__all__ if callable(getattr(dslint, name)) and name.islower()
    }
    assert {"place", "lint", "validity"} <= functions
    modules = {path.stem for path in (ROOT / "dslint").iterdir() if path.name != "__pycache__"}
    assert not functions & modules


@every_module
def test_a_module_says_what_it_is(path: pathlib.Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring is not None
    assert len(docstring) > 30


@every_module
def test_a_file_can_be_held_in_the_head(path: pathlib.Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE_LINES


@every_module
def test_functions_are_short_and_flat(path: pathlib.Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert {f.name: lines(f) for f in functions if lines(f) > FUNCTION_LINES} == {}
    assert {f.name: depth(f) for f in functions if depth(f) > NESTING} == {}


def lines(function: ast.FunctionDef) -> int:
    """The lines of a function without those of its docstring."""
    first = function.body[0]
    told = ast.get_docstring(function) is not None
    prose = (first.end_lineno or 0) - first.lineno + 1 if told else 0
    return (function.end_lineno or 0) - function.lineno + 1 - prose


def depth(function: ast.FunctionDef) -> int:
    """How many blocks stand within each other, an `elif` counting as its `if`."""
    return max((1 + _deepest(node) for node in _blocks(function.body)), default=0)


def _deepest(block: ast.stmt) -> int:
    inner = [
        statement
        for field in ("body", "orelse", "finalbody")
        for statement in getattr(block, field, [])
    ]
    for part in (*getattr(block, "handlers", []), *getattr(block, "cases", [])):
        inner += part.body
    return max((_counted(block, node) + _deepest(node) for node in _blocks(inner)), default=0)


def _counted(block: ast.stmt, inner: ast.stmt) -> int:
    is_elif = isinstance(block, ast.If) and isinstance(inner, ast.If) and block.orelse == [inner]
    return 0 if is_elif else 1


def _blocks(statements: list[ast.stmt]) -> Iterator[ast.stmt]:
    return (statement for statement in statements if isinstance(statement, BLOCKS))
