import subprocess
import sys

import pytest

from commonplace.cli.main import COMMANDS

HEAVY = ("django", "yaml", "rich", "commonplace.engines")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "commonplace", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_overview_names_every_command():
    overview = run("--help").stdout
    assert all(f"  {name} " in overview for name in COMMANDS)


@pytest.mark.parametrize("name", ["read", "publish"])
def test_help_on_captions_loads_nothing_heavy(name: str):
    code = f"""
import sys
from click.testing import CliRunner
from commonplace.cli.main import cli
assert CliRunner().invoke(cli, [{name!r}, "--help"]).exit_code == 0
print([module for module in {HEAVY!r} if module in sys.modules])
"""
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_an_unknown_command_is_wrong_usage():
    done = run("publsh")
    assert done.returncode == 2
    assert "No such command" in done.stderr


def test_the_version_is_told():
    assert run("--version").stdout.startswith("commonplace, version ")
