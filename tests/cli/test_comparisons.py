"""`commonplace compare`, run as a person runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from commonplace.cli import comparisons
from commonplace.engines.transcripts.comparison import ENDS, NORMALISERS

SENTENCES = [f"In week {number}, Mei said: Dask and boat{number} meet." for number in range(30)]


def run(*arguments: object, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "commonplace", "compare", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, input=stdin, check=False)


def write_vtt(path: Path, sentences: list[str]) -> Path:
    cues = [
        f"{n // 60:02d}:{n % 60:02d}.000 --> {n // 60:02d}:{n % 60:02d}.900\n{text}" for n, text in enumerate(sentences)
    ]
    path.write_text("WEBVTT\n\n" + "\n\n".join(cues) + "\n")
    return path


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    write_vtt(tmp_path / "corrected.vtt", SENTENCES)
    write_vtt(tmp_path / "small.vtt", [text.lower().replace("dask", "desk") for text in SENTENCES])
    write_vtt(tmp_path / "large.vtt", SENTENCES)
    (tmp_path / "terms.csv").write_text("canonical,kind\nDask,tool\n")
    return tmp_path


def test_the_options_are_those_of_the_engine():
    assert tuple(NORMALISERS) == comparisons._NORMALISERS
    assert comparisons._ENDS == ENDS


def test_rates_of_several_recognisers_are_printed_with_the_rules(talk: Path):
    done = run(talk / "corrected.vtt", talk / "small.vtt", talk / "large.vtt", "--lexicon", talk / "terms.csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Normaliser basic (no difference: casing and punctuation)" in done.stdout
    lines = {
        line.split()[0]: line.split() for line in done.stdout.splitlines() if " to " in line and "points" not in line
    }
    assert lines["small"][1:8] == ["11.1", "11.1", "to", "11.1", "30", "0", "0"]
    assert lines["small"][-1] == "100.0"
    assert lines["large"][1] == "0.0"
    assert "desk 30" in done.stdout
    assert "large has 11.1 points fewer errors on words than small" in done.stdout


def test_json_holds_all_numbers(talk: Path):
    done = run(talk / "corrected.vtt", talk / "small.vtt", "--json", "--normaliser", "none", "--seed", 3)
    described = json.loads(done.stdout)
    assert described["hypotheses"][0]["name"] == "small"
    assert described["hypotheses"][0]["word_error"]["substitutions"] == 90
    assert (described["normaliser"]["name"], described["bootstrap"]["seed"]) == ("none", 3)


def test_the_same_command_prints_the_same_twice(talk: Path):
    arguments = (talk / "corrected.vtt", talk / "small.vtt", talk / "large.vtt", "--json")
    assert run(*arguments).stdout == run(*arguments).stdout


def test_a_page_is_written(talk: Path):
    done = run(talk / "corrected.vtt", talk / "small.vtt", "--html", talk / "new" / "page.html")
    assert done.returncode == 0
    assert "<ins>desk</ins>" in (talk / "new" / "page.html").read_text()
    assert [path.name for path in (talk / "new").iterdir()] == ["page.html"]


def test_the_page_never_replaces_what_is_compared(talk: Path):
    before = (talk / "small.vtt").read_text()
    done = run(talk / "corrected.vtt", talk / "small.vtt", "--html", talk / "small.vtt")
    assert (done.returncode, (talk / "small.vtt").read_text()) == (2, before)
    assert "choose another --html" in done.stderr


def test_an_excerpt_is_found_in_the_whole_talk(talk: Path):
    write_vtt(talk / "excerpt.vtt", SENTENCES[10:20])
    done = run(talk / "excerpt.vtt", talk / "small.vtt", "--json")
    (result,) = json.loads(done.stdout)["hypotheses"]
    assert result["word_error"]["substitutions"] == 10
    assert result["compared"]["hypothesis"] == [90, 180]
    whole = json.loads(run(talk / "excerpt.vtt", talk / "small.vtt", "--json", "--ends", "whole").stdout)
    assert whole["hypotheses"][0]["word_error"]["insertions"] >= 180


def test_a_talk_folder_and_standard_input_are_read_too(talk: Path):
    folder = talk / "folder"
    command = [sys.executable, "-m", "commonplace", "publish", str(talk / "large.vtt"), "-o", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    done = run("-", folder, "--json", stdin=(talk / "corrected.vtt").read_text())
    assert json.loads(done.stdout)["hypotheses"][0]["word_error"]["rate"] == 0


def test_two_files_of_one_name_are_told_apart(talk: Path):
    (talk / "other").mkdir()
    write_vtt(talk / "other" / "small.vtt", SENTENCES)
    done = run(talk / "corrected.vtt", talk / "small.vtt", talk / "other" / "small.vtt", "--json")
    names = [result["name"] for result in json.loads(done.stdout)["hypotheses"]]
    assert names == [str(talk / "small.vtt"), str(talk / "other" / "small.vtt")]
    assert run(talk / "corrected.vtt", talk / "small.vtt", talk / "small.vtt").returncode == 2


def test_a_hypothesis_that_cannot_be_read_is_told_and_the_others_are_compared(talk: Path):
    (talk / "broken.json").write_text('{"segments": [\n{"start": }]}')
    done = run(talk / "corrected.vtt", talk / "broken.json", talk / "gone.vtt", talk / "small.vtt")
    assert done.returncode == 1
    assert "broken.json:2:11: this is no JSON" in done.stderr
    assert "gone.vtt: No such file" in done.stderr
    assert "small" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["gone.vtt", "small.vtt"], "gone.vtt: No such file"),
        (["corrected.vtt", "gone.vtt"], "gone.vtt: No such file"),
        (["corrected.vtt", "small.vtt", "--lexicon", "wrong.csv"], "wrong.csv:1:1: 'term' is no column"),
        (["corrected.vtt", "small.vtt", "--lexicon", "gone.csv"], "gone.csv: No such file"),
        (["music.vtt", "small.vtt"], "the reference has no words"),
        (["corrected.vtt"], "Missing argument"),
        (["corrected.vtt", "small.vtt", "--normaliser", "other"], "is not one of"),
    ],
)
def test_wrong_input_ends_with_two_and_says_what_is_wrong(talk: Path, arguments: list[str], told: str):
    (talk / "wrong.csv").write_text("term\nDask\n")
    (talk / "music.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\n[Music]\n")
    paths = [talk / argument if "." in argument else argument for argument in arguments]
    done = run(*paths, "--html", talk / "page.html")
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert not (talk / "page.html").exists()


def test_names_that_are_no_characters_are_shown_as_well_as_can_be(talk: Path):
    strange = Path(str(talk / "small.vtt").replace("small", "sm\udce4ll"))
    (talk / "small.vtt").rename(strange)
    done = run(talk / "corrected.vtt", strange)
    assert done.returncode == 0
    assert "sm�ll" in done.stdout
