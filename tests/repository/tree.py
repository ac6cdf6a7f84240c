"""The repository as the tests beside this file look at it."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "commonplace"


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file that git tracks or would, were it added."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(path for name in listing.split("\0") if name and (path := ROOT / name).is_file())


def source_modules() -> list[Path]:
    """Every Python file of src but migrations, which are history."""
    return sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


def parse(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def relative(path: Path) -> str:
    """The path as one names it inside the repository."""
    return path.relative_to(ROOT).as_posix()


def module_name(path: Path) -> str:
    """The name one imports this file of src by."""
    parts = path.relative_to(ROOT / "src").with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
