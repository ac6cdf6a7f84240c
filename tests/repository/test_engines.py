"""An engine says exactly what it offers, and needs nothing of the site to offer it."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository.tree import SOURCE, module_name, parse, relative, source_modules

ENGINES = SOURCE / "engines"
MODULES = [path for path in source_modules() if path.is_relative_to(ENGINES) and path != ENGINES / "__init__.py"]
SINGLE = [path for path in MODULES if path.name != "__init__.py"]
PACKAGES = [path for path in MODULES if path.name == "__init__.py"]

WITHOUT_DJANGO = """
import importlib.abc, sys
class Refuse(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0].startswith("django"):
            raise ImportError(f"{name} is blocked: the engines and their commands work without Django")
sys.meta_path.insert(0, Refuse())
"""


def run_without_django(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", WITHOUT_DJANGO + code], capture_output=True, text=True, check=False)


def exported(module: Path) -> list[str]:
    return list(importlib.import_module(module_name(module)).__all__)


def defined(module: Path) -> set[str]:
    """The public functions and classes that the module defines."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    return {node.name for node in parse(module).body if isinstance(node, kinds) and not node.name.startswith("_")}


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_a_module_has_every_name_it_exports(module: Path):
    loaded = importlib.import_module(module_name(module))
    assert [name for name in loaded.__all__ if not hasattr(loaded, name)] == []
    assert len(set(loaded.__all__)) == len(loaded.__all__)


@pytest.mark.parametrize("module", SINGLE, ids=relative)
def test_a_module_exports_every_public_function_and_class_it_defines(module: Path):
    # `read`, `write` and `looks_like` of a caption format are reached through its FORMAT.
    assert defined(module) - set(exported(module)) <= {"read", "write", "looks_like"}


def imported_names(package: Path) -> list[tuple[str, str, str]]:
    """Every public name that the package takes from its modules: the module, the name there, the name here."""
    imports = [node for node in parse(package).body if isinstance(node, ast.ImportFrom) and node.level == 1]
    own = module_name(package)
    names = [(f"{own}.{node.module}", alias) for node in imports if node.module for alias in node.names]
    return [(module, alias.name, alias.asname or alias.name) for module, alias in names]


@pytest.mark.parametrize("package", PACKAGES, ids=relative)
def test_a_package_takes_only_what_its_modules_export(package: Path):
    taken = [(module, there) for module, there, _ in imported_names(package)]
    assert [(module, name) for module, name in taken if name not in importlib.import_module(module).__all__] == []


@pytest.mark.parametrize("package", PACKAGES, ids=relative)
def test_a_package_exports_what_it_defines_and_nothing_unknown(package: Path):
    assigned = [node.target for node in parse(package).body if isinstance(node, ast.AnnAssign)]
    assigned += [target for node in parse(package).body if isinstance(node, ast.Assign) for target in node.targets]
    own = defined(package) | {name.id for name in assigned if isinstance(name, ast.Name) and name.id[0] != "_"}
    assert own <= set(exported(package)) <= own | {here for _, _, here in imported_names(package)}


def test_every_engine_is_imported_without_django():
    done = run_without_django("\n".join(f"import {module_name(module)}" for module in MODULES))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", ["--help", "read --help", "publish --help"])
def test_a_command_about_captions_answers_without_django(command: str):
    code = f"from commonplace.cli.main import cli\ncli({command.split()!r}, prog_name='commonplace')"
    done = run_without_django(code)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Usage: commonplace")
