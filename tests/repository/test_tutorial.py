"""The tutorial works as it stands."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository.tree import ROOT

TUTORIAL = (ROOT / "docs" / "tutorial" / "first-talk-page.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which somebody has followed the tutorial up to `serve`, which does not end by itself."""
    captions = re.search(r"^```text\n(.*?)^```", TUTORIAL, re.DOTALL | re.MULTILINE)
    assert captions
    folder = tmp_path_factory.mktemp("tutorial")
    (folder / "tides.vtt").write_text(captions.group(1))
    environment = {**os.environ, "COMMONPLACE_HOME": str(folder / "var")}
    environment.pop("DATABASE_URL", None)
    for line in re.findall(r"^commonplace (?!serve).*$", TUTORIAL, re.MULTILINE):
        command = [sys.executable, "-m", *shlex.split(line)]
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, timeout=60)
    return folder


def test_the_report_has_the_numbers_that_the_tutorial_names(followed: Path):
    report = json.loads((followed / "tides" / "report.json").read_text())
    set_aside = report["set_aside"]
    named = [report["words_in"], set_aside["label"], set_aside["direction"], report["words_out"]]
    told = re.search(
        r"of the (\d+) words above, (\d+) are speaker\s.*?(\d+) is a direction.*?(\d+) are the", TUTORIAL, re.DOTALL
    )
    assert told
    assert [int(number) for number in told.groups()] == named


def test_the_folder_holds_the_files_that_the_tutorial_names(followed: Path):
    told = re.search(r"The folder `tides` now holds(.*?)The report", TUTORIAL, re.DOTALL)
    assert told
    assert set(re.findall(r"`([\w.]+\.\w+)`", told.group(1))) == {path.name for path in (followed / "tides").iterdir()}


def test_the_talk_is_in_the_database(followed: Path):
    assert (followed / "var" / "database.sqlite3").exists()
