"""The commands on caption files, run as a person runs them."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nhello harbour\n\n00:02.000 --> 00:03.000\n[Music] good night\n"
SRT = "1\n00:00:01,000 --> 00:00:02,000\ngood evening\n"


def run(*arguments: object, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "commonplace", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, input=stdin, check=False)


@pytest.fixture
def captions(tmp_path: Path) -> Path:
    folder = tmp_path / "captions"
    folder.mkdir()
    (folder / "small-models.vtt").write_text(VTT)
    (folder / "tides.srt").write_text(SRT)
    return folder


def test_one_file_is_read_to_standard_output_and_reported_beside_it(captions: Path):
    done = run("read", captions / "small-models.vtt")
    assert [word["text"] for word in json.loads(done.stdout)["words"]] == ["hello", "harbour", "good", "night"]
    assert "4 of 5 words kept; 1 set aside as direction" in done.stderr
    assert done.returncode == 0


def test_standard_input_is_read_as_a_dash():
    assert json.loads(run("read", "-", stdin=VTT).stdout)["source"]["format"] == "webvtt"


def test_a_folder_is_read_into_a_folder(captions: Path, tmp_path: Path):
    done = run("read", captions, "-o", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["small-models.json", "tides.json"]
    assert "2 of 2 files done." in done.stderr


def test_several_files_are_done_by_several_processes(tmp_path: Path):
    for number in range(6):
        (tmp_path / f"talk-{number}.vtt").write_text(VTT)
    done = run("publish", tmp_path, "-o", tmp_path / "out", "--processes", 2)
    assert done.returncode == 0
    assert len(list((tmp_path / "out").glob("talk-*/transcript.json"))) == 6


def test_a_talk_folder_holds_what_was_said_of_the_talk(captions: Path, tmp_path: Path):
    options = ["--title", "Small models", "--speaker", "Mei Tanaka", "--host", "Ada Okafor", "--date", "2026-03-31"]
    done = run(
        "publish", captions / "small-models.vtt", "-o", tmp_path / "talk", *options, "--recording", "https://x.test/v"
    )
    assert done.returncode == 0
    page = (tmp_path / "talk" / "talk.md").read_text()
    for part in (
        "title: Small models",
        "- Mei Tanaka",
        "- Ada Okafor",
        "date: '2026-03-31'",
        "https://x.test/v",
        "hello",
    ):
        assert part.lower() in page.lower()
    assert json.loads((tmp_path / "talk" / "report.json").read_text())["words_in"] == 5
    assert (tmp_path / "talk" / "captions.vtt").read_text().startswith("WEBVTT")


BARE = (
    "hello everyone and welcome to harbour ml today we have jonas weber with us jonas what do you work on thank you "
    "ada i work on search and we use python for nearly everything how fast is it it answers in a few milliseconds "
    "because we keep the whole index in memory and that is the part that took us the longest time to get right"
).split()


def write_bare(path: Path) -> Path:
    """Captions as recognisers leave them: eight words a cue, no mark and no capital."""
    cues = [" ".join(BARE[at : at + 8]) for at in range(0, len(BARE), 8)]
    path.write_text("WEBVTT\n\n" + "\n".join(f"00:{n:02}.000 --> 00:{n:02}.900\n{cue}\n" for n, cue in enumerate(cues)))
    return path


def test_restoring_writes_sentences_of_the_same_words(tmp_path: Path):
    source = write_bare(tmp_path / "bare.vtt")
    done = run("restore", source, "-o", tmp_path / "out.json", "--speaker", "Jonas Weber", "--host", "Ada Okafor")
    assert done.returncode == 0
    assert f"{len(BARE)} of {len(BARE)} words restored" in done.stderr
    values = json.loads((tmp_path / "out.json").read_text())
    texts = [word["text"] for word in values["words"]]
    assert [text.rstrip(".,?").lower() for text in texts] == BARE
    assert texts[0].startswith("Hello")
    assert {turn["speaker"] for turn in values["turns"]} <= {"Ada Okafor", "Jonas Weber", None}


def test_several_files_are_restored_into_a_folder(tmp_path: Path):
    sources = [write_bare(tmp_path / name) for name in ("one.vtt", "two.vtt")]
    assert run("restore", *sources, "-o", tmp_path / "out").returncode == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["one.json", "two.json"]


def test_what_cannot_be_restored_says_why(tmp_path: Path):
    (tmp_path / "empty.vtt").write_text("")
    done = run("restore", tmp_path / "empty.vtt", "-o", tmp_path / "out.json")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out.json").exists()


def test_publishing_restores_bare_captions_and_reports_it(tmp_path: Path):
    run("publish", write_bare(tmp_path / "bare.vtt"), "-o", tmp_path / "talk")
    assert "Hello" in (tmp_path / "talk" / "talk.md").read_text()
    report = json.loads((tmp_path / "talk" / "report.json").read_text())
    assert report["restoration"]["words_restored"] == len(BARE)


def test_publishing_twice_gives_the_same_bytes(captions: Path, tmp_path: Path):
    for name in ("one", "two"):
        run("publish", captions / "small-models.vtt", "-o", tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_the_captions_are_never_changed(captions: Path):
    source = captions / "small-models.vtt"
    done = run("read", source, "-o", source)
    assert (done.returncode, source.read_text()) == (2, VTT)
    assert "would overwrite its own captions" in done.stderr


def test_a_file_that_cannot_be_read_is_told_with_its_place_and_the_others_are_done(captions: Path, tmp_path: Path):
    (captions / "broken.json").write_text('{"segments": [\n{"start": }]}')
    done = run("read", captions, "-o", tmp_path / "out")
    assert done.returncode == 1
    assert "broken.json:2:11: this is no JSON" in done.stderr
    assert "2 of 3 files done." in done.stderr


@pytest.mark.parametrize("name", ["nowhere.vtt", "empty.vtt"])
def test_wrong_input_ends_with_two_and_leaves_nothing(tmp_path: Path, name: str):
    (tmp_path / "empty.vtt").write_text("")
    done = run("publish", tmp_path / name, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_captions_without_words_are_no_talk(tmp_path: Path):
    (tmp_path / "music.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\n[Music]\n")
    done = run("publish", tmp_path / "music.vtt", "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "no words were found" in done.stderr


def test_several_files_without_a_place_to_go_are_refused(captions: Path):
    done = run("read", captions)
    assert done.returncode == 2
    assert "-o FOLDER" in done.stderr


def test_one_title_for_several_talks_is_refused(captions: Path, tmp_path: Path):
    assert run("publish", captions, "-o", tmp_path / "out", "--title", "x").returncode == 2


def test_two_files_of_one_name_get_their_own_results(captions: Path, tmp_path: Path):
    (captions / "tides.vtt").write_text(VTT)
    run("read", captions, "-o", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "small-models.json",
        "tides.json",
        "tides.vtt.json",
    ]


def test_endings_of_downloaders_are_no_part_of_a_name(tmp_path: Path):
    (tmp_path / "small-models.en.srt").write_text(SRT)
    (tmp_path / "node.js-tides.vtt").write_text(VTT)
    run("publish", tmp_path, "-o", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["node.js-tides", "small-models"]
    assert "title: small models" in (tmp_path / "out" / "small-models" / "talk.md").read_text()


def test_a_terminal_shows_a_bar(captions: Path, tmp_path: Path):
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "commonplace", "read", str(captions), "-o", str(tmp_path / "out")]
    subprocess.run(command, stderr=theirs, check=True, env={**os.environ, "TERM": "xterm", "COLUMNS": "100"})
    os.close(theirs)
    assert "Reading" in os.read(ours, 65_536).decode(errors="replace")
    os.close(ours)


@pytest.mark.parametrize(
    ("option", "value", "problem"),
    [
        ("--recording", "javascript:alert(1)", "is no address on the web"),
        ("--title", " ", "nothing stands here"),
        ("--speaker", "", "nothing stands here"),
    ],
)
def test_an_option_that_no_talk_can_have_is_refused_before_anything_is_written(
    captions, tmp_path, option, value, problem
):
    done = run("publish", captions / "tides.srt", "-o", tmp_path / "out", option, value)
    assert done.returncode == 2
    assert f"{option}" in done.stderr
    assert problem in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["read", "publish"])
def test_a_path_that_cannot_be_is_told_without_a_traceback(captions: Path, command: str):
    for arguments in (["a" * 5000, "-o", "x"], [captions / "tides.srt", "-o", captions / "tides.srt" / "out"]):
        done = run(command, *arguments)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
        assert "no such file or folder" in done.stderr or "choose another -o" in done.stderr
    assert run(command, captions / "tides.srt", "-o", "a" * 5000).returncode == 2


@pytest.mark.parametrize("command", ["read", "publish"])
def test_a_name_that_is_no_text_is_mended(tmp_path: Path, command: str):
    source = tmp_path / os.fsdecode(b"caf\xe9.vtt")
    source.write_text(VTT)
    done = run(command, source, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "out" if command == "read" else tmp_path / "out" / "talk.md").read_text()
    assert "caf\ufffd" in text


def test_a_language_that_no_page_can_name_is_refused(captions: Path, tmp_path: Path):
    done = run("publish", captions / "tides.srt", "-o", tmp_path / "talk", "--language", "English, mostly")
    assert done.returncode == 2
    assert "is no language tag" in done.stderr
