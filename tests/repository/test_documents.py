"""What the documents promise is there."""

from __future__ import annotations

import re
import tomllib
from itertools import chain
from pathlib import Path

import click
import pytest

from commonplace import __version__
from commonplace.cli.main import cli
from tests.repository.tree import ROOT, relative, tracked_files

DOCUMENTS = [path for path in tracked_files() if path.suffix == ".md" and "data" not in path.parts]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def links(document: Path) -> list[str]:
    text = re.sub(r"^```.*?^```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"`[^`\n]*`", "", text)
    return re.findall(r"\]\(\s*<?([^)\s>]+)", text) + re.findall(r"""<img[^>]+src=["']([^"']+)""", text)


def anchors(document: Path) -> set[str]:
    """The anchors that code hosting sites give to headings."""
    headings = re.findall(r"^#+\s+(.+?)\s*$", document.read_text(encoding="utf-8"), re.MULTILINE)
    plain = [re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings]
    return {heading.replace(" ", "-") for heading in plain}


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_relative_links_lead_somewhere(document: Path):
    dead = []
    for link in links(document):
        if re.match(r"[a-z]+:", link):
            continue
        place, _, anchor = link.partition("#")
        target = (document.parent / place).resolve() if place else document
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            dead.append(link)
    assert dead == []


def test_every_page_of_the_docs_is_linked_from_another_one():
    linked = {(d.parent / link.partition("#")[0]).resolve() for d in DOCUMENTS for link in links(d)}
    pages = [path for path in DOCUMENTS if path.is_relative_to(ROOT / "docs")]
    assert [relative(path) for path in pages if path not in linked] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_every_make_target_a_document_names_exists(document: Path):
    text = document.read_text(encoding="utf-8")
    named = set(re.findall(r"`make ([a-z]+)", text)) | set(re.findall(r"^make ([a-z]+)", text, re.MULTILINE))
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert named <= targets


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_every_command_a_document_shows_exists_with_its_options(document: Path):
    text = document.read_text(encoding="utf-8").replace("\\\n", " ")
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE)
    for block in blocks:
        for name, arguments in re.findall(r"(?:^ *|/bin/)commonplace ([a-z]+)(.*)", block, re.MULTILINE):
            command = cli.get_command(click.Context(cli), name)
            assert command is not None, name
            known = {spelling for parameter in command.params for spelling in parameter.opts}
            assert set(re.findall(r"(?<!\S)--?[a-z][a-z-]*", arguments)) <= known


def test_the_readme_opens_with_the_commands_that_start_it():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in ("make demo", "make test"):
        assert target in text


def test_the_changelog_has_a_place_for_the_next_change():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## Unreleased" in text.splitlines()


def test_the_licence_is_the_one_that_the_project_declares():
    assert PROJECT["license"] == "Apache-2.0"
    assert PROJECT["license-files"] == ["LICENSE"]
    text = " ".join((ROOT / "LICENSE").read_text(encoding="utf-8").split())
    assert "Apache License Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_the_version_is_the_same_everywhere():
    assert PROJECT["version"] == __version__


def test_the_lock_knows_every_dependency_by_its_range():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    locked = next(package for package in lock["package"] if package["name"] == "commonplace")["metadata"]
    required = locked["requires-dist"] + [part for group in locked["requires-dev"].values() for part in group]
    ranges = {(part["name"], part.get("specifier", "")) for part in required}
    declared = [*project["project"]["dependencies"], *chain(*project["dependency-groups"].values())]
    split = [re.fullmatch(r"([\w-]+)(?:\[[\w,]+\])?(.*)", line) for line in declared]
    assert {(match[1], match[2]) for match in split if match} == ranges, "run `.venv/bin/uv lock`"
