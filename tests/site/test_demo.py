"""The sample talks: each a caption file of another kind, long enough to look like a talk."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import commonplace.site
from commonplace.engines.transcripts import read_captions

DEMO = Path(commonplace.site.__file__).parent / "demo"
TALKS = yaml.safe_load((DEMO / "talks.yaml").read_text(encoding="utf-8"))


def read_sample(talk: dict[str, str]):
    return read_captions((DEMO / "captions" / talk["file"]).read_bytes(), name=talk["file"])


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk["file"])
def test_a_sample_talk_is_long_enough_to_look_like_one(talk: dict[str, str]):
    text = " ".join(read_sample(talk).transcript.words.texts)
    assert len(text) > 1_800 if talk["language"] == "ja" else len(text.split()) > 900


def test_every_sample_is_of_another_format():
    assert len({read_sample(talk).transcript.source.format for talk in TALKS}) == len(TALKS)


def test_no_caption_file_is_left_out_or_missing():
    named = {talk["file"] for talk in TALKS} | {file for talk in TALKS for file in talk.get("also", {}).values()}
    assert named == {path.name for path in (DEMO / "captions").iterdir()}


def test_one_sample_has_chapters_and_one_has_a_loop():
    readings = [read_sample(talk) for talk in TALKS]
    assert any(reading.transcript.chapters for reading in readings)
    assert any(reading.transcript.loops for reading in readings)
