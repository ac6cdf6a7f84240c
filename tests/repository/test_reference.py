"""The generated reference names everything there is, and is as fresh as the code."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from commonplace.cli.main import COMMANDS, cli
from commonplace.engines.transcripts.formats import FORMATS
from commonplace.site.settings import SETTINGS
from docs import generate
from tests.repository.tree import ROOT, source_modules

CONTEXT = click.Context(cli, info_name="commonplace")


def command(name: str) -> click.Command:
    found = cli.get_command(CONTEXT, name)
    assert found is not None
    return found


def page(name: str) -> str:
    return (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """The text from this heading to the next of its level."""
    match = re.search(rf"^## {re.escape(heading)}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert match, f"no heading for {heading}"
    return match.group(1)


def test_no_generated_page_is_stale():
    stale = generate.find_stale(generate.generate())
    assert [path.name for path in stale] == [], "run `make docs`"


def test_every_page_of_the_reference_is_generated():
    assert set((ROOT / "docs" / "reference").glob("*")) == set(generate.generate())


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_documented_with_all_its_options(name: str):
    text = section(page("commands.md"), name)
    for parameter in command(name).params:
        spellings = parameter.opts if isinstance(parameter, click.Option) else [parameter.make_metavar(CONTEXT)]
        for spelling in spellings:
            assert spelling in text


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_the_same_in_the_overview_and_in_its_own_help(name: str):
    help_text = command(name).help
    assert help_text, f"{name} has no help text"
    first_paragraph = " ".join(help_text.strip().split("\n\n")[0].split())
    assert first_paragraph == COMMANDS[name][1]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_has_a_help_text(name: str):
    options = [parameter for parameter in command(name).params if isinstance(parameter, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_every_format_is_documented():
    text = page("formats.md")
    assert [form.name for form in FORMATS if not section(text, form.name).strip()] == []


def test_every_setting_is_documented():
    text = page("settings.md")
    assert [name for name in SETTINGS if f"`{name}`" not in text] == []


def test_every_variable_the_settings_read_is_in_their_table():
    source = (ROOT / "src" / "commonplace" / "site" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r"[\"'](COMMONPLACE_[A-Z_]+|DATABASE_URL)[\"']", source))
    assert read == set(SETTINGS)


def test_every_job_is_documented():
    text = page("jobs.md")
    assert [name for name in generate.find_jobs() if f"`{name}`" not in text] == []


def test_every_job_that_is_left_is_one_that_somebody_does():
    sources = [path.read_text(encoding="utf-8") for path in source_modules()]
    left = {name for source in sources for name in re.findall(r"""\benqueue\(\s*["']([^"']+)["']""", source)}
    assert left <= set(generate.find_jobs())


def test_a_stale_page_is_noticed(tmp_path: Path):
    fresh, stale, missing = tmp_path / "fresh.md", tmp_path / "stale.md", tmp_path / "missing.md"
    fresh.write_text("text\n")
    stale.write_text("old text\n")
    assert generate.find_stale(dict.fromkeys([fresh, stale, missing], "text\n")) == [stale, missing]
