"""Rules about source files that no linter knows."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.repository.tree import ROOT, SOURCE, parse, relative, source_modules, tracked_files

TEMPLATES = [path for path in tracked_files() if path.suffix == ".html" and path.is_relative_to(SOURCE)]
TEXT_SUFFIXES = {".py", ".html", ".css", ".js", ".sh", ".toml", ".md", ".svg", ""}
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK)\b")


def does_something(module: Path) -> bool:
    """Whether the module has a function, or a method that is more than a name for people: tables of names have none.

    Settings are read by everything that runs.
    """
    functions = [node for node in ast.walk(parse(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return module.name != "settings.py" and any(function.name != "__str__" for function in functions)


def imported_roots(module: Path) -> set[str]:
    """The first parts of the names that the module imports, its own package apart."""
    nodes = list(ast.walk(parse(module)))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level]
    return {name.split(".")[0] for name in names}


def mirror_of(module: Path) -> Path:
    """The test file of a source file: the same path under tests, and a package's own code in test_<package>.py."""
    path = module.relative_to(SOURCE)
    name = path.parent.name if path.stem == "__init__" else path.stem
    return ROOT / "tests" / path.parent / f"test_{name}.py"


def test_every_module_has_its_mirror_among_the_tests():
    mirrors = [mirror_of(module) for module in source_modules() if does_something(module)]
    assert [relative(mirror) for mirror in mirrors if not mirror.exists()] == []


def test_no_module_of_the_source_imports_what_is_not_shipped():
    outside = {"tests", "benchmarks", "training", "docs", "pytest", "hypothesis", "playwright"}
    assert {relative(path): names for path in source_modules() if (names := imported_roots(path) & outside)} == {}


def test_nothing_is_left_unfinished():
    candidates = [path for path in tracked_files() if path.suffix in TEXT_SUFFIXES and "data" not in path.parts]
    unfinished = [relative(path) for path in candidates if UNFINISHED.search(path.read_text(encoding="utf-8"))]
    assert unfinished == []


def test_no_test_is_skipped_or_expected_to_fail():
    pattern = re.compile(r"mark\.(?:" + r"skip|xfail)|pytest\.(?:" + r"skip|xfail|importorskip)")
    tests = [path for path in tracked_files() if path.is_relative_to(ROOT / "tests") and path.suffix == ".py"]
    assert [relative(path) for path in tests if pattern.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=relative)
def test_a_template_holds_no_inline_script_or_style(template: Path):
    text = template.read_text(encoding="utf-8")
    assert re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)[^>]*>", text, re.IGNORECASE) == []
    assert re.findall(r"<style\b[^>]*>", text, re.IGNORECASE) == []
    assert re.findall(r"""\s(?:on[a-z]+|style)\s*=\s*["'][^"']*["']""", text, re.IGNORECASE) == []
    assert re.findall(r"javascript:", text, re.IGNORECASE) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=relative)
def test_a_template_asks_no_other_host_for_anything(template: Path):
    text = template.read_text(encoding="utf-8")
    assert re.findall(r"<(?:script|img|iframe|source|audio|video)[^>]+src=[\"']\s*(?:https?:)?//[^\"']+", text) == []
    assert re.findall(r"<link[^>]+href=[\"']\s*(?:https?:)?//[^\"']+", text) == []
